/** Calls of the native core with one thing wrong: every argument of every function in turn, and some that take more thought. */

import { createControlBlock } from "#core/quantum/control-block.ts";
import type { NativeAddon } from "#core/quantum/native/addon-functions.ts";
import { GATE_KINDS } from "#core/quantum/native/gate-kinds.ts";
import { callNative } from "#core/quantum/native/native.ts";

type Options = Record<string, unknown>;

export interface WrongCall {
  readonly name: string;
  /** refused: a DomainError is the only right end. allowed: an unusual argument; a result must be finite numbers. */
  readonly expected: "refused" | "allowed";
  readonly call: () => unknown;
}

const make = (name: string, options: unknown): unknown =>
  callNative((addon) => addon[name as keyof NativeAddon](options as never));
const doubles = (...values: number[]) => Float64Array.from(values);
const ints = (...values: number[]) => Int32Array.from(values);

/** H2 with two s shells and a p shell: ten functions. */
const shells = (): Options => ({
  shellAtom: ints(0, 0, 1, 1, 0, 1),
  shellL: ints(0, 0, 0, 0, 1, 1),
  shellPure: ints(1, 1, 1, 1, 1, 1),
  shellPrimitives: ints(2, 1, 2, 1, 1, 1),
  exponents: doubles(3, 0.6, 0.2, 3, 0.6, 0.2, 0.8, 0.8),
  coefficients: doubles(0.3, 0.8, 1, 0.3, 0.8, 1, 1, 1),
});
const N = 10;
const hydrogen = (): Options => ({
  charges: doubles(1, 1),
  positions: doubles(0, 0, 0, 0, 0, 1.4),
  pointCharges: doubles(0.1),
  pointChargePositions: doubles(0, 5, 0),
  ...shells(),
  ...{ nAlpha: 1, nBeta: 1, integralThreshold: 1e-12, integralBytes: 1e6, threads: 1 },
  control: createControlBlock(),
});
const system = make("openSystem", hydrogen());
const triplet = make("openSystem", { ...hydrogen(), nAlpha: 2, nBeta: 0 });

const identity = (n: number) => Float64Array.from({ length: n * n }, (_, i) => Number(i % (n + 1) === 0));
const rising = (n: number) => Float64Array.from({ length: n }, (_, i) => i - 0.5);
const sector = (): Options => ({ norb: 3, nalpha: 2, nbeta: 1 });
const hamiltonian = (): Options => ({
  ...sector(),
  coreEnergy: 0.5,
  oneBodyTensor: doubles(-1, 0.1, 0, 0.1, -0.5, 0, 0, 0, 0.2),
  twoBodyTensor: new Float64Array(81),
  threads: 1,
  control: createControlBlock(),
});
const factors = (): Options => ({
  parameterIndex: ints(0, 1),
  scale: doubles(1, 1),
  qubit: ints(0, 1),
  excitations: ints(1, 4, 0, 0, 0, 0, 1, 2),
});
const ansatz = (): Options => ({ ...sector(), nParameters: 2, ...factors(), reference: ints(3, 1) });
const vqe = (): Options => ({ ...hamiltonian(), ...ansatz() });
const gates = (): Options => ({
  qubits: 3,
  angles: doubles(0, 0, 0.3),
  scales: doubles(1, 1, 0.5),
  gates: ints(
    GATE_KINDS.indexOf("h"),
    0,
    0,
    -1,
    GATE_KINDS.indexOf("cx"),
    0,
    1,
    -1,
    GATE_KINDS.indexOf("ry"),
    2,
    0,
    0,
  ),
});
const circuit = (): Options => ({
  threads: 1,
  control: createControlBlock(),
  parameters: doubles(0.2),
  ...gates(),
});
const operator = (): Options => ({ coefficients: doubles(1, 0.5), x: ints(0, 3), z: ints(1, 0) });
const noise = () => ({
  ...{ depolarizing1: 0.01, depolarizing2: 0.02, amplitudeDamping: 0.01, readout01: 0.1, readout10: 0.1 },
});

