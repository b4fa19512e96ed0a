/** A small notebook with every kind of thing in it, made of invented molecules' records: quick, and the same every time. */

import { type Notebook, openNotebook } from "#core/notebook/notebook.ts";
import { resultKey } from "#core/notebook/proof/hash.ts";
import { type NotebookRecord, type RecordDraft, seal } from "#core/notebook/proof/record.ts";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import type { StageName } from "#shared/campaign/job.ts";
import { CampaignId, candidateId, type Sha256 } from "#shared/ids.ts";

const program = "test 1";

export interface SampleOptions {
  campaigns: number;
  /** Of each campaign; the last one is rejected, the last but one fails, the others are scored. */
  candidates: number;
  /** Index of one whose VQE converged and whose CASCI did not: it has a number and failed. */
  unconverged?: number;
  /** Index of one whose number is at another geometry than was asked for. */
  recovered?: number;
}

/** Where it is, and what was tried before. */
const ATTEMPTS = [
  { at: "at the geometry that was asked for", problem: "Hartree–Fock did not converge" },
  { at: "at the next conformer by MMFF94", problem: null },
];

const campaignId = (n: number): CampaignId =>
  CampaignId.parse(`7b0a5c9e-52c1-4c3e-9d5a-${n.toString(16).padStart(12, "0")}`);

/** Atoms of a chain: longer ones would make large notebooks grow with the square of their candidates. */
const LONGEST = 200;

/** Propane and so on: real molecules, so that readers may look into them; of long chains ethers and amines, each another. */
export function sampleSmiles(campaign: number, index: number): string {
  const atoms = index + 1 + campaign;
  if (atoms <= LONGEST) return "C".repeat(atoms);
  return `CC${[...atoms.toString(3)].map((digit) => "CON"[Number(digit)]).join("C")}C`;
}

const descriptors = (heavyAtoms: number) => ({
  formula: `C${heavyAtoms}H${2 * heavyAtoms + 2}`,
  exactMass_dalton: 12 * heavyAtoms + 1.00782503 * (2 * heavyAtoms + 2),
  molecularWeight_dalton: 14 * heavyAtoms + 2,
  heavyAtoms,
  rotatableBonds: Math.max(0, heavyAtoms - 3),
  ringCount: 0,
  hydrogenBondDonors: 0,
  hydrogenBondAcceptors: 0,
  logP: 0.5 * heavyAtoms,
  tpsa_angstrom2: 0,
  qed: 0.5,
  saScore: 1 + heavyAtoms / 10,
});

const link = (role: string, { hash: target }: { hash: Sha256 }) => ({ role, target });

interface Finish {
  stage: StageName;
  ordinal: number;
  result: NotebookRecord;
  records: NotebookRecord[];
  score?: NotebookRecord;
}

/** Ranked by the number that the records below hold. */
const BY_VQE = { propertySettings: { method: "vqe" } };

function finish(
  notebook: Notebook,
  campaign: CampaignId,
  { stage, ordinal, result, records, score }: Finish,
): void {
  const key = resultKey(stage, 1, result.hash);
  const event = { kind: "stage-finished" as const, campaign, stage, ordinal, key, record: result.hash };
  notebook.append(
    { ...event, score: score?.hash ?? null, reused: false, program, timings_ms: { total: 1 } },
    records,
  );
}

const made = (stage: StageName, input: object, rest: object = {}): RecordDraft["content"] =>
  ({ stage, stageVersion: 1, program, input, ...rest }) as RecordDraft["content"];

function addCandidate(
  notebook: Notebook,
  campaign: CampaignId,
  {
    index,
    smiles,
    candidate,
    verdict,
    molecule,
    isConverged,
    isRecovered,
  }: Record<"candidate" | "verdict" | "molecule", NotebookRecord> & {
    index: number;
    smiles: string;
    isConverged: boolean;
    isRecovered: boolean;
  },
): void {
  const conformer = seal({
    kind: "conformer",
    content: made(
      "embed",
      { smiles, seed: 1 },
      { symbols: ["C"], method: "none", forceFieldEnergy_kcal_per_mol: index },
    ),
    links: [link("of", molecule)],
    parts: {
      coordinates_angstrom: Buffer.alloc(24, index),
      molblock: Buffer.from(`${smiles}\n${"x".repeat(400)}${index}`),
    },
  });
  finish(notebook, campaign, { stage: "embed", ordinal: index, result: conformer, records: [conformer] });
  const { maxEvaluations: _, ...evaluationSettings } = CampaignSettings.parse({
    name: "x",
    evaluation: BY_VQE,
  }).evaluation;
  const energies = {
    ...(isConverged
      ? { outcome: "converged", reason: null }
      : { outcome: "not-converged", reason: "exact diagonalisation did not converge" }),
    vertical_hartree: 0.4 - index / 100,
    vqeMinusCasci_hartree: 1e-5,
  };
  const elsewhere = isRecovered ? { attempts: ATTEMPTS } : {};
  const scf = seal({
    kind: "scf",
    content: {
      ...{ basis: "6-31G", nBasis: 13, charge: 0, multiplicity: 1, nuclearRepulsion_hartree: 9 + index },
      ...{ outcome: "converged", energy_hartree: -76 - index, iterations: 9 },
    },
    links: [link("geometry", conformer)],
    parts: { orbitalEnergies_hartree: Buffer.alloc(8 * 13, index) },
  });
  const evaluation = seal({
    kind: "evaluation",
    content: made(
      "evaluate",
      { ...evaluationSettings, conformer: conformer.hash },
      {
        ...{ ...energies, ...elsewhere, verticalCasci_hartree: 0.4, koopmans_hartree: 0.41 },
        ...{ build: "b", backend: "exact" },
      },
    ),
    links: [link("geometry", conformer), link("scf", scf)],
  });
  const score = seal({
    kind: "score",
    content: { property: "vertical-ionisation-energy", ...energies },
    links: [link("candidate", candidate), link("verdict", verdict), link("evaluation", evaluation)],
  });
  const records = [scf, evaluation, score];
  finish(notebook, campaign, { stage: "evaluate", ordinal: index, result: evaluation, records, score });
}

