/** Candidates for the tests of the exports: ethanol, evaluated, with what a test changes. */
import type { ExportRow } from "#core/export/cells.ts";
import { Campaign } from "#shared/campaign/campaign.ts";
import { CandidateDetail } from "#shared/campaign/candidate.ts";
import { asEvaluation } from "../vertical-ionisation.ts";

const CAMPAIGN_ID = "0b6f7a52-6c4e-4a39-9a53-3d9b1f7c2e11";

export const campaign = Campaign.parse({
  id: CAMPAIGN_ID,
  settings: {
    name: "Solvents: a first look",
    generation: { model: "small-organics", seed: 7, temperature: 0.9 },
    filter: {},
    embedding: {},
    evaluation: { propertySettings: { method: "vqe" }, basis: "6-31g" },
    ranking: {},
  },
  state: "succeeded",
  error: null,
  modelHash: "a".repeat(64),
  createdAt: "2026-01-02T03:04:05.000Z",
  finishedAt: "2026-01-02T03:14:05.000Z",
  counts: { proposed: 3, rejected: 1, passed: 2, embedded: 2, evaluated: 2, failed: 0, shortlisted: 1 },
});

export const MOLBLOCK = `CCO
     made by hand  3D

  3  2  0  0  0  0  0  0  0  0999 V2000
   -1.2000    0.0000    0.0000 C   0  0  0  0  0  0  0  0  0  0  0  0
    0.3000    0.0000    0.1000 C   0  0  0  0  0  0  0  0  0  0  0  0
    0.9000    1.2000   -0.1000 O   0  0  0  0  0  0  0  0  0  0  0  0
  1  2  1  0
  2  3  1  0
M  END
`;

const vqe = {
  outcome: "converged",
  energy_hartree: -154.2,
  gradientNorm: 1e-7,
  iterations: 12,
  evaluations: 13,
  nParameters: 3,
  reference: { alpha: [0, 1], beta: [0, 1] },
  largestAmplitude_radian: 0.1,
  qubits: 8,
  qubitsTapered: 6,
  twoQubitGates: 30,
  trace_hartree: [-154.1, -154.2],
  wallTime_ms: 5,
};
const casci = { outcome: "converged", energy_hartree: -154.2, determinants: 36, wallTime_ms: 1 };

const evaluation = {
  outcome: "converged" as const,
  neutral: {
    basis: "6-31g",
    nBasis: 21,
    charge: 0,
    multiplicity: 1,
    nuclearRepulsion_hartree: 80,
    hartreeFock: {
      outcome: "converged",
      energy_hartree: -154.0,
      iterations: 10,
      orbitalEnergies_hartree: [-20, -0.4, 0.2],
      wallTime_ms: 3,
    },
    activeSpace: { nelec: 4, norb: 4, orbitals: [11, 12, 13, 14] },
    casci,
    vqe,
    backend: "exact",
    build: "build-1",
    wallTime_ms: 10,
  },
  cation: { casci, vqe },
  vertical_hartree: 0.4,
  verticalCasci_hartree: 0.399999,
  koopmans_hartree: 0.41,
};

const ethanol = {
  campaignId: CAMPAIGN_ID,
  state: "evaluated",
  identity: { canonicalSmiles: "CCO", inchiKey: "LFQSCWFLJHTTHZ-UHFFFAOYSA-N" },
  descriptors: {
    formula: "C2H6O",
    exactMass_dalton: 46.041864812,
    molecularWeight_dalton: 46.069,
    heavyAtoms: 3,
    rotatableBonds: 0,
    ringCount: 0,
    hydrogenBondDonors: 1,
    hydrogenBondAcceptors: 1,
    logP: -0.0014,
    tpsa_angstrom2: 20.23,
    qed: 0.40680796565539457,
    saScore: 1.98,
  },
  rejection: null,
  failure: null,
  rank: 1,
  values: { "vertical-ionisation-energy": 0.4 },
  vqeMinusCasci_hartree: 1e-6,
  review: null,
  conformer: {
    geometry: { symbols: ["C", "C", "O"], coordinates_angstrom: [-1.2, 0, 0, 0.3, 0, 0.1, 0.9, 1.2, -0.1] },
    method: "made by hand",
    seed: 1,
    forceFieldEnergy_kcal_per_mol: -1.5,
    molblock: MOLBLOCK,
    isomer: { canonicalSmiles: "CCO", inchiKey: "LFQSCWFLJHTTHZ-UHFFFAOYSA-N", stereoUnspecified: 0 },
  },
  evaluation: asEvaluation(evaluation),
  reviews: [],
  provenance: [],
};