/** A right call of every function. */
export const RIGHT: Readonly<Record<string, () => Options>> = {
  openSystem: () => ({
    ...hydrogen(),
    ...{ cavityRadii: doubles(2, 2), solventFactor: 0.9, surfaceBytes: 1e6 },
  }),
  withoutSolvent: () => ({ system, potential: identity(N), energy: 0.5 }),
  withElectrons: () => ({ system, nAlpha: 2, nBeta: 1 }),
  releaseIntegrals: () => ({ system }),
  integrals: () => ({ system, origin: doubles(0, 0, 0) }),
  scf: () => ({
    ...{ system, kind: "uhf", maxIterations: 50, gradientTolerance: 1e-8, energyTolerance: 1e-10 },
    ...{ stability: "follow", newton: "nearest", auxiliary: shells() },
    ...{ atomSpins: doubles(0.5, -0.5), startAlpha: identity(N), startBeta: identity(N) },
  }),
  scfOfEach: () => ({
    ...{ system, kind: "uhf", maxIterations: 2, gradientTolerance: 1e-6, energyTolerance: 1e-6 },
    ...{ stability: "none", newton: "nearest", nStarts: 1, startAlpha: identity(N), startBeta: identity(N) },
  }),
  activeSpaceHamiltonian: () => ({ system, orbitals: identity(N), core: ints(0), active: ints(1, 2) }),
  orbitalIntegrals: () => ({ system, orbitals: identity(N), nCore: 1, norb: 2 }),
  activeFock: () => ({ system, orbitals: identity(N), nCore: 1, norb: 2, density: identity(2) }),
  nevpt2: () => ({
    ...{ system, orbitals: identity(N), nCore: 0, norb: 2, nalpha: 1, nbeta: 1 },
    ...{ coefficients: Float64Array.of(1, 0, 0, 0), memoryBytes: 1e8 },
  }),
  mp2: () => ({
    ...{ system, nFrozen: 0, memoryBytes: 1e8, naturalOrbitals: true, nSolutions: 1 },
    ...{
      orbitalsAlpha: identity(N),
      energiesAlpha: rising(N),
      orbitalsBeta: identity(N),
      energiesBeta: rising(N),
    },
  }),
  coupledCluster: () => ({
    ...{ system, nFrozen: 0, orbitalsAlpha: identity(N), energiesAlpha: rising(N), triples: true },
    ...{ orbitalsBeta: identity(N), energiesBeta: rising(N) },
    ...{ maxIterations: 3, energyTolerance: 1e-9, amplitudeTolerance: 1e-7 },
  }),
  excitations: () => ({
    ...{ system, orbitals: identity(N), orbitalEnergies: rising(N), nStates: 1, triplets: false },
    ...{ tolerance: 1e-5, maxIterations: 20, functional: "pbe", grid: "coarse" },
  }),
  avas: () => ({
    ...{ nBasis: 3, nTarget: 2, nDouble: 1, nSingle: 0, orbitals: identity(3), fock: identity(3) },
    ...{ targetOverlap: identity(2), crossOverlap: doubles(1, 0, 0, 0, 1, 0), threshold: 0.2 },
  }),
  gradient: () => ({
    ...{ system, densityAlpha: identity(N), fockAlpha: identity(N) },
    ...{ densityBeta: identity(N), fockBeta: identity(N), functional: "pbe", grid: "coarse" },
  }),
  densityGradient: () => ({
    ...{ system, density: identity(N), weighted: identity(N), pairWeights: doubles(0.5), pairs: identity(N) },
  }),
  checkedXcEnergy: () => ({
    ...{ system, functional: "pbe", densityAlpha: identity(N), densityBeta: identity(N) },
  }),
  functionalAtPoints: () => ({ functional: "pbe", isClosed: true, variables: doubles(0.3, 0.1, 0.2, 0.4) }),
  fieldOnGrid: () => ({
    ...{ system, orbitals: identity(N), weights: rising(N), origin: doubles(0, 0, 0) },
    ...{ axes: doubles(0.1, 0, 0, 0, 0.1, 0, 0, 0, 0.1), counts: ints(2, 3, 4) },
  }),
  potentialAtPoints: () => ({ system, density: identity(N), points: doubles(0, 0, 3, 1, 2, 3) }),
  lowdinPopulations: () => ({ system, density: identity(N) }),
  coupledClusterOfHamiltonian: () => ({
    ...{ ...hamiltonian(), nalpha: 1, triples: true },
    ...{ maxIterations: 3, energyTolerance: 1e-9, amplitudeTolerance: 1e-7 },
  }),
  selectedCi: () => ({
    ...hamiltonian(),
    ...{ nroots: 1, maxDeterminants: 9, perturbationTolerance: 1e-6, naturalOrbitalDeterminants: 0 },
    ...{ screening: 1e-9, spinPenalty: 0.5, tolerance: 1e-7, maxIterations: 50, memoryBytes: 1e6 },
  }),
  solveCi: () => ({
    ...{
      ...hamiltonian(),
      nroots: 2,
      spinPenalty: 1,
      tolerance: 1e-6,
      maxIterations: 50,
      wantCoefficients: true,
    },
    ...{ alphaStrings: ints(3, 5), betaStrings: ints(1, 2) },
  }),
  applyHamiltonian: () => ({ ...hamiltonian(), spinPenalty: 1, coefficients: rising(9) }),
  densityMatrices: () => ({
    ...sector(),
    twoParticle: true,
    coefficients: rising(9),
    control: createControlBlock(),
  }),
  spinSquare: () => ({ ...sector(), coefficients: rising(9), control: createControlBlock() }),
  minimiseVqe: () => ({
    ...{ ...vqe(), start: doubles(0.1, 0.1), maxIterations: 20, gradientTolerance: 1e-5, spinPenalty: 0 },
    ...{ deflationStates: rising(9), deflationWeight: 1 },
  }),
  mollerPlessetStart: vqe,
  vqeEnergyAndGradient: () => ({ ...vqe(), parameters: doubles(0.1, 0.2) }),
  poolGradients: () => ({
    ...vqe(),
    parameters: doubles(0.1, 0.2),
    pool: { ...factors(), parameterIndex: ints(0, 0) },
  }),
  prepareState: () => ({ ...ansatz(), parameters: doubles(0.1, 0.2), control: createControlBlock() }),
  benchmarkVqe: () => ({ ...vqe(), parameters: doubles(0.1, 0.2), repeats: 1 }),
  sampleCircuit: () => ({
    ...circuit(),
    singlePrecision: true,
    shots: 10,
    trajectories: 2,
    seed: 1,
    noise: noise(),
  }),
  simulateCircuit: () => ({ ...circuit(), singlePrecision: true }),
  singlePrecisionBound: () => ({ parameters: doubles(0.2), ...gates() }),
  benchmarkCircuit: () => ({ ...circuit(), singlePrecision: false, repeats: 1 }),
  circuitEnergyAndGradient: () => ({ ...circuit(), ...operator() }),
  minimiseCircuit: () => {
    const { parameters: start, ...rest } = circuit();
    return { ...rest, ...operator(), start, maxIterations: 10, gradientTolerance: 1e-5 };
  },
};

