/** What the native core offers: plain objects and typed arrays in and out, copied at the border. */
import type { FunctionalName, GridLevel } from "#shared/quantum/functionals.ts";

/** One thing for both spins, or one for α and one for β. */
export type BySpin<T> = readonly [both: T] | readonly [alpha: T, beta: T];

/** A handle of the addon; what it owns is freed with it. */
export type NativeHandle = object & { readonly __handle: "system" };

/** A Hamiltonian and a sector as flat options. */
export interface SectorOptions {
  norb: number;
  nalpha: number;
  nbeta: number;
  coreEnergy: number;
  oneBodyTensor: Float64Array;
  twoBodyTensor: Float64Array;
  threads: number;
  /** [cancel, iteration, maxIterations, phase] on a SharedArrayBuffer. */
  control: Int32Array<SharedArrayBuffer> | undefined;
}

/** Factors as flat arrays; see packFactors. */
export interface PackedFactors {
  excitations: Int32Array;
  parameterIndex: Int32Array;
  scale: Float64Array;
  qubit: Int32Array;
}

export interface PackedAnsatz extends PackedFactors {
  norb: number;
  nalpha: number;
  nbeta: number;
  nParameters: number;
  reference: Int32Array;
}

interface NativeCiState {
  energy: number;
  spinSquare: number;
  coefficients?: Float64Array;
}

export interface PackedState {
  norb: number;
  nalpha: number;
  nbeta: number;
  coefficients: Float64Array;
  control: Int32Array<SharedArrayBuffer> | undefined;
}

/** Energies of each state in Hartree; see native/include/ansatz/selected_ci.hpp. */
interface NativeSelectedCi {
  converged: boolean;
  end: "complete" | "determinants" | "memory";
  /** Masks of the occupied orbitals, α and β of each in turn. */
  determinants: BigUint64Array;
  /** Columns over the orbitals of the Hamiltonian, [norb, norb]. */
  orbitals: Float64Array;
  peakBytes: number;
  rounds: { determinants: number; variational: Float64Array; perturbation: Float64Array }[];
  states: {
    variational: number;
    perturbation: number;
    spinSquare: number;
    /** [norb, norb] */
    alpha: Float64Array;
    beta: Float64Array;
    naturalOccupations: Float64Array;
    /** One for each determinant, normalised. */
    coefficients: Float64Array;
  }[];
}

export interface CiAddon {
  /** Of a closed shell, its first orbitals occupied. */
  coupledClusterOfHamiltonian(
    options: SectorOptions & {
      triples: boolean;
      maxIterations: number;
      energyTolerance: number;
      amplitudeTolerance: number;
    },
  ): NativeCoupledClusterResult & { reference: number };
  selectedCi(
    options: SectorOptions & {
      nroots: number;
      maxDeterminants: number;
      perturbationTolerance: number;
      naturalOrbitalDeterminants: number;
      screening: number;
      spinPenalty: number;
      tolerance: number;
      maxIterations: number;
      memoryBytes: number;
    },
  ): NativeSelectedCi;
  solveCi(
    options: SectorOptions & {
      nroots: number;
      spinPenalty: number;
      tolerance: number;
      maxIterations: number;
      wantCoefficients: boolean;
      /** Masks of the strings to keep; all where absent. */
      alphaStrings?: Int32Array;
      betaStrings?: Int32Array;
      /** [states, determinants] to begin from beside the model's; not with chosen strings. */
      startStates?: Float64Array;
    },
  ): { converged: boolean; iterations: number; determinants: number; states: NativeCiState[] };
  applyHamiltonian(
    options: SectorOptions & { spinPenalty: number; coefficients: Float64Array },
  ): Float64Array;
  /** `two` is empty where twoParticle is not asked for. */
  densityMatrices(options: PackedState & { twoParticle: boolean }): {
    alpha: Float64Array;
    beta: Float64Array;
    two: Float64Array;
    naturalOccupations: Float64Array;
    naturalOrbitals: Float64Array;
  };
  spinSquare(options: PackedState): number;
}

interface NativeVqeRun {
  converged: boolean;
  iterations: number;
  evaluations: number;
  energy: number;
  gradientNorm: number;
  parameters: Float64Array;
  trace: Float64Array;
}

