/**
 * A campaign whose stages find what is written here: their records and keys depend on nothing but the code that seals them,
 * not on chemistry, a model's weights or the machine.
 */
import type { FilterVerdict } from "#core/chemistry/filters/filter.ts";
import type { GenerationModel } from "#core/generation/network/model.ts";
import type { Chosen, EmbedOutput } from "#core/orchestration/dispatch/tasks.ts";
import { ModelCard } from "#shared/model/model.ts";
import type { MoleculeIdentity } from "#shared/molecule/molecule.ts";
import type { Diagnostic } from "#shared/quantum/diagnostic.ts";
import { EnergyResult } from "#shared/quantum/energy-result.ts";
import { CasciResult, VqeResult } from "#shared/quantum/state-result.ts";

/** More than one chunk of 1,000, so that a second filter run follows a first. */
export const COUNT = 1002;
const IDENTITIES: readonly MoleculeIdentity[] = [
  { canonicalSmiles: "CCO", inchiKey: "LFQSCWFLJHTTHZ-UHFFFAOYSA-N" },
  { canonicalSmiles: "C1CC1", inchiKey: "LVZWSLJZHVFIQJ-UHFFFAOYSA-N" },
  { canonicalSmiles: "CC=O", inchiKey: "IKHGUXGNUITLKF-UHFFFAOYSA-N" },
];

export const CARD = ModelCard.parse({
  format: 1,
  name: "fixed",
  title: "Fixed",
  description: "No weights: its samples are written down.",
  hash: "ab".repeat(32),
  parent: "cd".repeat(32),
  architecture: { kind: "gru", layers: 1, hidden: 1, maxTokens: 99 },
  vocabulary: ["<pad>", "<bos>", "<eos>", "C"],
  data: {
    sources: [{ name: "three.smi", licence: "CC0-1.0", sha256: "ef".repeat(32), reading: { read: 3 } }],
    preparation: "none",
    molecules: 3,
    heldBack: 1,
    tokens: 9,
    split: "none",
  },
  training: { rate: 0.001 },
  metrics: {},
  intendedUse: "tests",
  limits: "all",
});
export const model = { card: CARD, hash: CARD.hash } as GenerationModel;

/** The SMILES at an index: a molecule of the list, and every 100th cannot be read. */
const smilesAt = (index: number): string =>
  index % 100 === 99 ? "C(" : IDENTITIES[index % IDENTITIES.length]!.canonicalSmiles;

/** Stands for the sampler of molecules; it gives one up. */
export async function* samples(
  _: GenerationModel,
  { first = 0, count }: { first?: number | undefined; count: number },
  { onGivenUp }: { onGivenUp?: ((index: number) => void) | undefined } = {},
) {
  for (let index = first; index < first + count; index++) {
    if (index === 7) onGivenUp?.(index);
    else yield { index, smiles: smilesAt(index), nll: index / 8 };
  }
}

function verdictOn(smiles: string, known: Set<string>): FilterVerdict {
  const identity = IDENTITIES.find(({ canonicalSmiles }) => canonicalSmiles === smiles);
  if (!identity) {
    const rejection = { rule: "unparsable" as const, detail: "an open bracket" };
    return { outcome: "rejected", identity: null, rejection };
  }
  if (known.has(identity.inchiKey)) {
    return { outcome: "rejected", identity, rejection: { rule: "duplicate", detail: identity.inchiKey } };
  }
  known.add(identity.inchiKey);
  const counts = { heavyAtoms: 3, rotatableBonds: 0, ringCount: 0, hydrogenBondDonors: 0 };
  const rest = { hydrogenBondAcceptors: 1, logP: 0.25, tpsa_angstrom2: 17.5, qed: 0.375, saScore: 1.5 };
  const descriptors = { formula: "C2H6O", exactMass_dalton: 46.04, molecularWeight_dalton: 46.07 };
  return { outcome: "accepted", identity, descriptors: { ...descriptors, ...counts, ...rest } };
}