/** A candidate with this index; `changes` replaces whole fields of ethanol. */
export function candidate(index: number, changes: object = {}): CandidateDetail {
  const { review } = changes as { review?: object };
  return CandidateDetail.parse({
    ...ethanol,
    reviews: review ? [review] : [],
    id: `${CAMPAIGN_ID}/${index}`,
    proposal: { index, smiles: "OCC", nll: 5.25 },
    ...changes,
  });
}

export const row = (index: number, changes: object = {}): ExportRow => ({
  candidate: candidate(index, changes),
  campaign,
  program: "ansatz 0.1.0",
});

/** A person's own molecule, the heads of whose columns are awkward. */
export const ownRow = (index: number, given: object, changes: object = {}): ExportRow => ({
  candidate: candidate(index, { proposal: { index, smiles: "OCC", nll: null, given }, ...changes }),
  campaign: Campaign.parse({
    ...campaign,
    modelHash: null,
    settings: {
      ...campaign.settings,
      generation: {
        source: "library",
        library: "b".repeat(64),
        name: "own.csv",
        count: 2,
        columns: ["IE/eV", "rank", "note"],
      },
    },
  }),
  program: "ansatz 0.1.0",
});

/** Candidate 0, on which two people disagree; one of them changed their mind before. */
export function disputed() {
  const one = verdict("good", "maybe");
  const reviews = [
    { ...one, reviewer: "Ada" },
    { ...verdict("too flat", "reject", "solubility"), reviewer: "Ben" },
    { ...verdict("very good", "shortlist"), reviewer: "Ada" },
  ];
  return { review: reviews[2]!, reviews };
}

/** A verdict on candidate 0. */
export const verdict = (comment: string, value = "shortlist", reason = "") => ({
  candidateId: `${CAMPAIGN_ID}/0`,
  verdict: value,
  reason,
  comment,
  reviewer: "Reviewer 1",
  at: "2026-01-03T00:00:00.000Z",
});

/** What replaces ethanol by butan-2-ol that was proposed without stereo and computed as its R isomer. */
export const openStereo = {
  identity: { canonicalSmiles: "CCC(C)O", inchiKey: "BTANRVKWQNVYAZ-UHFFFAOYSA-N" },
  conformer: {
    ...ethanol.conformer,
    isomer: {
      canonicalSmiles: "CC[C@@H](C)O",
      inchiKey: "BTANRVKWQNVYAZ-SCSAIBSYSA-N",
      stereoUnspecified: 1,
    },
  },
};

/** The same as an earlier version stored it, without the isomer. */
export const unrecordedStereo = {
  ...openStereo,
  conformer: { ...ethanol.conformer, isomer: undefined },
};

/** What replaces the evaluation by one with shots, of an active space by natural occupations. */
export const sampled = {
  evaluation: asEvaluation({
    ...evaluation,
    neutral: {
      ...evaluation.neutral,
      activeSpace: {
        ...evaluation.neutral.activeSpace,
        rule: { rule: "natural-occupation", threshold: 0.02 },
        reason: "made by hand",
        largestDiscardedOccupation: 0.0179,
      },
      mp2: {
        energy_hartree: -154.3,
        correlation_hartree: -0.3,
        sameSpin_hartree: -0.1,
        oppositeSpin_hartree: -0.2,
        largestAmplitude: 0.05,
        nFrozenCore: 0,
        wallTime_ms: 2,
      },
      vqe: { ...vqe, shots: 20000, statedError_hartree: 0.0012, noiseless_hartree: -154.2, seed: 99 },
      backend: "sampler",
    },
    cation: {
      casci,
      vqe: { ...vqe, shots: 30000, statedError_hartree: 0.0013, noiseless_hartree: -153.8, seed: 99 },
    },
  }),
};