export interface VqeAddon {
  minimiseVqe(
    options: SectorOptions &
      PackedAnsatz & {
        /** First-order Møller–Plesset amplitudes where absent. */
        start: Float64Array | undefined;
        maxIterations: number;
        gradientTolerance: number;
        spinPenalty: number;
        deflationStates: Float64Array;
        deflationWeight: number;
      },
  ): NativeVqeRun;
  mollerPlessetStart(options: SectorOptions & PackedAnsatz): Float64Array;
  vqeEnergyAndGradient(options: SectorOptions & PackedAnsatz & { parameters: Float64Array }): {
    energy: number;
    gradient: Float64Array;
  };
  poolGradients(
    options: SectorOptions & PackedAnsatz & { parameters: Float64Array; pool: PackedFactors },
  ): Float64Array;
  prepareState(
    options: PackedAnsatz & {
      parameters: Float64Array;
      control: Int32Array<SharedArrayBuffer> | undefined;
    },
  ): Float64Array;
  benchmarkVqe(options: SectorOptions & PackedAnsatz & { parameters: Float64Array; repeats: number }): {
    prepare_ms: number;
    hamiltonian_ms: number;
    energyAndGradient_ms: number;
  };
}

export interface PackedCircuit {
  qubits: number;
  gates: Int32Array;
  angles: Float64Array;
  scales: Float64Array;
  parameters: Float64Array;
}

/** Whether amplitudes are held in single precision; absent: double. */
interface CircuitPrecision {
  singlePrecision?: boolean;
}

/** Σ coefficient X^x Z^z */
interface PackedPauliSum {
  x: Int32Array;
  z: Int32Array;
  coefficients: Float64Array;
}

interface NativeNoise {
  depolarizing1: number;
  depolarizing2: number;
  amplitudeDamping: number;
  readout01: number;
  readout10: number;
}

interface SimulationOptions {
  threads: number;
  control: Int32Array<SharedArrayBuffer> | undefined;
}

export interface CircuitAddon {
  sampleCircuit(
    options: SimulationOptions &
      CircuitPrecision &
      PackedCircuit & {
        shots: number;
        trajectories: number;
        seed: number;
        noise: NativeNoise;
      },
  ): Int32Array;
  /** Upper bound of ‖ψ − ψ_exact‖ after the circuit in single precision. */
  singlePrecisionBound(options: PackedCircuit): number;
  simulateCircuit(options: SimulationOptions & CircuitPrecision & PackedCircuit): {
    re: Float64Array;
    im: Float64Array;
  };
  benchmarkCircuit(options: SimulationOptions & CircuitPrecision & PackedCircuit & { repeats: number }): {
    wall_ms: number;
    passes: number;
  };
  circuitEnergyAndGradient(options: SimulationOptions & PackedCircuit & PackedPauliSum): {
    energy: number;
    gradient: Float64Array;
  };
  minimiseCircuit(
    options: SimulationOptions &
      Omit<PackedCircuit, "parameters"> &
      PackedPauliSum & {
        start: Float64Array;
        maxIterations: number;
        gradientTolerance: number;
      },
  ): NativeVqeRun;
}

/** Contracted shells one after another. */
export interface FlatShells {
  shellAtom: Int32Array;
  shellL: Int32Array;
  shellPure: Int32Array;
  shellPrimitives: Int32Array;
  exponents: Float64Array;
  coefficients: Float64Array;
}

interface OpenSystemOptions extends FlatShells {
  /** x y z of each atom, bohr. */
  positions: Float64Array;
  charges: Float64Array;
  pointChargePositions: Float64Array;
  pointCharges: Float64Array;
  nAlpha: number;
  nBeta: number;
  /** Of each atom's sphere in a solvent, bohr, 0 where it has none; absent in the gas phase. */
  cavityRadii?: Float64Array;
  /** Of a conductor's surface charges. */
  solventFactor?: number;
  /** For integrals with the surface. */
  surfaceBytes?: number;
  integralThreshold: number;
  integralBytes: number;
  threads: number;
  control?: Int32Array<SharedArrayBuffer> | undefined;
}

export interface NativeScfResult {
  converged: boolean;
  iterations: number;
  fockBuilds: number;
  energy: number;
  nuclearRepulsion: number;
  gradient: number;
  trace: Float64Array;
  storedIntegralBytes: number;
  /** NaN where it was not computed. */
  lowestCurvature: number;
  instabilitiesFollowed: number;
  focks: BySpin<Float64Array>;
  orbitals: BySpin<Float64Array>;
  orbitalEnergies: BySpin<Float64Array>;
  densities: BySpin<Float64Array>;
  /** Of a fitted field only. */
  nAuxiliary?: number;
  fittingError?: number;
  /** Of a Kohn–Sham field only. */
  gridPoints?: number;
  gridElectrons?: number;
  xcEnergy?: number;
  /** Of a field in a solvent only. */
  surfacePoints?: number;
  solventEnergy?: number;
  /** [nBasis, nBasis] */
  solventPotential?: Float64Array;
}

