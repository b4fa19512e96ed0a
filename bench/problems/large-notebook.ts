/** A notebook of many candidates for benches: every thousandth part as a campaign writes it, a fiftieth of them scored. */
import { Molecule } from "openchemlib";
import { type Notebook, openNotebook } from "#core/notebook/notebook.ts";
import { resultKey } from "#core/notebook/proof/hash.ts";
import { type NotebookRecord, seal } from "#core/notebook/proof/record.ts";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import type { StageName } from "#shared/campaign/job.ts";
import { CampaignId, candidateId } from "#shared/ids.ts";

const program = "bench";
const CHUNK = 1000;
const SCORED_EVERY = 50;

/** Ranked by a number of the active space: each evaluation has two fields, as its records below say. */
const SETTINGS = CampaignSettings.parse({
  name: "large",
  evaluation: { property: "vertical-ionisation-energy", propertySettings: { method: "vqe" } },
});

interface Finish {
  stage: StageName;
  ordinal: number;
  result: NotebookRecord;
  records: NotebookRecord[];
  score?: NotebookRecord;
}

function finish(
  notebook: Notebook,
  campaign: CampaignId,
  { stage, ordinal, result, records, score }: Finish,
): void {
  const event = { kind: "stage-finished" as const, campaign, stage, ordinal, record: result.hash };
  const key = resultKey(stage, 1, [campaign, stage, ordinal]);
  const rest = { key, score: score?.hash ?? null, reused: false, program, timings_ms: { total: 1 } };
  notebook.append({ ...event, ...rest }, records);
}

/** Of the molecule with its hydrogens, drawn flat: as many atoms and bonds as the window has to show. */
function flatMolblock(smiles: string): string {
  const molecule = Molecule.fromSmiles(smiles);
  molecule.addImplicitHydrogens();
  molecule.inventCoordinates();
  return molecule.toMolfile();
}

const link = (role: string, { hash: target }: NotebookRecord) => ({ role, target });
const made = (stage: StageName, input: object) => ({
  stage,
  stageVersion: 1,
  program,
  input: input as { [key: string]: number | string },
});

const descriptors = (n: number, smiles: string) => ({
  ...{
    formula: `C${smiles.length}`,
    exactMass_dalton: 100 + (n % 977) / 7,
    molecularWeight_dalton: 100 + (n % 977) / 7,
  },
  ...{
    heavyAtoms: 5 + (n % 20),
    rotatableBonds: n % 6,
    ringCount: 1,
    hydrogenBondDonors: n % 3,
    hydrogenBondAcceptors: n % 5,
  },
  ...{ logP: (n % 501) / 100, tpsa_angstrom2: n % 90, qed: (n % 101) / 100, saScore: 1 + (n % 60) / 10 },
});

function addScore(
  notebook: Notebook,
  campaign: CampaignId,
  n: number,
  of: Record<"candidate" | "verdict" | "molecule", NotebookRecord> & { smiles: string },
): void {
  const conformer = seal({
    kind: "conformer",
    content: {
      ...made("embed", { seed: n, smiles: of.smiles }),
      symbols: ["C"],
      method: "bench",
      forceFieldEnergy_kcal_per_mol: n,
    },
    links: [link("of", of.molecule)],
    parts: {
      coordinates_angstrom: Buffer.alloc(24 * 15, n % 251),
      molblock: Buffer.from(flatMolblock(of.smiles)),
    },
  });
  finish(notebook, campaign, { stage: "embed", ordinal: n, result: conformer, records: [conformer] });
  const scf = seal({
    kind: "scf",
    content: {
      ...{ basis: "6-31G", nBasis: 80, charge: 0, multiplicity: 1, nuclearRepulsion_hartree: n },
      outcome: "converged",
      energy_hartree: -n / 100,
      iterations: 12,
    },
    links: [link("geometry", conformer)],
    parts: { orbitalEnergies_hartree: Buffer.alloc(640, n % 251) },
  });
  const { maxEvaluations: _, ...asked } = SETTINGS.evaluation;
  const energies = {
    outcome: "converged",
    reason: null,
    vertical_hartree: 0.3 + (n % 1000) / 5000,
    vqeMinusCasci_hartree: 1e-6,
  };
  const evaluation = seal({
    kind: "evaluation",
    content: {
      ...made("evaluate", { ...asked, conformer: conformer.hash }),
      ...energies,
      verticalCasci_hartree: 0.3,
      koopmans_hartree: 0.3,
      build: "bench",
      backend: "exact",
    },
    links: [link("geometry", conformer), link("scf", scf)],
  });
  const score = seal({
    kind: "score",
    content: { property: "vertical-ionisation-energy", ...energies },
    links: [link("candidate", of.candidate), link("verdict", of.verdict), link("evaluation", evaluation)],
  });
  finish(notebook, campaign, {
    stage: "evaluate",
    ordinal: n,
    result: evaluation,
    records: [scf, evaluation, score],
    score,
  });
  const at = new Date(Date.UTC(2026, 0, 1, 0, 0, n)).toISOString();
  const review = {
    candidateId: candidateId(campaign, n),
    verdict: n % 1000 === 0 ? ("shortlist" as const) : ("maybe" as const),
    reason: "",
    comment: n % 100 === 0 ? "looks stable" : "look again",
    reviewer: "bench",
    at,
  };
  const record = seal({ kind: "review", content: review, links: [link("candidate", of.candidate)] });
  notebook.append({ kind: "reviewed", candidate: review.candidateId, record: record.hash }, [record]);
}

