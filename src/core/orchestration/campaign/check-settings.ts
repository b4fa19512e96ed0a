/** What a campaign's settings must fulfil beyond their schema, looked at before anything is stored. */
import { isInvalid } from "#core/chemistry/toolkit/notation.ts";
import { loadBasisSet } from "#core/quantum/molecule/basis.ts";
import type { CampaignSettings, EvaluationSettings } from "#shared/campaign/campaign.ts";
import { unitProblem } from "#shared/campaign/measured.ts";
import { levelOf, topRung } from "#shared/campaign/rungs.ts";
import { DomainError } from "#shared/errors.ts";
import { declarationOf } from "#shared/properties/find.ts";
import type { ActiveSpaceRequest } from "#shared/quantum/active-space.ts";
import { findVqeProblem, PAIRS_AND_CATIONS } from "#shared/quantum/vqe.ts";
import type { Dispatcher } from "../dispatch/dispatcher.ts";
import type { SourceServices } from "../sources/source.ts";
import { checkSource } from "../sources/sources.ts";
import { checkDefinition } from "./check-definition.ts";

/** Refuses a space that fits no closed-shell neutral molecule, however large. */
function checkActiveSpace(request: ActiveSpaceRequest): void {
  if ("rule" in request && request.rule !== "frontier") return;
  const { nelec, norb } = request;
  const expected =
    nelec % 2 === 1
      ? "an even number of electrons, because the neutral molecule has a closed shell"
      : nelec > 2 * norb
        ? `at most ${2 * norb} electrons in ${norb} orbitals`
        : undefined;
  if (!expected) return;
  const message = `evaluation.activeSpace: expected ${expected}, got (${nelec}e,${norb}o).`;
  throw new DomainError("invalid-input", message, { nelec, norb });
}

function checkVqe(evaluation: EvaluationSettings): void {
  const problem =
    evaluation.ansatz === "puccd"
      ? { path: "ansatz", message: PAIRS_AND_CATIONS }
      : findVqeProblem(evaluation);
  if (problem) throw new DomainError("invalid-input", `evaluation.${problem.path}: ${problem.message}`);
}

/** What decides how molecules are computed. */
type Levels = Pick<CampaignSettings, "evaluation" | "rungs">;

/** Says of a refusal which rung it is of. */
function ofRung(error: unknown, rung: number): unknown {
  if (!(error instanceof DomainError)) return error;
  const message = error.message.replace(/^evaluation\./, "");
  return new DomainError(error.code, `rungs.${rung}: ${message}`, error.data);
}

/** The campaign's own level first: what the rungs share with it is refused by its name. */
async function checkEach(
  settings: Levels,
  check: (level: EvaluationSettings) => Promise<void>,
): Promise<void> {
  await check(settings.evaluation);
  for (let rung = 0; rung < topRung(settings); rung++)
    await check(levelOf(settings, rung)).catch((error: unknown) => {
      throw ofRung(error, rung);
    });
}

async function checkLevel(level: EvaluationSettings, resources: string): Promise<void> {
  if (level.activeSpace) checkActiveSpace(level.activeSpace);
  checkVqe(level);
  await loadBasisSet(resources, level.basis, level.functions);
}

/** Whether measured columns are in a unit of the campaign's property. */
function checkMeasured({ generation, evaluation }: CampaignSettings): void {
  if (generation.source !== "library") return;
  for (const column of generation.measured ?? []) {
    const problem = unitProblem(declarationOf(evaluation), column);
    if (problem === undefined) continue;
    const message = `generation.measured: column "${column.column}": ${problem}.`;
    throw new DomainError("invalid-input", message, { column: column.column });
  }
}

/** Whether the component that is computed is a molecule, where a SMILES names it. */
async function checkComponent({ filter }: CampaignSettings, dispatcher: Dispatcher): Promise<void> {
  const { component } = filter;
  if (typeof component !== "object") return;
  const { smiles } = component;
  const [found] = await dispatcher.run("fingerprints", { smiles: [smiles] });
  if (!found || !isInvalid(found)) return;
  const message = `filter.component: expected the SMILES of a component, got "${smiles}": ${found.reason}.`;
  throw new DomainError("invalid-input", message, { smiles });
}

/**
 * Checks what can be told of settings before their molecules are read: how these are computed, on every rung, in which units measured
 * columns are, and which component counts.
 *
 * @throws DomainError invalid-input
 */
export async function checkUnread(
  settings: CampaignSettings,
  { resources, dispatcher }: Pick<SourceServices, "resources"> & { dispatcher: Dispatcher },
): Promise<void> {
  checkMeasured(settings);
  await checkEach(settings, (level) => checkLevel(level, resources));
  await checkComponent(settings, dispatcher);
}

/**
 * Checks that each of a campaign's settings names something that exists and can be computed. What a rung asks for is refused here, and not
 * of each molecule that comes up to it.
 *
 * @throws DomainError as checkUnread and checkDefinition do; as the source of the molecules checks its own
 */
export async function checkSettings(
  settings: CampaignSettings,
  services: SourceServices & { dispatcher: Dispatcher },
): Promise<void> {
  await checkUnread(settings, services);
  await checkEach(settings, (level) => checkDefinition(level, services));
  await checkSource(settings.generation, services);
}
