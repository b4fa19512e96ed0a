#include "ansatz/sampling.hpp"

#include <algorithm>
#include <cmath>

#include "circuit/gates.hpp"

namespace ansatz {
namespace {

constexpr std::size_t shotsBetweenChecks = 4096;

/** SplitMix64. */
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  double uniform() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1.0p-53;
  }

 private:
  std::uint64_t state_;
};

/** 0 is the identity, 1 to 3 are X, Y, Z. */
void addPauli(int pauli, int qubit, std::vector<Gate>& gates) {
  constexpr GateKind kinds[] = {GateKind::x, GateKind::y, GateKind::z};
  if (pauli != 0) gates.push_back({kinds[pauli - 1], qubit});
}

/** A Pauli error behind a gate, drawn with its probability. */
void addError(const Gate& gate, const NoiseModel& noise, Random& random, std::vector<Gate>& gates) {
  const bool two = hasTwoQubits(gate.kind);
  const double p = two ? noise.depolarizing2 : noise.depolarizing1;
  if (p == 0.0 || random.uniform() >= p) return;
  const int paulis = 1 + static_cast<int>(random.uniform() * (two ? 15.0 : 3.0));
  addPauli(paulis % 4, gate.first, gates);
  if (two) addPauli(paulis / 4, gate.second, gates);
}

template <class Real>
double probability(const StateVectorOf<Real>& state, std::size_t b) {
  const double re = state.re[b], im = state.im[b];
  return re * re + im * im;
}

/** One Kraus operator of amplitude damping, drawn with its probability: a jump |1⟩ → |0⟩ or the no-jump decay. */
template <class Real>
void damp(int qubit, double gamma, Random& random, StateVectorOf<Real>& state) {
  const std::size_t bit = std::size_t{1} << qubit;
  double excited = 0.0;
  for (std::size_t b = 0; b < state.size(); ++b)
    if (b & bit) excited += probability(state, b);
  const double jump = gamma * excited;
  const bool jumps = random.uniform() < jump;
  const double one = jumps ? 0.0 : std::sqrt((1.0 - gamma) / (1.0 - jump));
  const double zero = jumps ? 0.0 : 1.0 / std::sqrt(1.0 - jump);
  const double fall = jumps ? 1.0 / std::sqrt(excited) : 0.0;
  for (Real* values : {state.re.get(), state.im.get()})
    for (std::size_t b = 0; b < state.size(); ++b) {
      if (b & bit) continue;
      const double upper = values[b | bit];
      values[b] = static_cast<Real>(zero * values[b] + fall * upper);
      values[b | bit] = static_cast<Real>(one * upper);
    }
}

std::uint32_t readOut(std::uint32_t bits, const SamplingOptions& options, Random& random) {
  const NoiseModel& noise = options.noise;
  if (noise.readout01 == 0.0 && noise.readout10 == 0.0) return bits;
  for (int q = 0; q < options.qubits; ++q) {
    const double flip = (bits >> q) & 1 ? noise.readout10 : noise.readout01;
    if (random.uniform() < flip) bits ^= std::uint32_t{1} << q;
  }
  return bits;
}

/** One history of errors: Paulis become gates of the circuit; decay hangs on the state and so interrupts it. */
template <class Real>
StateVectorOf<Real> trajectory(std::span<const Gate> gates, std::span<const double> parameters,
                               const SamplingOptions& options, Random& random) {
  const SimulationOptions simulation{options.threads, options.control};
  const double gamma = options.noise.amplitudeDamping;
  StateVectorOf<Real> state(options.qubits, simulation);
  std::vector<Gate> pending;
  for (const Gate& gate : gates) {
    pending.push_back(gate);
    addError(gate, options.noise, random, pending);
    if (gamma == 0.0) continue;
    applyCircuit(state, pending, parameters, simulation);
    pending.clear();
    damp(gate.first, gamma, random, state);
    if (hasTwoQubits(gate.kind)) damp(gate.second, gamma, random, state);
  }
  applyCircuit(state, pending, parameters, simulation);
  return state;
}

template <class Real>
std::vector<std::uint32_t> sample(std::span<const Gate> gates, std::span<const double> parameters,
                                  const SamplingOptions& options) {
  Random random(options.seed);
  std::vector<std::uint32_t> samples;
  std::vector<double> cumulative(std::size_t{1} << options.qubits);
  for (int t = 0; t < options.trajectories; ++t) {
    options.control.report(Phase::vqe, t, options.trajectories);
    const StateVectorOf<Real> state = trajectory<Real>(gates, parameters, options, random);
    double sum = 0.0;
    for (std::size_t b = 0; b < cumulative.size(); ++b)
      cumulative[b] = sum += probability(state, b);
    const auto until = static_cast<std::size_t>(static_cast<std::int64_t>(options.shots) * (t + 1) / options.trajectories);
    while (samples.size() < until) {
      if (samples.size() % shotsBetweenChecks == 0) options.control.check();
      const auto drawn = std::upper_bound(cumulative.begin(), cumulative.end() - 1, random.uniform() * sum);
      samples.push_back(readOut(static_cast<std::uint32_t>(drawn - cumulative.begin()), options, random));
    }
  }
  return samples;
}

}  // namespace

std::vector<std::uint32_t> sampleCircuit(std::span<const Gate> gates, std::span<const double> parameters,
                                         const SamplingOptions& options) {
  return options.singlePrecision ? sample<float>(gates, parameters, options) : sample<double>(gates, parameters, options);
}

}  // namespace ansatz