function addCampaign(
  notebook: Notebook,
  n: number,
  { candidates: count, unconverged, recovered }: SampleOptions,
): void {
  const campaign = campaignId(n);
  const settings = CampaignSettings.parse({ name: `campaign ${n}`, evaluation: BY_VQE });
  notebook.append({ kind: "campaign-created", campaign, settings });
  notebook.append({ kind: "campaign-state", campaign, state: "running", error: null });
  const model = seal({ kind: "model", content: { name: "small", hash: "0".repeat(64) } });
  const run = seal({
    kind: "sampling-run",
    content: made("propose", { modelHash: "0".repeat(64), seed: n, temperature: 1, count, first: 0 }),
    links: [link("model", model)],
  });
  const all = Array.from({ length: count }, (_, index) => {
    const smiles = sampleSmiles(n, index);
    return seal({
      kind: "candidate",
      content: { index, smiles, nll: index },
      links: [link("sampled-in", run)],
    });
  });
  finish(notebook, campaign, { stage: "propose", ordinal: 0, result: run, records: [model, run, ...all] });
  const filterRun = seal({
    kind: "filter-run",
    content: made("filter", { settings: settings.filter, samplingRun: run.hash, previous: null }),
    links: [link("judges", run)],
  });
  const judged = all.map((candidate, index) => {
    const smiles = sampleSmiles(n, index);
    const identity = { canonicalSmiles: smiles, inchiKey: `KEY-${smiles.length}` };
    const molecule = seal({ kind: "molecule", content: identity });
    const rejected = index === count - 1;
    const rejection = rejected ? { rule: "heavy-atoms", detail: "too many" } : null;
    const verdict = seal({
      kind: "filter-verdict",
      content: { rejection, identity, descriptors: rejected ? null : descriptors(smiles.length) },
      links: [link("judges", candidate), link("by", filterRun), link("identifies", molecule)],
    });
    return { index, smiles, candidate, verdict, molecule };
  });
  const records = [filterRun, ...judged.flatMap(({ molecule, verdict }) => [molecule, verdict])];
  finish(notebook, campaign, { stage: "filter", ordinal: 0, result: filterRun, records });
  for (const entry of judged.slice(0, -2))
    addCandidate(notebook, campaign, {
      ...entry,
      isConverged: entry.index !== unconverged,
      isRecovered: entry.index === recovered,
    });
  notebook.append({
    kind: "stage-failed",
    campaign,
    stage: "embed",
    ordinal: count - 2,
    reason: "worker died",
  });
  const review = {
    candidateId: candidateId(campaign, 0),
    verdict: "maybe" as const,
    reason: "scaffold",
    comment: "looks stable",
    reviewer: "reviewer one",
    at: "2026-11-22T12:00:00.000Z",
  };
  const record = seal({ kind: "review", content: review, links: [link("candidate", all[0]!)] });
  notebook.append({ kind: "reviewed", candidate: review.candidateId, record: record.hash }, [record]);
  notebook.append({ kind: "campaign-state", campaign, state: "succeeded", error: null });
}

/** Writes the notebook; the caller closes it. */
export function sampleNotebook(path: string, options: SampleOptions): Notebook {
  let second = 0;
  const clock = () => new Date(Date.UTC(2026, 10, 22, 12, 0, second++));
  const notebook = openNotebook({ path, mode: "create", clock, program });
  for (let n = 0; n < options.campaigns; n++) addCampaign(notebook, n, options);
  return notebook;
}

export const writeSampleNotebook = (path: string, options: SampleOptions): void =>
  sampleNotebook(path, options)[Symbol.dispose]();