interface Chunk {
  ordinal: number;
  model: NotebookRecord;
  molecules: readonly string[];
}

function addChunk(notebook: Notebook, campaign: CampaignId, { ordinal, model, molecules }: Chunk): void {
  const run = seal({
    kind: "sampling-run",
    content: made("propose", { first: ordinal * CHUNK }),
    links: [link("model", model)],
  });
  const numbers = Array.from({ length: CHUNK }, (_, i) => ordinal * CHUNK + i);
  const candidates = numbers.map((index) =>
    seal({
      kind: "candidate",
      content: { index, smiles: molecules[index]!, nll: 20 },
      links: [link("sampled-in", run)],
    }),
  );
  finish(notebook, campaign, {
    stage: "propose",
    ordinal,
    result: run,
    records: [model, run, ...candidates],
  });
  const filter = seal({
    kind: "filter-run",
    content: made("filter", { ordinal }),
    links: [link("judges", run)],
  });
  const judged = numbers.map((n, i) => {
    const smiles = molecules[n]!;
    const identity = { canonicalSmiles: smiles, inchiKey: `BENCH-${n}` };
    const molecule = seal({ kind: "molecule", content: identity });
    const content = { rejection: null, identity, descriptors: descriptors(n, smiles) };
    const links = [link("judges", candidates[i]!), link("by", filter), link("identifies", molecule)];
    const verdict = seal({ kind: "filter-verdict", content, links });
    return { candidate: candidates[i]!, molecule, smiles, verdict };
  });
  const records = judged.flatMap(({ molecule, verdict }) => [molecule, verdict]);
  finish(notebook, campaign, { stage: "filter", ordinal, result: filter, records: [filter, ...records] });
  for (const [i, of] of judged.entries()) {
    if (numbers[i]! % SCORED_EVERY === 0) addScore(notebook, campaign, numbers[i]!, of);
  }
}

/** Writes a notebook with a candidate for each molecule: different canonical SMILES, a multiple of 1000. */
export function writeLargeNotebook(path: string, molecules: readonly string[]): void {
  using notebook = openNotebook({ path, mode: "create", clock: () => new Date(), program });
  const campaign = CampaignId.parse("7b0a5c9e-52c1-4c3e-9d5a-1b2c3d4e5f60");
  notebook.append({
    kind: "campaign-created",
    campaign,
    settings: SETTINGS,
  });
  const model = seal({ kind: "model", content: { name: "bench", hash: "0".repeat(64) } });
  for (let ordinal = 0; ordinal < molecules.length / CHUNK; ordinal++) {
    notebook.transaction(() => addChunk(notebook, campaign, { ordinal, model, molecules }));
  }
  notebook.append({ kind: "campaign-state", campaign, state: "succeeded", error: null });
}
