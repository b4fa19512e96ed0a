/** What every function of the native core takes, in one table that is read before each call; C++ trusts it. */
import { totalmem } from "node:os";
import { DomainError } from "#shared/errors.ts";
import { MAX_ITERATIONS } from "#shared/quantum/energy-request.ts";
import { toBohr } from "#shared/units.ts";
import { contractionFault } from "../molecule/contraction.ts";
import { LARGEST_COORDINATE_ANGSTROM, SMALLEST_DISTANCE_ANGSTROM } from "../molecule/geometry.ts";
import { LARGEST_POINT_CHARGE } from "../molecule/point-charges.ts";
import {
  all,
  type Bound,
  type Check,
  controlBlock,
  doubles,
  flag,
  int32s,
  number,
  oneOf,
  optional,
  whenever,
  wholeNumber,
} from "./addon-checks.ts";
import type {
  FlatShells,
  NativeAddon,
  NativeHandle,
  PackedAnsatz,
  PackedCircuit,
  PackedFactors,
  SectorOptions,
} from "./addon-functions.ts";
import { GATE_KINDS, MAX_SIMULATED_QUBITS, TWO_QUBIT_KINDS } from "./gate-kinds.ts";
import { binomial, MAX_ORBITALS } from "./limits.ts";

/** What the lengths of later arguments hang on. */
interface SystemShape {
  readonly nAtoms: number;
  readonly nBasis: number;
  readonly nAlpha: number;
  readonly nBeta: number;
}

/** Of every system that was opened: a handle that is not here is none. */
const shapes = new WeakMap<object, SystemShape>();

interface OfSystem {
  readonly system: NativeHandle;
}
const shape = ({ system }: OfSystem): SystemShape => shapes.get(system)!;
const nBasis = (given: OfSystem): number => shape(given).nBasis;
const square = (given: OfSystem): number => nBasis(given) ** 2;
const atomCount = (given: OfSystem): number => shape(given).nAtoms;
const isUnrestricted = ({ kind }: OfSystem & { readonly kind: string }): boolean => kind === "uhf";
const isOpenShell = (given: OfSystem): boolean => shape(given).nAlpha !== shape(given).nBeta;

const handle = (value: unknown): string | undefined =>
  typeof value === "object" && value !== null && shapes.has(value)
    ? undefined
    : "expected a handle from openSystem";

type Options<F> = F extends (options: infer O) => unknown ? O : never;
type Fields<T, Given = T> = {
  readonly [K in keyof T]-?: Check<Given> | Nested<NonNullable<T[K]>, Given>;
};
/** An object within the options; its checks see the outer options as well. */
interface Nested<T, Given> {
  readonly fields: Fields<T, T & Given>;
  readonly isOptional: boolean;
}
interface Signature<T> {
  readonly fields: Fields<T>;
  /** Memory that is held at once, where sizes multiply. */
  readonly bytes?: (given: T) => number;
}

const LARGEST_INT32 = 2 ** 31 - 1;
const threads = wholeNumber(1, 1024);
const maxIterations = wholeNumber(0, MAX_ITERATIONS);
const tolerance = number(0);
const LARGEST_COORDINATE = toBohr(LARGEST_COORDINATE_ANGSTROM);
/** Less the rounding of a conversion. */
const SMALLEST_DISTANCE = toBohr(SMALLEST_DISTANCE_ANGSTROM) * (1 - 1e-9);
const LARGEST_NUCLEAR_CHARGE = 118;

const distance = (a: Float64Array, i: number, b: Float64Array, j: number): number =>
  Math.hypot(a[3 * i]! - b[3 * j]!, a[3 * i + 1]! - b[3 * j + 1]!, a[3 * i + 2]! - b[3 * j + 2]!);

const tooClose = (what: string, i: number, j: number): string =>
  `expected ${what} at least ${SMALLEST_DISTANCE_ANGSTROM} Å apart, got ${i} and ${j} closer`;

