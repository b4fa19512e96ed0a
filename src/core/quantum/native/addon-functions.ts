/** What the native core offers for CI and VQE: plain objects and typed arrays in and out, copied at the border. */

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
  residualNorm: number;
  spinSquare: number;
  coefficients?: Float64Array;
}

export interface SectorState {
  norb: number;
  nalpha: number;
  nbeta: number;
  coefficients: Float64Array;
  control: Int32Array<SharedArrayBuffer> | undefined;
}

export interface CiAddon {
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
    },
  ): { converged: boolean; iterations: number; determinants: number; states: NativeCiState[] };
  applyHamiltonian(
    options: SectorOptions & { spinPenalty: number; coefficients: Float64Array },
  ): Float64Array;
  densityMatrices(options: SectorState): {
    alpha: Float64Array;
    beta: Float64Array;
    two: Float64Array;
    naturalOccupations: Float64Array;
    naturalOrbitals: Float64Array;
  };
  spinSquare(options: SectorState): number;
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