interface ScfSettings {
  system: NativeHandle;
  kind: "rhf" | "uhf" | "rohf";
  maxIterations: number;
  gradientTolerance: number;
  energyTolerance: number;
  stability: "none" | "check" | "follow" | "part-spins";
  newton: "downhill" | "nearest";
}

export interface NativeMp2Result {
  sameSpin: number;
  oppositeSpin: number;
  largestAmplitude: number;
  /** 0 of a closed shell. */
  spinSquareChange: number;
  /** Where naturalOrbitals was asked for. */
  naturalOccupations?: Float64Array;
  naturalOrbitals?: Float64Array;
}

export interface NativeCoupledClusterResult {
  converged: boolean;
  iterations: number;
  /** Of singles and doubles. */
  correlation: number;
  /** 0 unless asked for and converged. */
  triples: number;
  t1Diagnostic: number;
  d1Diagnostic: number;
  largestAmplitude: number;
  trace: Float64Array;
}

/** Excitations of one multiplicity, the lowest first. */
export interface NativeExcitations {
  converged: boolean;
  iterations: number;
  energies: Float64Array;
  /** Of each, [nOccupied, nVirtual]; their squares add up to 1. */
  amplitudes: Float64Array[];
  /** x y z of each in turn, bohr; 0 of triplets. */
  transitionDipoles: Float64Array;
}

export type IntegralName = "overlap" | "kinetic" | "nuclearAttraction" | "dipoleX" | "dipoleY" | "dipoleZ";

/** Chemistry: native/addon/chemistry.cpp. */
export interface ChemistryAddon {
  openSystem(options: OpenSystemOptions): NativeHandle;
  /** The same nuclei and basis with other electrons; integrals are made once for both. */
  withElectrons(options: { system: NativeHandle; nAlpha: number; nBeta: number }): NativeHandle;
  /** The same system in the gas phase, or in a field that does not answer: a potential [nBasis, nBasis] and what it adds beside. */
  withoutSolvent(options: { system: NativeHandle; potential?: Float64Array; energy?: number }): NativeHandle;
  releaseIntegrals(options: { system: NativeHandle }): void;
  integrals(options: { system: NativeHandle; origin: Float64Array }): Record<IntegralName, Float64Array>;
  scf(
    options: ScfSettings & {
      /** −1 … 1, of each atom: where UHF starts. */
      atomSpins?: Float64Array;
      /** [nBasis, n], occupied ones first: to start from instead of atoms, β for uhf alone. */
      startAlpha?: Float64Array;
      startBeta?: Float64Array;
      auxiliary?: FlatShells;
      /** Kohn–Sham in place of Hartree–Fock, on a grid. */
      functional?: FunctionalName;
      grid?: GridLevel;
    },
  ): NativeScfResult;
  /** UHF from several starts side by side, their Fock matrices built together. */
  scfOfEach(
    options: ScfSettings & {
      nStarts: number;
      /** Of each start, one after another. */
      startAlpha: Float64Array;
      startBeta: Float64Array;
    },
  ): NativeScfResult[];
  activeSpaceHamiltonian(options: {
    system: NativeHandle;
    orbitals: Float64Array;
    core: Int32Array;
    active: Int32Array;
  }): { norb: number; coreEnergy: number; oneBodyTensor: Float64Array; twoBodyTensor: Float64Array };
  mp2(options: {
    system: NativeHandle;
    nFrozen: number;
    memoryBytes: number;
    /** Where integrals are fitted; absent: exact ones. */
    auxiliary?: FlatShells;
    nSolutions: number;
    /** Of each solution, one after another. */
    orbitalsAlpha: Float64Array;
    energiesAlpha: Float64Array;
    orbitalsBeta?: Float64Array;
    energiesBeta?: Float64Array;
    naturalOrbitals: boolean;
  }): NativeMp2Result[];
  coupledCluster(options: {
    system: NativeHandle;
    nFrozen: number;
    orbitalsAlpha: Float64Array;
    energiesAlpha: Float64Array;
    orbitalsBeta?: Float64Array;
    energiesBeta?: Float64Array;
    triples: boolean;
    maxIterations: number;
    energyTolerance: number;
    amplitudeTolerance: number;
  }): NativeCoupledClusterResult;
  /** Single excitations of a closed shell; see native/include/ansatz/tamm_dancoff.hpp. */
  excitations(options: {
    system: NativeHandle;
    /** [nBasis, n], occupied ones first. */
    orbitals: Float64Array;
    orbitalEnergies: Float64Array;
    nStates: number;
    triplets: boolean;
    tolerance: number;
    maxIterations: number;
    /** Of a field by it; Hartree–Fock's where there is none. */
    functional?: FunctionalName;
    /** Where there is a functional. */
    grid?: GridLevel;
  }): NativeExcitations;
  avas(options: {
    nBasis: number;
    nTarget: number;
    nDouble: number;
    nSingle: number;
    orbitals: Float64Array;
    fock: Float64Array;
    targetOverlap: Float64Array;
    crossOverlap: Float64Array;
    threshold: number;
  }): { occupiedWeights: Float64Array; virtualWeights: Float64Array; orbitals: Float64Array };
  gradient(options: {
    system: NativeHandle;
    densityAlpha: Float64Array;
    fockAlpha: Float64Array;
    densityBeta?: Float64Array;
    fockBeta?: Float64Array;
    /** Of a field by it; Hartree–Fock's where there is none. */
    functional?: FunctionalName;
    /** Where there is a functional. */
    grid?: GridLevel;
  }): Float64Array;
  /** Of an energy that is stationary in its orbitals; see native/include/ansatz/gradient.hpp. */
  densityGradient(options: {
    system: NativeHandle;
    /** Half the one-body density of both spins. */
    density: Float64Array;
    weighted: Float64Array;
    pairWeights: Float64Array;
    /** [pair][nBasis, nBasis] */
    pairs: Float64Array;
  }): Float64Array;
  /** Exchange and correlation of spin densities (one: α = β) on the grid that others are measured with, hartree. */
  checkedXcEnergy(options: {
    system: NativeHandle;
    functional: FunctionalName;
    densityAlpha: Float64Array;
    densityBeta?: Float64Array;
  }): number;
  /** Energy density and its derivatives [variable][point] at variables [variable][point]; see native/include/ansatz/functional.hpp. */
  functionalAtPoints(options: {
    functional: FunctionalName;
    /** ρ, σ, τ of both spins; otherwise ρα, ρβ, σαα, σαβ, σββ, τα, τβ; as many as the functional has. */
    isClosed: boolean;
    variables: Float64Array;
  }): { energy: Float64Array; slopes: Float64Array };
}