function nucleiApart(value: unknown): string | undefined {
  const positions = value as Float64Array;
  for (let i = 0; 3 * i < positions.length; i++)
    for (let j = 0; j < i; j++)
      if (distance(positions, i, positions, j) < SMALLEST_DISTANCE) return tooClose("nuclei", j, i);
  return undefined;
}

/** Ghosts have no charge that could be met. */
function chargesApart(value: unknown, given: Options<NativeAddon["openSystem"]>): string | undefined {
  const { positions, charges, pointCharges } = given;
  for (const [i, charge] of pointCharges.entries())
    for (const [j, nuclear] of charges.entries())
      if (
        charge !== 0 &&
        nuclear !== 0 &&
        distance(value as Float64Array, i, positions, j) < SMALLEST_DISTANCE
      )
        return tooClose("point charges and nuclei", i, j);
  return undefined;
}

const sum = (values: Int32Array): number => values.reduce((total, value) => total + value, 0);

/** The shells one after another are all computable. */
function contractions(value: unknown, given: FlatShells): string | undefined {
  const coefficients = value as Float64Array;
  let first = 0;
  for (const [shell, count] of given.shellPrimitives.entries()) {
    const [from, to] = [first, first + count];
    const fault = contractionFault({
      l: given.shellL[shell]!,
      exponents: [...given.exponents.subarray(from, to)],
      coefficients: [...coefficients.subarray(from, to)],
    });
    if (fault) return `shell ${shell}: ${fault}`;
    first = to;
  }
  return undefined;
}

const shellCount = ({ shellAtom }: FlatShells): number => shellAtom.length;
const primitiveCount = ({ shellPrimitives }: FlatShells): number => sum(shellPrimitives);

const atLeastOne: Check<unknown> = (value) =>
  (value as Int32Array).length > 0 ? undefined : "expected at least one, got none";

const shellFields = <G extends FlatShells>(highestL: number, nAtoms: (given: G) => number) =>
  ({
    shellAtom: all<G>(
      int32s<G>(undefined, 0, (given) => nAtoms(given) - 1),
      atLeastOne,
    ),
    shellL: int32s<G>(shellCount, 0, highestL),
    shellPure: int32s<G>(shellCount, 0, 1),
    shellPrimitives: int32s<G>(shellCount, 1, LARGEST_INT32),
    exponents: doubles<G>(primitiveCount),
    coefficients: all<G>(doubles<G>(primitiveCount), contractions),
  }) satisfies Fields<FlatShells, G>;

const functionCount = ({ shellL, shellPure }: FlatShells): number =>
  shellL.reduce((n, l, i) => n + (shellPure[i] === 1 ? 2 * l + 1 : ((l + 1) * (l + 2)) / 2), 0);

/** Orbital basis sets have s to f functions, fitting sets up to i: what the integral kernels hold. */
const HIGHEST_ORBITAL_L = 3;
const HIGHEST_FITTING_L = 6;

/** [nBasis, columns] with as many columns as electrons of a spin at least. */
const orbitals =
  <G extends OfSystem>(electrons: "nAlpha" | "nBeta"): Check<G> =>
  (value, given) => {
    const fault = doubles<G>()(value, given);
    if (fault) return fault;
    const { [electrons]: least, nBasis: rows } = shape(given);
    const columns = (value as Float64Array).length / rows;
    if (Number.isInteger(columns) && columns >= Math.max(1, least) && columns <= rows) return undefined;
    return `expected ${rows} rows of ${Math.max(1, least)} to ${rows} orbitals, got ${(value as Float64Array).length} numbers`;
  };
const columns = (given: OfSystem, set: Float64Array): number => set.length / nBasis(given);

/** Columns, each at most once, none of them in `others`. */
const distinctFrom =
  <G>(others: (given: G) => Int32Array): Check<G> =>
  (value, given) => {
    const indices = [...(value as Int32Array), ...others(given)];
    return new Set(indices).size === indices.length
      ? undefined
      : "expected different orbitals, got one twice";
  };