type Numbers = Float64Array | Int32Array;
const changed = <A extends Numbers>(array: A, at: number, value: number): A => {
  const copy = array.slice() as A;
  copy[at] = value;
  return copy;
};

function detached(array: Numbers): Numbers {
  const copy = array.slice();
  copy.buffer.transfer();
  return copy;
}

/** Wrong values of one argument with what they are; those that an argument of this kind may have are `allowed`. */
function* wrongValues(value: unknown): Generator<[string, unknown, WrongCall["expected"]?]> {
  if (value instanceof Float64Array || (value instanceof Int32Array && value.buffer instanceof ArrayBuffer)) {
    const array = value as Numbers;
    const Kind = array.constructor as Float64ArrayConstructor;
    const last = array.length - 1;
    yield ["longer", Kind.from([...array, 1]), "allowed"];
    yield ["shorter", array.slice(0, last), "allowed"];
    yield ["of another type", Float32Array.from(array)];
    yield ["a plain array", [...array]];
    yield ["detached", detached(array)];
    const shared = Kind.from(new Kind(new SharedArrayBuffer(8 * array.length), 0, array.length));
    yield ["on shared memory", new Kind(new SharedArrayBuffer(shared.byteLength))];
    if (array instanceof Int32Array) {
      for (const bad of [-2, -(2 ** 31), 2 ** 31 - 1]) yield [`with ${bad}`, changed(array, last, bad)];
    } else {
      for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
        for (const at of [0, last]) yield [`with ${bad} at ${at}`, changed(array, at, bad)];
      for (const bad of [1e308, -1e308]) yield [`with ${bad}`, changed(array, last, bad)];
      for (const odd of [1e60, -1e60, 1e-300, 0]) yield [`with ${odd}`, changed(array, last, odd), "allowed"];
    }
  } else if (typeof value === "number") {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, "1", null, undefined, {}]) yield [`${bad}`, bad];
    yield ["1e308", 1e308];
    for (const odd of [-1, 0.5, 1e60, 2 ** 31, 2 ** 53]) yield [`${odd}`, odd, "allowed"];
  } else if (typeof value === "string") {
    for (const bad of ["", "none of these", 1]) yield [JSON.stringify(bad), bad];
  } else if (typeof value === "boolean") {
    for (const bad of ["yes", 1]) yield [JSON.stringify(bad), bad];
  } else if (value instanceof Int32Array) {
    yield ["not shared", new Int32Array(4)];
    yield ["too short", new Int32Array(new SharedArrayBuffer(12))];
    yield ["an object", {}];
  } else if (value === system) {
    for (const bad of [undefined, null, {}, 7, process]) yield [typeof bad, bad];
  }
}

