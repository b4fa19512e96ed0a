#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "ansatz/control.hpp"
#include "ansatz/statevector.hpp"

namespace ansatz {

/** Probabilities of errors; all 0 is a perfect device. */
struct NoiseModel {
  /** After a one- or two-qubit gate: a Pauli other than the identity, each equally likely. */
  double depolarizing1 = 0.0;
  double depolarizing2 = 0.0;
  /** After a gate on each of its qubits: decay of |1⟩. */
  double amplitudeDamping = 0.0;
  /** Reading 1 from |0⟩ and 0 from |1⟩. */
  double readout01 = 0.0;
  double readout10 = 0.0;
};

struct SamplingOptions {
  int qubits = 0;
  int shots = 0;
  /** Runs of the circuit with errors of their own, over which the shots are spread; 1 suffices without gate errors. */
  int trajectories = 1;
  std::uint64_t seed = 0;
  NoiseModel noise;
  /** Amplitudes in single precision: half the memory and time; singlePrecisionBound says how far off. */
  bool singlePrecision = false;
  int threads = 1;
  Control control;
};

/** Measured bit strings in the computational basis by quantum trajectories; same seed, same strings on any number of threads. */
std::vector<std::uint32_t> sampleCircuit(std::span<const Gate> gates, std::span<const double> parameters,
                                         const SamplingOptions& options);

}  // namespace ansatz