/** Fields in space and populations: native/addon/properties.cpp. */
export interface PropertiesAddon {
  /** An orbital, or Σ weight · orbital² where weights are given. */
  fieldOnGrid(options: {
    system: NativeHandle;
    /** [nBasis, n] */
    orbitals: Float64Array;
    weights?: Float64Array;
    /** bohr */
    origin: Float64Array;
    /** bohr, a step along each axis in turn. */
    axes: Float64Array;
    counts: Int32Array;
  }): Float64Array;
  /** Of nuclei, point charges and electrons, Hartree/e, at each point. */
  potentialAtPoints(options: {
    system: NativeHandle;
    /** Of both spins, [nBasis, nBasis]. */
    density: Float64Array;
    /** x y z in turn, bohr. */
    points: Float64Array;
  }): Float64Array;
  /** Of each basis function. */
  lowdinPopulations(options: { system: NativeHandle; density: Float64Array }): Float64Array;
}

/** States of an active space in a molecule: native/addon/multireference.cpp. */
export interface MultireferenceAddon {
  orbitalIntegrals(options: { system: NativeHandle; orbitals: Float64Array; nCore: number; norb: number }): {
    coreEnergy: number;
    /** [n, n] */
    coreFock: Float64Array;
    /** [n, norb, norb, norb] */
    mixed: Float64Array;
  };
  /** J − ½K of active electrons with a density [norb, norb] of both spins, over all orbitals: [n, n]. */
  activeFock(options: {
    system: NativeHandle;
    orbitals: Float64Array;
    nCore: number;
    norb: number;
    density: Float64Array;
  }): Float64Array;
  nevpt2(options: {
    system: NativeHandle;
    nCore: number;
    norb: number;
    nalpha: number;
    nbeta: number;
    /** [nBasis, n]: core, active, empty. */
    orbitals: Float64Array;
    coefficients: Float64Array;
    memoryBytes: number;
  }): {
    /** Of the perturbers ijrs, ijr, irs, ij, rs, ir, i, r: core electrons that left, empty orbitals that were reached. */
    energies: Float64Array;
    /** Energy of the lowest perturber above the state. */
    lowestPerturber: number;
  };
}

export interface NativeAddon
  extends ChemistryAddon,
    PropertiesAddon,
    MultireferenceAddon,
    CiAddon,
    VqeAddon,
    CircuitAddon {
  /** Hash of the native sources this addon was built from. */
  buildId(): string;
  instructionSet(): "baseline" | "avx2" | "avx512";
  /** Of the calling thread, with those of fields side by side that have ended. */
  processorTime_ms(): number;
}