// CI and VQE

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

const HAMILTONIAN: Fields<SectorOptions> = {
  ...SECTOR,
  coreEnergy: number(),
  oneBodyTensor: doubles(({ norb }) => norb ** 2),
  twoBodyTensor: doubles(({ norb }) => norb ** 4),
  threads,
  control: controlBlock,
};

const STATE = { ...SECTOR, coefficients: doubles(determinants), control: controlBlock };

/** Matrices over the strings of each spin (a value and a column an entry), work space of each thread, and vectors. */
function sectorBytes(given: Sector & { readonly threads?: number }, vectors: number): number {
  const { norb, nalpha, nbeta } = given;
  const strings = [nalpha, nbeta].map((n) => {
    const entries = 1 + n * (norb - n) + binomial(n, 2) * binomial(norb - n, 2);
    return binomial(norb, n) * (12 * entries + 256 * (given.threads ?? 1));
  });
  return 8 * vectors * determinants(given) + strings[0]! + strings[1]!;
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
    return electronsOf(alpha!) === nalpha && electronsOf(beta!) === nbeta
      ? undefined
      : `expected masks of ${nalpha} α and ${nbeta} β electrons, got ${alpha} and ${beta}`;
  }),
};
const parameters = doubles<{ nParameters: number }>(({ nParameters }) => nParameters);
const VQE = { ...HAMILTONIAN, ...ANSATZ };
const VQE_VECTORS = 8;

// Circuits

const SIMULATION = { threads, control: controlBlock };
type Angles = { readonly parameters: Float64Array } | { readonly start: Float64Array };
const anglesGiven = (given: Angles): number => ("start" in given ? given.start : given.parameters).length;

/** Kind, first and second qubit, parameter or −1. */
function gateRows(value: unknown, given: Angles & { readonly qubits: number }): string | undefined {
  const gates = value as Int32Array;
  for (let i = 0; i < gates.length; i += 4) {
    const [kind, first, second, parameter] = gates.subarray(i, i + 4);
    const name = GATE_KINDS[kind!];
    if (name === undefined)
      return `gate ${i / 4}: expected a kind of 0 to ${GATE_KINDS.length - 1}, got ${kind}`;
    const isPlaced = first! >= 0 && first! < given.qubits && second! >= 0 && second! < given.qubits;
    if (!isPlaced || (TWO_QUBIT_KINDS.has(name) && first === second))
      return `gate ${i / 4}: expected different qubits of 0 to ${given.qubits - 1}, got ${first} and ${second}`;
    if (parameter! < -1 || parameter! >= anglesGiven(given))
      return `gate ${i / 4}: expected a parameter of −1 to ${anglesGiven(given) - 1}, got ${parameter}`;
  }
  return undefined;
}

type Gates = Omit<PackedCircuit, "parameters">;
const gateCount = ({ angles }: Gates): number => angles.length;
const gateFields = <G extends Gates & Angles>() =>
  ({
    qubits: wholeNumber<G>(1, MAX_SIMULATED_QUBITS),
    angles: doubles<G>(),
    scales: doubles<G>(gateCount),
    gates: all<G>(
      int32s<G>((given) => 4 * gateCount(given), -1, LARGEST_INT32),
      gateRows,
    ),
  }) satisfies Fields<Gates, G>;
const CIRCUIT: Fields<PackedCircuit> = { parameters: doubles(), ...gateFields<PackedCircuit>() };

const PAULI_SUM = {
  coefficients: doubles(),
  x: int32s<{ coefficients: Float64Array; qubits: number }>(
    ({ coefficients }) => coefficients.length,
    0,
    ({ qubits }) => 2 ** qubits - 1,
  ),
  z: int32s<{ coefficients: Float64Array; qubits: number }>(
    ({ coefficients }) => coefficients.length,
    0,
    ({ qubits }) => 2 ** qubits - 1,
  ),
};