function* ofArguments(name: string, options: () => Options, inside?: string): Generator<WrongCall> {
  const values = inside ? (options()[inside] as Options) : options();
  for (const [argument, value] of Object.entries(values)) {
    for (const [what, wrong, expected = "refused"] of wrongValues(value)) {
      const call = () => {
        const all = options();
        const own = inside
          ? { ...(all[inside] as Options), [argument]: wrong }
          : { ...all, [argument]: wrong };
        return make(name, inside ? { ...all, [inside]: own } : own);
      };
      yield { name: `${name}: ${inside ? `${inside}.` : ""}${argument} ${what}`, expected, call };
    }
    if (!inside && ["auxiliary", "pool", "noise"].includes(argument))
      yield* ofArguments(name, options, argument);
  }
}

/** A change of the right call, and the function. */
const CHANGES: readonly [string, string, Options][] = [
  [
    "openSystem",
    "a contraction that cancels itself",
    {
      coefficients: doubles(1, -1, 1, 0.3, 0.8, 1, 1, 1),
      exponents: doubles(3, 3, 0.2, 3, 0.6, 0.2, 0.8, 0.8),
    },
  ],
  ["openSystem", "all coefficients 0", { coefficients: new Float64Array(8) }],
  ["openSystem", "an exponent of 1e308", { exponents: doubles(1e308, 0.6, 0.2, 3, 0.6, 0.2, 0.8, 0.8) }],
  ["openSystem", "an exponent of 1e-300", { exponents: doubles(3, 0.6, 1e-300, 3, 0.6, 0.2, 0.8, 0.8) }],
  ["openSystem", "an exponent of 0", { exponents: doubles(3, 0.6, 0, 3, 0.6, 0.2, 0.8, 0.8) }],
  ["openSystem", "a negative exponent", { exponents: doubles(3, 0.6, -0.2, 3, 0.6, 0.2, 0.8, 0.8) }],
  ["openSystem", "a point charge of 1e308", { pointCharges: doubles(1e308) }],
  ["openSystem", "a point charge 1e-8 Å from a nucleus", { pointChargePositions: doubles(0, 0, 2e-8) }],
  ["openSystem", "two nuclei on one place", { positions: new Float64Array(6) }],
  ["openSystem", "two nuclei 1e-8 Å apart", { positions: doubles(0, 0, 0, 0, 0, 2e-8) }],
  ["openSystem", "a nuclear charge below 0", { charges: doubles(1, -1) }],
  ["openSystem", "g functions", { shellL: ints(0, 0, 0, 0, 1, 4) }],
  ["openSystem", "more electrons of a spin than functions", { nAlpha: N + 1 }],
  ["openSystem", "more β than α electrons", { nAlpha: 0, nBeta: 1 }],
  ["openSystem", "more primitives than there are", { shellPrimitives: ints(2, 1, 2, 1, 1, 2 ** 31 - 1) }],
  ["openSystem", "a shell without primitives", { shellPrimitives: ints(2, 1, 2, 1, 2, 0) }],
  [
    "openSystem",
    "no shells",
    {
      shellAtom: ints(),
      shellL: ints(),
      shellPure: ints(),
      shellPrimitives: ints(),
      exponents: doubles(),
      coefficients: doubles(),
    },
  ],
  ["openSystem", "a million threads", { threads: 1e6 }],
  [
    "openSystem",
    "a solvent's strength without a cavity",
    { cavityRadii: undefined, surfaceBytes: undefined },
  ],
  ["openSystem", "a cavity without a solvent's strength", { solventFactor: undefined }],
  ["withoutSolvent", "a potential without its energy", { energy: undefined }],
  [
    "scf",
    "rhf with unpaired electrons",
    { system: triplet, kind: "rhf", atomSpins: undefined, startBeta: undefined },
  ],
  ["scf", "orbitals of β to start from alone", { startAlpha: undefined }],
  ["scf", "orbitals of α to start from alone", { startBeta: undefined }],
  ["scf", "orbitals of β to start a restricted field from", { kind: "rhf", atomSpins: undefined }],
  ["scf", "spins of atoms in a restricted field", { kind: "rhf", startBeta: undefined }],
  ["scf", "more α spin on an atom than it can have", { atomSpins: doubles(1.01, -0.5) }],
  ["scf", "more β spin on an atom than it can have", { atomSpins: doubles(0.5, -1.01) }],
  ["scf", "a functional with a fit", { functional: "pbe", grid: "fine" }],
  ["scf", "a functional without a grid", { functional: "pbe", auxiliary: undefined }],
  ["scf", "a grid without a functional", { grid: "fine" }],
  [
    "scf",
    "a functional in a field of one set",
    { kind: "rohf", functional: "pbe", grid: "fine", auxiliary: undefined },
  ],
  ["checkedXcEnergy", "a functional that is not there", { functional: "b4lyp" }],
  ["functionalAtPoints", "half a point", { variables: doubles(0.3, 0.1, 0.2) }],
  ["scf", "orbitals of zeros to start from", { startAlpha: new Float64Array(N * N) }],
  ["scf", "equal orbitals to start from", { system: triplet, startAlpha: new Float64Array(N * N).fill(1) }],
  [
    "mp2",
    "one set of orbitals for unpaired electrons",
    { system: triplet, orbitalsBeta: undefined, energiesBeta: undefined },
  ],
  ["mp2", "energies of β without orbitals", { orbitalsBeta: undefined }],
  ["mp2", "more frozen orbitals than occupied ones", { nFrozen: 2 }],
  ["mp2", "orbitals that are no whole number for each solution", { nSolutions: 3 }],
  [
    "mp2",
    "fewer orbitals than electrons",
    { system: triplet, orbitalsAlpha: new Float64Array(N), energiesAlpha: doubles(0) },
  ],
  [
    "mp2",
    "occupied and virtual orbitals of one energy",
    { energiesAlpha: new Float64Array(N), energiesBeta: new Float64Array(N) },
  ],
  [
    "coupledCluster",
    "one set of orbitals for unpaired electrons",
    { system: triplet, orbitalsBeta: undefined, energiesBeta: undefined },
  ],
  ["coupledCluster", "energies of β without orbitals", { orbitalsBeta: undefined }],
  ["coupledCluster", "more frozen orbitals than occupied ones", { nFrozen: 2 }],
  ["coupledCluster", "energies of other orbitals", { energiesAlpha: rising(N - 1) }],
  [
    "coupledCluster",
    "occupied and virtual orbitals of one energy",
    { energiesAlpha: new Float64Array(N), energiesBeta: new Float64Array(N) },
  ],
  ["excitations", "unpaired electrons", { system: triplet }],
  ["excitations", "more states than excitations", { nStates: N * N }],
  ["excitations", "energies of other orbitals", { orbitalEnergies: rising(N - 1) }],
  ["excitations", "a functional without a grid", { grid: undefined }],
  [
    "gradient",
    "one density for unpaired electrons",
    { system: triplet, densityBeta: undefined, fockBeta: undefined },
  ],
  ["densityGradient", "fewer pairs than weights", { pairWeights: doubles(0.5, 1) }],
  ["activeSpaceHamiltonian", "an orbital that is core and active", { core: ints(1) }],
  ["activeSpaceHamiltonian", "an active orbital twice", { active: ints(1, 1) }],
  ["activeSpaceHamiltonian", "an active orbital that is not there", { active: ints(1, N) }],
  ["activeSpaceHamiltonian", "no active orbitals", { active: ints() }],
  ["orbitalIntegrals", "more active orbitals than there are", { norb: N }],
  ["activeFock", "a density of another space", { density: identity(3) }],
  ["nevpt2", "a state of another sector", { coefficients: Float64Array.of(1, 0) }],
  ["fieldOnGrid", "more points than any memory", { counts: ints(1_000_000, 1_000_000, 1_000_000) }],
  ["fieldOnGrid", "no points along an axis", { counts: ints(2, 0, 4) }],
  ["fieldOnGrid", "an orbital set without weights", { weights: undefined }],
  ["potentialAtPoints", "a density of another basis", { density: identity(3) }],
  ["potentialAtPoints", "a point of two numbers", { points: doubles(0, 0, 3, 1, 2) }],
  ["potentialAtPoints", "a point that is nowhere", { points: doubles(0, 0, Number.NaN) }],
  ["avas", "more occupied orbitals than there are", { nDouble: 3, nSingle: 1 }],
  ["selectedCi", "more states than determinants", { nroots: 10 }],
  ["selectedCi", "orbitals that no 64 bits count", { norb: 65 }],
  ["coupledClusterOfHamiltonian", "unpaired electrons", { nbeta: 0 }],
  ["solveCi", "more states than determinants", { nroots: 10 }],
  ["solveCi", "a string of another number of electrons", { alphaStrings: ints(3, 7) }],
  ["solveCi", "strings of one spin alone", { betaStrings: undefined }],
  ["solveCi", "no strings", { alphaStrings: ints(), betaStrings: ints() }],
  ["solveCi", "an orbital beyond the last", { alphaStrings: ints(3, 9) }],
  ["solveCi", "states to begin from beside chosen strings", { startStates: new Float64Array(9) }],
  [
    "solveCi",
    "half a state to begin from",
    { alphaStrings: undefined, betaStrings: undefined, startStates: new Float64Array(4) },
  ],
  [
    "solveCi",
    "32 orbitals",
    { norb: 32, oneBodyTensor: new Float64Array(32 ** 2), twoBodyTensor: new Float64Array(32 ** 4) },
  ],
  [
    "solveCi",
    "more determinants than memory",
    {
      norb: 30,
      nalpha: 15,
      nbeta: 15,
      oneBodyTensor: new Float64Array(30 ** 2),
      twoBodyTensor: new Float64Array(30 ** 4),
      alphaStrings: undefined,
      betaStrings: undefined,
    },
  ],
  ["minimiseVqe", "an orbital created and annihilated", { excitations: ints(1, 1, 0, 0, 0, 0, 1, 2) }],
  ["minimiseVqe", "an electron created from nothing", { excitations: ints(0, 4, 0, 0, 0, 0, 1, 2) }],
  ["minimiseVqe", "a reference of other electrons", { reference: ints(7, 1) }],
  ["minimiseVqe", "half a state to be orthogonal to", { deflationStates: new Float64Array(4) }],
  ["minimiseVqe", "a parameter that is not there", { parameterIndex: ints(0, 2) }],
  ["prepareState", "fewer parameters than there are", { parameters: doubles(0.1) }],
  ["simulateCircuit", "40 qubits", { qubits: 40 }],
  [
    "simulateCircuit",
    "a gate on a qubit that is not there",
    { gates: changed(gates().gates as Int32Array, 1, 3) },
  ],
  [
    "simulateCircuit",
    "a gate of one qubit with itself",
    { gates: changed(gates().gates as Int32Array, 6, 0) },
  ],
  [
    "simulateCircuit",
    "a gate of no kind",
    { gates: changed(gates().gates as Int32Array, 0, GATE_KINDS.length) },
  ],
  [
    "simulateCircuit",
    "a parameter that is not there",
    { gates: changed(gates().gates as Int32Array, 11, 1) },
  ],
  ["circuitEnergyAndGradient", "a Pauli string on more qubits", { x: ints(0, 8) }],
  ["sampleCircuit", "a probability above 1", { noise: { ...noise(), readout01: 1.1 } }],
  ["sampleCircuit", "a negative probability", { noise: { ...noise(), depolarizing1: -0.1 } }],
  ["sampleCircuit", "no trajectories", { trajectories: 0 }],
];

