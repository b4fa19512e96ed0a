/** What the native functions of molecules, fields and grids take. */
import { FUNCTIONALS, type FunctionalName, GRID_LEVELS } from "#shared/quantum/functionals.ts";
import { toBohr } from "#shared/units.ts";
import { contractionFault } from "../molecule/contraction.ts";
import { LARGEST_COORDINATE_ANGSTROM, SMALLEST_DISTANCE_ANGSTROM } from "../molecule/geometry.ts";
import { LARGEST_POINT_CHARGE } from "../molecule/point-charges.ts";
import {
  all,
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
  ChemistryAddon,
  FlatShells,
  MultireferenceAddon,
  NativeHandle,
  PropertiesAddon,
} from "./addon-functions.ts";
import {
  atLeastOne,
  type Fields,
  LARGEST_INT32,
  maxIterations,
  type Options,
  type Signatures,
  threads,
  tolerance,
} from "./addon-signatures.ts";
import { CHECKED_ATOM_POINTS, determinantCount, MAX_ORBITALS, POINT_BYTES } from "./limits.ts";

type NativeAddon = ChemistryAddon & PropertiesAddon & MultireferenceAddon;

/** What the lengths of later arguments hang on. */
interface SystemShape {
  readonly nAtoms: number;
  readonly nBasis: number;
  readonly nAlpha: number;
  readonly nBeta: number;
}

/** What is known of every system that was opened; a handle that is not here is refused. */
const shapes = new WeakMap<object, SystemShape>();

interface OfSystem {
  readonly system: NativeHandle;
}
// Each signature checks its handle first.
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

/** Refuses external charges on a nucleus; ghosts have no charge and may be met. */
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

/** [nBasis, columns] with at least as many columns as electrons of a spin; of several sets, one after another. */
const orbitals =
  <G extends OfSystem>(electrons: "nAlpha" | "nBeta", sets: (given: G) => number = () => 1): Check<G> =>
  (value, given) => {
    const fault = doubles<G>()(value, given);
    if (fault) return fault;
    const { [electrons]: least, nBasis } = shape(given);
    const rows = nBasis * sets(given);
    const columns = (value as Float64Array).length / rows;
    if (Number.isInteger(columns) && columns >= Math.max(1, least) && columns <= nBasis) return undefined;
    return `expected ${rows} rows of ${Math.max(1, least)} to ${nBasis} orbitals, got ${(value as Float64Array).length} numbers`;
  };
type Mp2Options = Options<ChemistryAddon["mp2"]>;
const ofEachSolution = (electrons: "nAlpha" | "nBeta"): Check<Mp2Options> =>
  orbitals<Mp2Options>(electrons, ({ nSolutions }) => nSolutions);
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

type OpenOptions = Options<
  ChemistryAddon["openSystem"] | ChemistryAddon["withElectrons"] | ChemistryAddon["withoutSolvent"]
>;

/** Keeps what the lengths of later arguments hang on, of a system that was opened. */
export const rememberSystem = (system: NativeHandle, options: OpenOptions): void => {
  const own =
    "system" in options ? shape(options) : { nAtoms: options.charges.length, nBasis: functionCount(options) };
  const electrons = "nAlpha" in options ? { nAlpha: options.nAlpha, nBeta: options.nBeta } : {};
  shapes.set(system, { ...own, ...electrons } as SystemShape);
};

interface Space extends OfSystem {
  readonly orbitals: Float64Array;
  readonly nCore: number;
  readonly norb: number;
}

/** Orbitals of a molecule in the order core, active, empty. */
const SPACE = {
  system: handle,
  orbitals: orbitals<Space>("nAlpha"),
  nCore: wholeNumber<Space>(0, (given) => columns(given, given.orbitals) - 1),
  norb: wholeNumber<Space>(1, (given) =>
    Math.min(MAX_ORBITALS, columns(given, given.orbitals) - given.nCore),
  ),
} satisfies Fields<Space>;

const scfFields = {
  maxIterations,
  gradientTolerance: tolerance,
  energyTolerance: tolerance,
  stability: oneOf("none", "check", "follow", "part-spins"),
  newton: oneOf("downhill", "nearest"),
} as const;

const functionalName = oneOf<unknown>(...Object.keys(FUNCTIONALS));
/** Points of an atom at most, by level. */
const ATOM_POINTS = { coarse: 70 * 302, medium: 90 * 434, fine: 120 * 770, finest: 150 * 1202 } as const;