const amplitudes = ({ qubits }: { readonly qubits: number }): number => 2 ** qubits;
const probability = number(0, 1);
const repeats = wholeNumber(1, 1_000_000);

type FunctionName = Exclude<keyof NativeAddon, "buildId" | "instructionSet">;

/** Arguments in the order in which they are read: an array behind what its length hangs on. */
const SIGNATURES: { readonly [N in FunctionName]: Signature<Options<NativeAddon[N]>> } = {
  openSystem: {
    fields: {
      charges: all(doubles(undefined, 0, LARGEST_NUCLEAR_CHARGE), atLeastOne),
      positions: all(
        doubles(({ charges }) => 3 * charges.length, -LARGEST_COORDINATE, LARGEST_COORDINATE),
        nucleiApart,
      ),
      pointCharges: doubles(undefined, -LARGEST_POINT_CHARGE, LARGEST_POINT_CHARGE),
      pointChargePositions: all(
        doubles(({ pointCharges }) => 3 * pointCharges.length, -LARGEST_COORDINATE, LARGEST_COORDINATE),
        chargesApart,
      ),
      ...shellFields(HIGHEST_ORBITAL_L, ({ charges }) => charges.length),
      nAlpha: wholeNumber(0, functionCount),
      nBeta: wholeNumber(0, ({ nAlpha }) => nAlpha),
      integralThreshold: number(0, 1),
      integralBytes: number(0, Number.MAX_SAFE_INTEGER),
      threads,
      control: controlBlock,
    },
    bytes: (given) => 8 * functionCount(given) ** 2,
  },
  releaseIntegrals: { fields: { system: handle } },
  integrals: { fields: { system: handle, origin: doubles(3, -LARGEST_COORDINATE, LARGEST_COORDINATE) } },
  scf: {
    fields: {
      system: handle,
      kind: all(oneOf("rhf", "uhf", "rohf"), (value, given) =>
        value === "rhf" && isOpenShell(given)
          ? "expected uhf or rohf for unpaired electrons, got rhf"
          : undefined,
      ),
      maxIterations,
      gradientTolerance: tolerance,
      energyTolerance: tolerance,
      stability: oneOf("none", "check", "follow"),
      atomSpins: (value, given) =>
        value === undefined ? undefined : whenever(isUnrestricted, doubles(atomCount, -1, 1))(value, given),
      startAlpha: optional(orbitals("nAlpha")),
      startBeta: whenever(
        (given) => given.startAlpha !== undefined && isUnrestricted(given),
        orbitals("nBeta"),
      ),
      auxiliary: { isOptional: true, fields: shellFields(HIGHEST_FITTING_L, (given) => atomCount(given)) },
    },
  },
  activeSpaceHamiltonian: {
    fields: {
      system: handle,
      orbitals: orbitals("nAlpha"),
      core: all(
        int32s(undefined, 0, (given) => columns(given, given.orbitals) - 1),
        distinctFrom(() => new Int32Array()),
      ),
      active: all<Options<NativeAddon["activeSpaceHamiltonian"]>>(
        int32s(undefined, 0, (given) => columns(given, given.orbitals) - 1),
        atLeastOne,
        distinctFrom(({ core }) => core),
      ),
    },
    bytes: ({ active }) => 8 * active.length ** 4,
  },
  mp2: {
    fields: {
      system: handle,
      nFrozen: wholeNumber(0, (given) => shape(given).nBeta),
      memoryBytes: number(0, Number.MAX_SAFE_INTEGER),
      naturalOrbitals: flag,
      orbitalsAlpha: orbitals("nAlpha"),
      energiesAlpha: doubles((given) => columns(given, given.orbitalsAlpha)),
      orbitalsBeta: (value, given) =>
        value === undefined && !isOpenShell(given) ? undefined : orbitals("nBeta")(value, given),
      energiesBeta: whenever(
        ({ orbitalsBeta }) => orbitalsBeta !== undefined,
        doubles((given) => columns(given, given.orbitalsBeta!)),
      ),
    },
  },
  avas: {
    fields: {
      nBasis: wholeNumber(1, LARGEST_INT32),
      nTarget: wholeNumber(1, LARGEST_INT32),
      orbitals: all(doubles(), (value, given) => {
        const found = (value as Float64Array).length / given.nBasis;
        return Number.isInteger(found) && found >= 1 && found <= given.nBasis
          ? undefined
          : `expected ${given.nBasis} rows of at most as many orbitals, got ${(value as Float64Array).length} numbers`;
      }),
      nDouble: wholeNumber(0, (given) => given.orbitals.length / given.nBasis),
      nSingle: wholeNumber(0, (given) => given.orbitals.length / given.nBasis - given.nDouble),
      fock: doubles((given) => given.nBasis ** 2),
      targetOverlap: doubles(({ nTarget }) => nTarget ** 2),
      crossOverlap: doubles((given) => given.nTarget * given.nBasis),
      threshold: number(0, 1),
    },
  },
  gradient: {
    fields: {
      system: handle,
      densityAlpha: doubles(square),
      fockAlpha: doubles(square),
      densityBeta: (value, given) =>
        value === undefined && !isOpenShell(given) ? undefined : doubles(square)(value, given),
      fockBeta: whenever(({ densityBeta }) => densityBeta !== undefined, doubles(square)),
    },
  },
  fieldOnGrid: {
    fields: {
      system: handle,
      orbitals: all(doubles(), (value, given) =>
        (value as Float64Array).length % nBasis(given) === 0
          ? undefined
          : `expected ${nBasis(given)} rows, got ${(value as Float64Array).length} numbers`,
      ),
      weights: (value, given) =>
        value === undefined && columns(given, given.orbitals) === 1
          ? undefined
          : doubles((all: typeof given) => columns(all, all.orbitals))(value, given),
      origin: doubles(3, -LARGEST_COORDINATE, LARGEST_COORDINATE),
      axes: doubles(9, -LARGEST_COORDINATE, LARGEST_COORDINATE),
      counts: int32s(3, 1, LARGEST_INT32),
    },
    bytes: ({ counts }) => 8 * counts.reduce((points, count) => points * count, 1),
  },
  lowdinPopulations: { fields: { system: handle, density: doubles(square) } },
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
    },
    bytes: (given) => {
      const { alphaStrings, betaStrings, nroots } = given;
      // Davidson's subspace and its image, work vectors, and the model space
      const vectors = 22 + 8 * nroots;
      const model = 8 * (4 * nroots) ** 2;
      if (alphaStrings && betaStrings) return 8 * vectors * alphaStrings.length * betaStrings.length + model;
      return sectorBytes(given, vectors) + model;
    },
  },
  applyHamiltonian: {
    fields: { ...HAMILTONIAN, spinPenalty: number(), coefficients: doubles(determinants) },
    bytes: (given) => sectorBytes(given, 4),
  },
  densityMatrices: { fields: STATE, bytes: (given) => sectorBytes(given, 1) + 8 * given.norb ** 4 },
  spinSquare: { fields: STATE, bytes: (given) => sectorBytes(given, 4) },
  minimiseVqe: {
    fields: {
      ...VQE,
      start: optional(parameters),
      maxIterations,
      gradientTolerance: tolerance,
      spinPenalty: number(),
      deflationStates: all(doubles(), (value, given) =>
        (value as Float64Array).length % determinants(given) === 0
          ? undefined
          : `expected states of ${determinants(given)} determinants, got ${(value as Float64Array).length} numbers`,
      ),
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
  sampleCircuit: {
    fields: {
      ...SIMULATION,
      ...CIRCUIT,
      singlePrecision: optional(flag),
      shots: wholeNumber(0, LARGEST_INT32),
      trajectories: wholeNumber(1, LARGEST_INT32),
      seed: wholeNumber(0, Number.MAX_SAFE_INTEGER),
      noise: {
        isOptional: false,
        fields: {
          depolarizing1: probability,
          depolarizing2: probability,
          amplitudeDamping: probability,
          readout01: probability,
          readout10: probability,
        },
      },
    },
    bytes: (given) => 24 * amplitudes(given) + 8 * given.shots,
  },
  singlePrecisionBound: { fields: CIRCUIT },
  simulateCircuit: {
    fields: { ...SIMULATION, ...CIRCUIT, singlePrecision: optional(flag) },
    bytes: (given) => 32 * amplitudes(given),
  },
  benchmarkCircuit: {
    fields: { ...SIMULATION, ...CIRCUIT, singlePrecision: optional(flag), repeats },
    bytes: (given) => 16 * amplitudes(given),
  },
  circuitEnergyAndGradient: {
    fields: { ...SIMULATION, ...CIRCUIT, ...PAULI_SUM },
    bytes: (given) => 32 * amplitudes(given),
  },
  minimiseCircuit: {
    fields: {
      ...SIMULATION,
      start: doubles(),
      ...gateFields<Gates & { start: Float64Array }>(),
      ...PAULI_SUM,
      maxIterations,
      gradientTolerance: tolerance,
    },
    bytes: (given) => 32 * amplitudes(given),
  },
};

type AnyFields = Readonly<Record<string, Check<unknown> | Nested<object, object>>>;
type Values = Record<string, unknown>;

/** Reads each option once into a new object: what was checked is what is computed with. */
function read(fields: AnyFields, options: unknown, place: string, outer: Values = {}): Values {
  const refuse = (argument: string, fault: string): never => {
    throw new DomainError("invalid-input", `Native core, ${place}${argument}: ${fault}.`, { argument });
  };
  if (typeof options !== "object" || options === null) return refuse("options", "expected an object");
  const given: Values = { ...outer };
  const own: Values = {};
  for (const [name, field] of Object.entries(fields)) {
    let value: unknown = (options as Values)[name];
    if (typeof field === "function") {
      const fault = field(value, given);
      if (fault) refuse(name, fault);
    } else if (value !== undefined || !field.isOptional) {
      value = read(field.fields as AnyFields, value, `${place}${name}.`, given);
    }
    if (value === undefined) continue;
    own[name] = value;
    given[name] = value;
  }
  return own;
}

function requireMemory(name: string, bytes: number): void {
  if (bytes <= totalmem()) return;
  const gib = (value: number) => `${(value / 1024 ** 3).toPrecision(3)} GiB`;
  throw new DomainError(
    "not-supported",
    `Native core, ${name}: expected a calculation that fits in the ${gib(totalmem())} of this machine, got one that ` +
      `needs about ${gib(bytes)}.`,
    { bytes },
  );
}

/**
 * The addon with every argument checked before a call: types, lengths against each other, ranges of integers and indices,
 * finiteness, electrons against orbitals, memory where sizes multiply. Cost: about a nanosecond a number.
 *
 * Its functions throw DomainError: `invalid-input` naming the argument, what was expected and what came; `not-supported` for
 * what this machine's memory cannot hold.
 */
export function checkedAddon(addon: NativeAddon): NativeAddon {
  const checked: Record<string, unknown> = { ...addon };
  for (const [name, { fields, bytes }] of Object.entries(SIGNATURES) as unknown as [
    FunctionName,
    Signature<unknown>,
  ][]) {
    const call = addon[name] as (options: unknown) => unknown;
    checked[name] = (options: unknown) => {
      const given = read(fields as AnyFields, options, `${name}, `);
      if (bytes) requireMemory(name, bytes(given));
      const result = call(given);
      if (name === "openSystem") shapes.set(result as object, shapeOf(given as never));
      return result;
    };
  }
  return checked as unknown as NativeAddon;
}

const shapeOf = (options: Options<NativeAddon["openSystem"]>): SystemShape => ({
  nAtoms: options.charges.length,
  nBasis: functionCount(options),
  nAlpha: options.nAlpha,
  nBeta: options.nBeta,
});