/** An argument that changes another while it is read. */
const detachesOthers: WrongCall = {
  name: "openSystem: a getter that detaches an array that was checked",
  expected: "refused",
  call: () => {
    const options = hydrogen();
    const charges = options.charges as Float64Array<ArrayBuffer>;
    return make("openSystem", {
      ...options,
      get coefficients() {
        charges.buffer.transfer();
        return doubles(1);
      },
    });
  },
};

export const WRONG_CALLS: readonly WrongCall[] = [
  ...Object.entries(RIGHT).flatMap(([name, options]) => [
    ...[undefined, null, 7, "options"].map(
      (options): WrongCall => ({
        name: `${name}: ${options}`,
        expected: "refused",
        call: () => make(name, options),
      }),
    ),
    ...ofArguments(name, options),
  ]),
  ...CHANGES.map(
    ([name, what, change]): WrongCall => ({
      name: `${name}: ${what}`,
      expected: "refused",
      call: () => make(name, { ...RIGHT[name]!(), ...change }),
    }),
  ),
  detachesOthers,
];

/** The first number of a result that is not finite; a curvature that was not computed is NaN. */
function notFinite(result: unknown, name = "result"): string | undefined {
  if (typeof result === "number")
    return Number.isFinite(result) || name === "lowestCurvature" ? undefined : name;
  if (result instanceof BigUint64Array) return undefined;
  if (ArrayBuffer.isView(result)) return (result as Float64Array).every(Number.isFinite) ? undefined : name;
  if (typeof result !== "object" || result === null) return undefined;
  for (const [key, value] of Object.entries(result)) {
    const found = notFinite(value, key);
    if (found) return found;
  }
  return undefined;
}

/** What a call ended in: "" where it was right. */
export function verdict({ call, expected }: WrongCall): string {
  try {
    const found = notFinite(call());
    if (expected === "refused") return "was not refused";
    return found ? `${found} is not finite` : "";
  } catch (error) {
    return (error as Error).name === "DomainError" ? "" : `${error}`;
  }
}
