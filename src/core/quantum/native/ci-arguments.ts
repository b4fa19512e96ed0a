/** What the native functions of CI and VQE in determinants take. */
import {
  all,
  type Bound,
  type Check,
  controlBlock,
  doubles,
  flag,
  int32s,
  number,
  optional,
  whenever,
  wholeNumber,
} from "./addon-checks.ts";
import type { CiAddon, PackedAnsatz, PackedFactors, SectorOptions, VqeAddon } from "./addon-functions.ts";
import {
  atLeastOne,
  type Fields,
  LARGEST_INT32,
  maxIterations,
  repeats,
  type Signatures,
  threads,
  tolerance,
} from "./addon-signatures.ts";
import { binomial, MAX_COUPLED_ORBITALS, MAX_ORBITALS, MAX_SELECTED_ORBITALS } from "./limits.ts";

interface Sector {
  readonly norb: number;
  readonly nalpha: number;
  readonly nbeta: number;
}
const determinants = ({ norb, nalpha, nbeta }: Sector): number =>
  binomial(norb, nalpha) * binomial(norb, nbeta);
const highestMask = ({ norb }: Sector): number => 2 ** norb - 1;

const SECTOR = {
  norb: wholeNumber(1, MAX_ORBITALS),
  nalpha: wholeNumber<Sector>(0, ({ norb }) => norb),
  nbeta: wholeNumber<Sector>(0, ({ norb }) => norb),
} satisfies Fields<Sector>;

/** Of selected CI, whose strings are longer. */
const LONG_SECTOR = { ...SECTOR, norb: wholeNumber(1, MAX_SELECTED_ORBITALS) } satisfies Fields<Sector>;

const INTEGRALS: Omit<Fields<SectorOptions>, keyof Sector> = {
  coreEnergy: number(),
  oneBodyTensor: doubles(({ norb }) => norb ** 2),
  twoBodyTensor: doubles(({ norb }) => norb ** 4),
  threads,
  control: controlBlock,
};
const HAMILTONIAN: Fields<SectorOptions> = { ...SECTOR, ...INTEGRALS };

/** Coefficients of several, one after the other. */
const states: Check<Sector> = all(doubles(), (value, given) =>
  (value as Float64Array).length % determinants(given) === 0
    ? undefined
    : `expected states of ${determinants(given)} determinants, got ${(value as Float64Array).length} numbers`,
);
const STATE = { ...SECTOR, coefficients: doubles(determinants), control: controlBlock };

/** Matrices over the strings of each spin (a value and a column an entry), work space of each thread, and vectors. */
function sectorBytes(given: Sector & { readonly threads?: number }, vectors: number): number {
  const { norb, nalpha, nbeta } = given;
  const bytesOfSpin = (n: number): number => {
    const entries = 1 + n * (norb - n) + binomial(n, 2) * binomial(norb - n, 2);
    return binomial(norb, n) * (12 * entries + 256 * (given.threads ?? 1));
  };
  return 8 * vectors * determinants(given) + bytesOfSpin(nalpha) + bytesOfSpin(nbeta);
}

