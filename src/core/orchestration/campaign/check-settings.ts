/** What a campaign's settings must fulfil beyond their schema, looked at before anything is stored. */
import { loadBasisSet } from "#core/quantum/molecule/basis.ts";
import type { CampaignSettings, EvaluationSettings } from "#shared/campaign/campaign.ts";
import { levelOf, topRung } from "#shared/campaign/rungs.ts";
import { DomainError } from "#shared/errors.ts";
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

/**
 * Checks how molecules are to be computed, whichever they are.
 *
 * @throws DomainError invalid-input for the basis set, the active space or the VQE
 */
export async function checkEvaluation(evaluation: EvaluationSettings, resources: string): Promise<void> {
  if (evaluation.activeSpace) checkActiveSpace(evaluation.activeSpace);
  checkVqe(evaluation);
  await loadBasisSet(resources, evaluation.basis, evaluation.functions);
}

/**
 * Checks that each of a campaign's settings names something that exists and can be computed.
 *
 * @throws DomainError as checkEvaluation and checkDefinition do; as the source of the molecules checks its own
 */
export async function checkSettings(
  settings: CampaignSettings,
  services: SourceServices & { dispatcher: Dispatcher },
): Promise<void> {
  const { evaluation, generation } = settings;
  await checkEvaluation(evaluation, services.resources);
  for (let rung = 0; rung <= topRung(settings); rung++)
    await checkDefinition(levelOf(settings, rung), services);
  await checkSource(generation, services);
}
