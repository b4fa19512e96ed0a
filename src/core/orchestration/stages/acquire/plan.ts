/** Acquire: a round of candidates gets the next evaluations, chosen by what the notebook knows. */

import { sha256, toHex } from "#core/notebook/proof/hash.ts";
import { acceptedCandidates, getCandidate } from "#core/notebook/tables/candidates.ts";
import { listObservations, type Observation } from "#core/notebook/tables/observations.ts";
import { readRecord } from "#core/notebook/tables/records.ts";
import { directionOf, levelOf } from "#shared/campaign/rungs.ts";
import { candidateId, type Sha256 } from "#shared/ids.ts";
import { marksBond } from "#shared/molecule/marked-bond.ts";
import { CLOSED_SHELL, type Electrons } from "#shared/molecule/molecule.ts";
import { declarationOf } from "#shared/properties/find.ts";
import { type StoredUnit, UNITS } from "#shared/properties/property.ts";
import type { AcquireInput, Learnable } from "../../dispatch/tasks.ts";
import { evaluateStage } from "../evaluate/run.ts";
import { type JobContext, type JobPlan, originOf, timed } from "../plan.ts";
import { chosenCandidates, countChosen } from "../progress.ts";
import { acquisitionRecords, type Pick } from "./records.ts";
import { acquireStage } from "./run.ts";

/** The surrogate's cost grows with the cube of this: some seconds. */
const MOST_OBSERVATIONS = 1000;

/** Where those that are chosen are evaluated. */
const FIRST_RUNG = 0;

interface Open extends Learnable {
  index: number;
  record: Sha256;
}

/** Energies of one molecule in two charges or spins lie electronvolts apart, and those of a marked bond are not those of the weakest. */
const kindOf = ({ charge, multiplicity }: Electrons, isMarked: boolean): string =>
  `${charge} ${multiplicity}${isMarked ? " at a marked bond" : ""}`;

/** Accepted candidates that no round has chosen yet, in order of proposal. */
function openCandidates({ notebook: { db }, campaign }: JobContext): Open[] {
  const chosen = new Set(chosenCandidates(db, campaign.id));
  const accepted = acceptedCandidates(db, campaign.id, { limit: campaign.settings.generation.count });
  return accepted
    .filter((index) => !chosen.has(index))
    .map((index) => {
      const { row, records } = getCandidate(db, candidateId(campaign.id, index));
      if (!row.identity) throw new Error(`candidate ${row.id} was accepted without an identity`);
      const { identity, electrons = CLOSED_SHELL, proposal } = row;
      const kind = kindOf(electrons, marksBond(proposal.smiles));
      return {
        index,
        smiles: identity.canonicalSmiles,
        kind,
        record: readRecord(db, records.candidate).hash,
      };
    });
}

/** In an order that does not tell which of two threads was faster: sums, digest and links follow it. */
function knownObservations({ notebook: { db }, campaign }: JobContext): Observation[] {
  const settings = levelOf(campaign.settings, FIRST_RUNG);
  const { version } = evaluateStage;
  const found = listObservations(db, { settings, version, limit: MOST_OBSERVATIONS });
  return found.sort((a, b) => (a.evaluation < b.evaluation ? -1 : 1));
}

const storedUnitOf = ({ campaign }: JobContext): StoredUnit =>
  UNITS[declarationOf(levelOf(campaign.settings, FIRST_RUNG)).unit].stored;

const learnable = ({ canonicalSmiles, electrons, marksBond: isMarked }: Observation): Learnable => ({
  smiles: canonicalSmiles,
  kind: kindOf(electrons, isMarked),
});

const digestOf = (hashes: readonly Sha256[]): string => toHex(sha256(hashes.join("\n")));

type ChoiceSettings = Omit<AcquireInput, "candidates" | "observations">;

function settingsOf({ notebook, campaign, job }: JobContext, open: number): ChoiceSettings {
  const { acquisition, evaluation } = campaign.settings;
  const { strategy, batchSize, seed } = acquisition;
  if (strategy === "none") throw new Error("a round of choice in a campaign without one");
  const left = evaluation.maxEvaluations - countChosen(notebook.db, campaign.id);
  const count = Math.min(batchSize, left, open);
  return { strategy, seed, direction: directionOf(campaign.settings, FIRST_RUNG), count, round: job.ordinal };
}

export async function planAcquisition(context: JobContext): Promise<JobPlan> {
  const candidates = openCandidates(context);
  const observations = knownObservations(context);
  const settings = settingsOf(context, candidates.length);
  const evaluations = observations.map(({ evaluation }) => evaluation);
  const kinds = new Set([...candidates, ...observations.map(learnable)].map(({ kind }) => kind)).size;
  const origin = originOf(acquireStage, context, {
    ...settings,
    observations: observations.length,
    observationsSha256: digestOf(evaluations),
    candidates: candidates.length,
    candidatesSha256: digestOf(candidates.map(({ record }) => record)),
    // Choices before there were kinds were as of one.
    ...(kinds > 1 && { kinds }),
  });
  const run = async () => {
    const picks = await choose(context, settings, { candidates, observations });
    return acquisitionRecords(origin, { picks, observations: evaluations, unit: storedUnitOf(context) });
  };
  return { origin, run: () => timed(run) };
}

async function choose(
  { dispatcher, signal, report }: JobContext,
  settings: ChoiceSettings,
  { candidates, observations }: { candidates: readonly Open[]; observations: readonly Observation[] },
): Promise<Pick[]> {
  report({ done: 0, total: null, message: `choosing what to evaluate, round ${settings.round + 1}` });
  const input: AcquireInput = {
    ...settings,
    candidates: candidates.map(({ index, smiles, kind }) => ({ index, smiles, kind })),
    observations: observations.map((one) => ({ ...learnable(one), value: one.value })),
  };
  const chosen = await dispatcher.run("acquire", input, { signal });
  const recordOf = new Map(candidates.map(({ index, record }) => [index, record]));
  // Chosen among these candidates.
  return chosen.map((one) => ({ ...one, record: recordOf.get(one.index)! }));
}