function electronsOf(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** Masks of `electrons` bits each. */
const strings = <G extends Sector>(spin: "nalpha" | "nbeta"): Check<G> =>
  all<G>(int32s<G>(undefined, 0, highestMask), atLeastOne, (value, given) => {
    const wrong = (value as Int32Array).find((mask) => electronsOf(mask) !== given[spin]);
    return wrong === undefined ? undefined : `expected ${given[spin]} bits in each mask, got ${wrong}`;
  });

/** α annihilated, α created, β annihilated, β created: as many of each, none both. */
function excitationRows(value: unknown): string | undefined {
  const masks = value as Int32Array;
  for (let i = 0; i < masks.length; i += 2) {
    const [from, to] = [masks[i]!, masks[i + 1]!];
    if ((from & to) !== 0 || electronsOf(from) !== electronsOf(to))
      return `expected as many other orbitals created as annihilated, got ${from} and ${to} at ${i}`;
  }
  return undefined;
}

const factorCount = ({ parameterIndex }: PackedFactors): number => parameterIndex.length;
const factorFields = <G extends Sector & PackedFactors>(highestParameter: Bound<G>) =>
  ({
    parameterIndex: int32s<G>(undefined, 0, highestParameter),
    scale: doubles<G>(factorCount),
    qubit: int32s<G>(factorCount, 0, 1),
    excitations: all<G>(
      int32s<G>((given) => 4 * factorCount(given), 0, highestMask),
      excitationRows,
    ),
  }) satisfies Fields<PackedFactors, G>;

const ANSATZ: Fields<PackedAnsatz> = {
  ...SECTOR,
  nParameters: wholeNumber(0, LARGEST_INT32),
  ...factorFields<PackedAnsatz>(({ nParameters }) => nParameters - 1),
  reference: all<PackedAnsatz>(int32s<PackedAnsatz>(2, 0, highestMask), (value, { nalpha, nbeta }) => {
    const [alpha, beta] = value as Int32Array;
    // int32s found two.
    return electronsOf(alpha!) === nalpha && electronsOf(beta!) === nbeta
      ? undefined
      : `expected masks of ${nalpha} α and ${nbeta} β electrons, got ${alpha} and ${beta}`;
  }),
};
const parameters = doubles<{ nParameters: number }>(({ nParameters }) => nParameters);
const VQE = { ...HAMILTONIAN, ...ANSATZ };
const VQE_VECTORS = 8;

/** Determinants that 32-bit numbers count. */
const MOST_DETERMINANTS = 2 ** 31;
/** Integrals of both sets of orbitals, as they came and as they are used, and one step of turning them. */
const TENSORS_HELD = 5;

export const CI_ARGUMENTS: Signatures<CiAddon & VqeAddon> = {
  coupledClusterOfHamiltonian: {
    fields: {
      ...SECTOR,
      norb: wholeNumber(1, MAX_COUPLED_ORBITALS),
      nbeta: (value, { nalpha }) =>
        value === nalpha ? undefined : `expected as many electrons as of α, ${nalpha}, got ${value}`,
      ...INTEGRALS,
      triples: flag,
      maxIterations,
      energyTolerance: tolerance,
      amplitudeTolerance: tolerance,
    },
    // The tensor, two steps of turning it, and what the amplitudes take.
    bytes: ({ norb }) => 8 * 6 * norb ** 4,
  },
  selectedCi: {
    fields: {
      ...LONG_SECTOR,
      ...INTEGRALS,
      nroots: wholeNumber(1, determinants),
      maxDeterminants: wholeNumber(1, MOST_DETERMINANTS),
      perturbationTolerance: number(0),
      naturalOrbitalDeterminants: wholeNumber(0, MOST_DETERMINANTS),
      screening: number(0),
      spinPenalty: number(0),
      tolerance,
      maxIterations,
      memoryBytes: wholeNumber(1, Number.MAX_SAFE_INTEGER),
    },
    bytes: ({ memoryBytes, norb }) => memoryBytes + 8 * TENSORS_HELD * norb ** 4,
  },
  solveCi: {
    fields: {
      ...HAMILTONIAN,
      nroots: wholeNumber(1, determinants),
      spinPenalty: number(0),
      tolerance,
      maxIterations,
      wantCoefficients: flag,
      alphaStrings: optional(strings("nalpha")),
      betaStrings: whenever(({ alphaStrings }) => alphaStrings !== undefined, strings("nbeta")),
      startStates: (value, given) =>
        given.alphaStrings === undefined || value === undefined
          ? optional(states)(value, given)
          : "expected nothing beside chosen strings",
    },
    bytes: (given) => {
      const { alphaStrings, betaStrings, nroots, startStates } = given;
      // Davidson's subspace and its image, work vectors, and the model space
      const vectors = 22 + 8 * nroots + 2 * Math.ceil((startStates?.length ?? 0) / determinants(given));
      const model = 8 * (4 * nroots) ** 2;
      if (alphaStrings && betaStrings) return 8 * vectors * alphaStrings.length * betaStrings.length + model;
      return sectorBytes(given, vectors) + model;
    },
  },
  applyHamiltonian: {
    fields: { ...HAMILTONIAN, spinPenalty: number(), coefficients: doubles(determinants) },
    bytes: (given) => sectorBytes(given, 4),
  },
  densityMatrices: {
    fields: { ...STATE, twoParticle: flag },
    bytes: (given) => sectorBytes(given, 1) + 8 * given.norb ** 4,
  },
  spinSquare: { fields: STATE, bytes: (given) => sectorBytes(given, 4) },
  minimiseVqe: {
    fields: {
      ...VQE,
      start: optional(parameters),
      maxIterations,
      gradientTolerance: tolerance,
      spinPenalty: number(),
      deflationStates: states,
      deflationWeight: number(),
    },
    bytes: (given) => sectorBytes(given, VQE_VECTORS) + 8 * 45 * given.nParameters,
  },
  mollerPlessetStart: {
    fields: VQE,
    bytes: (given) => sectorBytes(given, VQE_VECTORS) + 16 * given.nParameters,
  },
  vqeEnergyAndGradient: { fields: { ...VQE, parameters }, bytes: (given) => sectorBytes(given, VQE_VECTORS) },
  poolGradients: {
    fields: {
      ...VQE,
      parameters,
      pool: { isOptional: false, fields: factorFields(0) },
    },
    bytes: (given) => sectorBytes(given, VQE_VECTORS),
  },
  prepareState: {
    fields: { ...ANSATZ, parameters, control: controlBlock },
    bytes: (given) => sectorBytes(given, 2),
  },
  benchmarkVqe: {
    fields: { ...VQE, parameters, repeats },
    bytes: (given) => sectorBytes(given, VQE_VECTORS),
  },
};