/** Variables of a functional. */
function variableCount({ functional, isClosed }: { functional: FunctionalName; isClosed: boolean }): number {
  const { ingredients } = FUNCTIONALS[functional];
  const [closed, open] = { density: [1, 2], gradient: [2, 5], "kinetic energy": [3, 7] }[ingredients];
  // The table above has both.
  return (isClosed ? closed : open)!;
}

/** Vectors of the subspace in which so many excitations are found, and their images: native/src/ci/davidson.cpp. */
const excitationVectors = (nStates: number): number => 2 * (24 + 4 * nStates);

/** Excitations from occupied orbitals into empty ones. */
const singles = (given: OfSystem & { readonly orbitals: Float64Array }): number => {
  const { nAlpha } = shape(given);
  return nAlpha * (columns(given, given.orbitals) - nAlpha);
};

type StartOptions = Options<ChemistryAddon["scfOfEach"]>;
/** Each has a thread that waits while others run. */
const MOST_STARTS = 64;

export const CHEMISTRY_ARGUMENTS: Signatures<NativeAddon> = {
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
      cavityRadii: optional(doubles(({ charges }) => charges.length, 0, LARGEST_COORDINATE)),
      solventFactor: whenever(({ cavityRadii }) => cavityRadii !== undefined, number(0, 1)),
      surfaceBytes: whenever(
        ({ cavityRadii }) => cavityRadii !== undefined,
        number(0, Number.MAX_SAFE_INTEGER),
      ),
      integralThreshold: number(0, 1),
      integralBytes: number(0, Number.MAX_SAFE_INTEGER),
      threads,
      control: controlBlock,
    },
    bytes: (given) => 8 * functionCount(given) ** 2,
  },
  withElectrons: {
    fields: {
      system: handle,
      nAlpha: wholeNumber(0, nBasis),
      nBeta: wholeNumber(0, ({ nAlpha }) => nAlpha),
    },
  },
  withoutSolvent: {
    fields: {
      system: handle,
      potential: optional(doubles(square)),
      energy: whenever(({ potential }) => potential !== undefined, number()),
    },
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
      ...scfFields,
      atomSpins: (value, given) =>
        value === undefined ? undefined : whenever(isUnrestricted, doubles(atomCount, -1, 1))(value, given),
      startAlpha: optional(orbitals("nAlpha")),
      startBeta: whenever(
        (given) => given.startAlpha !== undefined && isUnrestricted(given),
        orbitals("nBeta"),
      ),
      auxiliary: { isOptional: true, fields: shellFields(HIGHEST_FITTING_L, (given) => atomCount(given)) },
      functional: all<Options<ChemistryAddon["scf"]>>(optional(functionalName), (value, given) =>
        value !== undefined && (given.kind === "rohf" || given.auxiliary !== undefined)
          ? "expected rhf or uhf with exact integrals, got rohf or a fitting set"
          : undefined,
      ),
      grid: whenever((given) => given.functional !== undefined, oneOf(...GRID_LEVELS)),
    },
    bytes: (given) =>
      given.grid === undefined
        ? 0
        : POINT_BYTES * (ATOM_POINTS[given.grid] + ATOM_POINTS.coarse) * atomCount(given),
  },
  scfOfEach: {
    fields: {
      system: handle,
      kind: oneOf("uhf"),
      ...scfFields,
      nStarts: wholeNumber(1, MOST_STARTS),
      startAlpha: orbitals<StartOptions>("nAlpha", ({ nStarts }) => nStarts),
      startBeta: orbitals<StartOptions>("nBeta", ({ nStarts }) => nStarts),
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
      auxiliary: { isOptional: true, fields: shellFields(HIGHEST_FITTING_L, (given) => atomCount(given)) },
      naturalOrbitals: flag,
      nSolutions: wholeNumber(1, LARGEST_INT32),
      orbitalsAlpha: ofEachSolution("nAlpha"),
      energiesAlpha: doubles((given) => columns(given, given.orbitalsAlpha)),
      orbitalsBeta: (value, given) =>
        value === undefined && !isOpenShell(given) ? undefined : ofEachSolution("nBeta")(value, given),
      energiesBeta: whenever(
        ({ orbitalsBeta }) => orbitalsBeta !== undefined,
        // Read only where they are there.
        doubles((given) => columns(given, given.orbitalsBeta!)),
      ),
    },
  },
  coupledCluster: {
    fields: {
      system: handle,
      nFrozen: wholeNumber(0, (given) => shape(given).nBeta),
      orbitalsAlpha: orbitals("nAlpha"),
      energiesAlpha: doubles((given) => columns(given, given.orbitalsAlpha)),
      orbitalsBeta: (value, given) =>
        value === undefined && !isOpenShell(given) ? undefined : orbitals("nBeta")(value, given),
      energiesBeta: whenever(
        ({ orbitalsBeta }) => orbitalsBeta !== undefined,
        // Read only where they are there.
        doubles((given) => columns(given, given.orbitalsBeta!)),
      ),
      triples: flag,
      maxIterations,
      energyTolerance: tolerance,
      amplitudeTolerance: tolerance,
    },
    bytes: (given) =>
      (given.orbitalsBeta ? 8 : 2) * (columns(given, given.orbitalsAlpha) - given.nFrozen) ** 4,
  },
  orbitalIntegrals: {
    fields: SPACE,
    bytes: (given) => 8 * columns(given, given.orbitals) * given.norb ** 3,
  },
  activeFock: { fields: { ...SPACE, density: doubles(({ norb }) => norb ** 2) } },
  nevpt2: {
    fields: {
      ...SPACE,
      nalpha: wholeNumber(0, ({ norb }) => norb),
      nbeta: wholeNumber(0, ({ norb }) => norb),
      coefficients: doubles(({ norb, nalpha, nbeta }) => determinantCount(norb, [nalpha, nbeta])),
      memoryBytes: number(0, Number.MAX_SAFE_INTEGER),
    },
    bytes: (given) => 8 * given.norb * (given.nCore + given.norb) * columns(given, given.orbitals) ** 2,
  },
  excitations: {
    fields: {
      system: handle,
      orbitals: all<Options<ChemistryAddon["excitations"]>>(orbitals("nAlpha"), (_, given) =>
        isOpenShell(given) || shape(given).nAlpha === 0
          ? "expected those of a closed shell with electrons, got another"
          : undefined,
      ),
      orbitalEnergies: doubles((given) => columns(given, given.orbitals)),
      nStates: wholeNumber(1, singles),
      triplets: flag,
      tolerance,
      maxIterations,
      functional: optional(functionalName),
      grid: whenever(({ functional }) => functional !== undefined, oneOf(...GRID_LEVELS)),
    },
    bytes: (given) =>
      excitationVectors(given.nStates) * 8 * singles(given) +
      (given.grid === undefined ? 0 : POINT_BYTES * ATOM_POINTS[given.grid] * atomCount(given)),
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
      functional: optional(functionalName),
      grid: whenever(({ functional }) => functional !== undefined, oneOf(...GRID_LEVELS)),
    },
    bytes: (given) =>
      given.grid === undefined ? 0 : POINT_BYTES * ATOM_POINTS[given.grid] * atomCount(given),
  },
  densityGradient: {
    fields: {
      system: handle,
      density: doubles(square),
      weighted: doubles(square),
      pairWeights: doubles(),
      pairs: doubles((given) => given.pairWeights.length * square(given)),
    },
    bytes: (given) => 32 * given.pairs.length,
  },
  checkedXcEnergy: {
    fields: {
      system: handle,
      functional: functionalName,
      densityAlpha: doubles(square),
      densityBeta: optional(doubles(square)),
    },
    bytes: () => POINT_BYTES * CHECKED_ATOM_POINTS,
  },
  functionalAtPoints: {
    fields: {
      functional: functionalName,
      isClosed: flag,
      variables: all(doubles(), (value, given) =>
        (value as Float64Array).length % variableCount(given) === 0
          ? undefined
          : `expected ${variableCount(given)} variables a point, got ${(value as Float64Array).length} numbers`,
      ),
    },
    bytes: ({ variables }) => 24 * variables.length,
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
  potentialAtPoints: {
    fields: {
      system: handle,
      density: doubles(square),
      points: all(doubles(undefined, -LARGEST_COORDINATE, LARGEST_COORDINATE), (value) =>
        (value as Float64Array).length % 3 === 0
          ? undefined
          : `expected three numbers a point, got ${(value as Float64Array).length}`,
      ),
    },
    // 32 partial sums and five fields a point.
    bytes: ({ points }) => (8 * 37 * points.length) / 3,
  },
  lowdinPopulations: { fields: { system: handle, density: doubles(square) } },
};