/** Acetaldehyde has no geometry. */
function geometryOf(smiles: string, seed: number): EmbedOutput {
  if (smiles === "CC=O")
    return { outcome: "failed", reason: "not-relaxed", detail: "the field did not converge" };
  const geometry = { symbols: ["C", "O"], coordinates_angstrom: [0, 0, -0, 0.125, 0, smiles.length / 4] };
  const isomer = { ...IDENTITIES[0]!, stereoUnspecified: 1 };
  const method = "by hand + MMFF94";
  const conformer = { geometry, method, seed, forceFieldEnergy_kcal_per_mol: -1.5, molblock: "C O", isomer };
  return { outcome: "embedded", conformer, droppedMarks: [], formalCharge: 0, unpairedElectrons: 0 };
}

const vqe = (energy_hartree: number): VqeResult =>
  VqeResult.parse({
    outcome: "converged",
    energy_hartree,
    gradientNorm: 1e-7,
    iterations: 9,
    evaluations: 10,
    nParameters: 2,
    reference: { alpha: [0], beta: [0] },
    largestAmplitude_radian: 0.125,
    qubits: 4,
    qubitsTapered: 2,
    twoQubitGates: 8,
    seed: 5,
    shots: 1000,
    trace_hartree: [energy_hartree + 0.5, energy_hartree],
    wallTime_ms: 3,
  });
const casci = (energy_hartree: number): CasciResult =>
  CasciResult.parse({ outcome: "converged", energy_hartree, determinants: 4, spinSquare: 0, wallTime_ms: 2 });

const diagnostic: Diagnostic = {
  route: "active-space",
  reason: "An occupied orbital lacks 0.25 of 2 electrons.",
  naturalOccupations: [1.75, 0.25],
  largestDeviation: 0.25,
  activeSpace: { nelec: 2, norb: 2 },
  spinContamination: 0.5,
  belowRestricted_hartree: 0.125,
  gap_hartree: 0.5,
  largestAmplitude: null,
  thresholds: { deviation: 0.12, occupation: 0.02 },
};

/** Ethanol converges; what follows a field that did not converge is missing. */
function energiesOf(symbols: readonly string[], isConverged: boolean): EnergyResult {
  const outcome = isConverged ? "converged" : "not-converged";
  const neutral = {
    basis: "sto-3g",
    nBasis: symbols.length,
    charge: 0,
    multiplicity: 1,
    nuclearRepulsion_hartree: 2.5,
    hartreeFock: {
      outcome,
      energy_hartree: -10.25,
      iterations: 11,
      orbitalEnergies_hartree: [-0.5, 0.25],
      wallTime_ms: 4,
    },
    properties: { dipole_debye: [0, 0, 1.5], mullikenCharges: [0.25, -0.25], lowdinCharges: [0, 0] },
    activeSpace: isConverged ? { nelec: 2, norb: 2, orbitals: [0, 1] } : null,
    integralsHash: isConverged ? "12".repeat(32) : null,
    casci: isConverged ? casci(-10.5) : null,
    vqe: isConverged ? vqe(-10.375) : null,
    backend: "exact",
    build: "build 1",
    ...(isConverged && { diagnostic }),
    wallTime_ms: 9,
  };
  const cation = { kind: "cation", casci: casci(-10), vqe: vqe(-9.875), koopmans_hartree: 0.53125 };
  return EnergyResult.parse({ ...neutral, ions: isConverged ? [cation] : [] });
}

/** What a thread would answer to a stage's task. */
export function answer(task: string, input: unknown): unknown {
  const asked = input as {
    smiles: string;
    molecules: { smiles: string }[];
    known: string[];
    seed: number;
    geometry: { symbols: string[]; coordinates_angstrom: number[] };
    candidates: { index: number }[];
    count: number;
    round: number;
  };
  switch (task) {
    case "filter": {
      const known = new Set(asked.known);
      return asked.molecules.map(({ smiles }) => verdictOn(smiles, known));
    }
    case "embed":
      return geometryOf(asked.smiles, asked.seed);
    // The one that has no other shape.
    case "conformers":
      return [];
    case "evaluate": {
      const { symbols, coordinates_angstrom } = asked.geometry;
      return energiesOf(symbols, coordinates_angstrom[5] === 0.75);
    }
    case "acquire": {
      const expected = asked.round === 0 ? null : 0.375;
      const last = asked.candidates.slice(-asked.count);
      return last.map(
        ({ index }): Chosen => ({ index, mean: expected, standardDeviation: expected && expected / 3 }),
      );
    }
    default:
      throw new Error(`no answer to ${task}`);
  }
}
