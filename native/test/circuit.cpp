#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "ansatz/sampling.hpp"
#include "ansatz/statevector.hpp"
#include "check.hpp"
#include "circuit/pieces.hpp"
#include "instruction_sets.hpp"
#include "random.hpp"
#include "slow_circuit.hpp"

namespace ansatz::test {
namespace {

constexpr double tolerance = 1e-12;
/** Central differences of sixth order over 0.02 of functions of at most twice an angle. */
constexpr double slopeTolerance = 1e-9;
constexpr int kinds = static_cast<int>(GateKind::givens) + 1;

Gate randomGate(Random& random, GateKind kind, int qubits, int nParameters) {
  Gate gate{kind, random.below(qubits), 0, random.between(-3.0, 3.0), -1, random.between(-2.0, 2.0)};
  if (qubits > 1)
    do gate.second = random.below(qubits);
    while (gate.second == gate.first);
  if (nParameters > 0 && random.below(3) > 0) gate.parameter = random.below(nParameters);
  return gate;
}

std::vector<Gate> randomCircuit(Random& random, int qubits, int length, int nParameters) {
  std::vector<Gate> gates;
  for (int k = 0; k < length; ++k) {
    const auto kind = static_cast<GateKind>(k < kinds ? k : random.below(kinds));
    if (qubits > 1 || kind < GateKind::cx) gates.push_back(randomGate(random, kind, qubits, nParameters));
  }
  return gates;
}

double largestDifference(const StateVector& state, const Amplitudes& expected) {
  double largest = state.size() == expected.size() ? 0.0 : 1.0;
  for (std::size_t b = 0; b < state.size(); ++b) largest = std::max(largest, std::abs(Complex{state.re[b], state.im[b]} - expected[b]));
  return largest;
}

/** ‖ψ − expected‖ */
double distance(const StateVectorOf<float>& state, const Amplitudes& expected) {
  double sum = 0.0;
  for (std::size_t b = 0; b < expected.size(); ++b) sum += std::norm(Complex{state.re[b], state.im[b]} - expected[b]);
  return std::sqrt(sum);
}

template <class Real = double>
StateVectorOf<Real> simulated(std::span<const Gate> gates, std::span<const double> parameters, int qubits, int threads) {
  StateVectorOf<Real> state(qubits, {.threads = threads});
  applyCircuit(state, gates, parameters, {.threads = threads});
  return state;
}

/** One gate of each kind on each pair of qubits, on a state without zeros. */
void everyGate(Random& random, int qubits, Check& check) {
  std::vector<Gate> dense;
  for (int q = 0; q < qubits; ++q)
    for (const GateKind kind : {GateKind::h, GateKind::rz, GateKind::ry}) dense.push_back({kind, q, 0, random.between(0.3, 1.0)});
  for (int kind = 0; kind < kinds; ++kind)
    for (int first = 0; first < qubits; ++first)
      for (int second = 0; second < qubits; ++second) {
        const bool two = static_cast<GateKind>(kind) >= GateKind::cx;
        if (two ? first == second : second > 0) continue;
        std::vector<Gate> gates = dense;
        gates.push_back({static_cast<GateKind>(kind), first, second, random.between(-3.0, 3.0)});
        const Amplitudes expected = slowCircuit(gates, {}, qubits);
        forEachIsa([&](const std::string& isa) {
          check.that(distance(simulated<float>(gates, {}, qubits, 1), expected) < 1e-5, "gate in single precision by " + isa);
          check.that(largestDifference(simulated(gates, {}, qubits, 1), expected) < tolerance,
                     "gate " + std::to_string(kind) + " on " + std::to_string(first) + ", " + std::to_string(second) + " of " +
                         std::to_string(qubits) + " qubits by " + isa);
        });
      }
}

/** Long circuits; beyond 15 qubits the state is worked on in pieces. */
void circuits(Random& random, int qubits, int length, Check& check) {
  const std::vector<double> parameters = random.vector(5);
  const std::vector<Gate> gates = randomCircuit(random, qubits, length, 5);
  const Amplitudes expected = slowCircuit(gates, parameters, qubits);
  const double bound = singlePrecisionBound(gates, parameters, qubits);
  check.that(bound > 0.0 && bound < 1e-3, "the bound of single precision is small");
  forEachIsa([&](const std::string& isa) {
    const double single = distance(simulated<float>(gates, parameters, qubits, 2), expected);
    check.that(single > 0.0 && single <= bound, "single precision within its bound on " + std::to_string(qubits) + " qubits by " + isa);
    const StateVector one = simulated(gates, parameters, qubits, 1), three = simulated(gates, parameters, qubits, 3);
    const std::string what = "circuit on " + std::to_string(qubits) + " qubits by " + isa;
    check.that(largestDifference(one, expected) < tolerance, what);
    check.that(std::equal(one.re.get(), one.re.get() + one.size(), three.re.get()) &&
                   std::equal(one.im.get(), one.im.get() + one.size(), three.im.get()),
               what + " has the same bits on three threads");
  });
}

RealPauliOperator randomOperator(Random& random, int qubits, int terms) {
  RealPauliOperator op;
  for (int k = 0; k < terms; ++k) {
    const auto x = static_cast<std::uint32_t>(random.below(1 << qubits)), z = static_cast<std::uint32_t>(random.below(1 << qubits));
    int ys = 0;
    for (int q = 0; q < qubits; ++q) ys += static_cast<int>((x & z) >> q & 1);
    if (ys % 2 != 0) continue;  // an odd number of Y is antisymmetric
    op.x.push_back(x);
    op.z.push_back(z);
    op.coefficient.push_back(random.between(-1.0, 1.0));
  }
  return op;
}

/** ⟨O⟩ and its slopes by some of the parameters. */
void energies(Random& random, int qubits, int length, int terms, int slopes, Check& check) {
  const std::vector<double> parameters = random.vector(6);
  std::vector<Gate> gates = randomCircuit(random, qubits, length, 6);
  // The last gate, which the reverse sweep begins with, turns by a parameter too.
  gates.push_back({.kind = GateKind::ry, .parameter = 0});
  const RealPauliOperator op = randomOperator(random, qubits, terms);
  const auto energy = [&](const std::vector<Gate>& at) {
    const Amplitudes state = slowCircuit(at, parameters, qubits), image = slowOperator(op, state);
    double sum = 0.0;
    for (std::size_t b = 0; b < state.size(); ++b) sum += (std::conj(state[b]) * image[b]).real();
    return sum;
  };
  const double expected = energy(gates);
  std::vector<double> slope(static_cast<std::size_t>(slopes), 0.0);
  for (std::size_t k = 0; k < gates.size(); ++k) {
    if (gates[k].parameter < 0 || gates[k].parameter >= slopes) continue;
    const double h = 0.02;
    const auto at = [&](double steps) {
      std::vector<Gate> moved = gates;
      moved[k].angle += steps * h;
      return energy(moved);
    };
    const double byAngle = (45.0 * (at(1) - at(-1)) - 9.0 * (at(2) - at(-2)) + at(3) - at(-3)) / (60.0 * h);
    slope[static_cast<std::size_t>(gates[k].parameter)] += gates[k].scale * byAngle;
  }
  forEachIsa([&](const std::string& isa) {
    const std::string what = "circuit on " + std::to_string(qubits) + " qubits by " + isa;
    std::vector<double> gradient(6, 9.0), same(6);
    const CircuitEnergy one{op, qubits, gates, {.threads = 1}}, three{op, qubits, gates, {.threads = 3}};
    check.that(std::abs(one(parameters, gradient) - expected) < tolerance * terms, "energy of a " + what);
    double largest = 0.0;
    for (std::size_t k = 0; k < slope.size(); ++k) largest = std::max(largest, std::abs(gradient[k] - slope[k]));
    check.that(largest < slopeTolerance, "gradient of a " + what);
    three(parameters, same);
    check.that(gradient == same, "gradient of a " + what + " has the same bits on three threads");
  });
}

/** Shares of the outcomes against probabilities, within five standard deviations. */
void agree(const std::vector<std::uint32_t>& samples, const std::vector<double>& probabilities, const std::string& what, Check& check) {
  std::vector<double> counts(probabilities.size(), 0.0);
  for (const std::uint32_t sample : samples) ++counts.at(sample);
  const auto n = static_cast<double>(samples.size());
  bool right = true;
  for (std::size_t b = 0; b < counts.size(); ++b) {
    const double deviation = std::sqrt(n * probabilities[b] * (1.0 - probabilities[b]));
    right = right && std::abs(counts[b] - n * probabilities[b]) <= 5.0 * deviation + 1e-9 * n;
  }
  check.that(right, what);
}

void samples(Random& random, Check& check) {
  const std::vector<Gate> gates = randomCircuit(random, 3, 30, 0);
  SamplingOptions options;
  options.qubits = 3;
  options.shots = 20000;
  options.seed = 7;
  const auto perfect = sampleCircuit(gates, {}, options);
  agree(perfect, slowReadout(gates, 3, {}), "shots of a perfect device", check);
  check.that(sampleCircuit(gates, {}, options) == perfect, "one seed, the same shots");
  options.seed = 8;
  check.that(sampleCircuit(gates, {}, options) != perfect, "another seed, other shots");
  const std::vector<Gate> few{{GateKind::h, 0}, {GateKind::cx, 0, 1}, {GateKind::ry, 1, 0, 0.7}, {GateKind::cx, 1, 2}, {GateKind::x, 2}};
  const NoiseModel models[] = {{.depolarizing1 = 0.3}, {.depolarizing2 = 0.3}, {.amplitudeDamping = 0.25}, {.readout01 = 0.2},
                               {.readout10 = 0.3}, {0.05, 0.1, 0.08, 0.02, 0.04}};
  for (const NoiseModel& noise : models) {
    options.noise = noise;
    options.trajectories = 20000;
    agree(sampleCircuit(few, {}, options), slowReadout(few, 3, noise), "shots of a noisy device", check);
  }
  options.trajectories = 7;
  options.shots = 100;
  check.that(sampleCircuit(few, {}, options).size() == 100, "shots are spread over trajectories");
}

void passes(Check& check) {
  constexpr int others = chosenQubits<double>, first = lowQubits, many = first + others + 4;
  const Gate low{GateKind::h, 0}, lowTwo{GateKind::cx, 1, first - 1};
  std::vector<Gate> gates{low, lowTwo, low};
  check.that(circuitPasses({}, many) == 0 && circuitPasses(gates, many) == 1, "gates on low qubits take one pass");
  for (int q = first; q < first + others; ++q) gates.push_back({GateKind::h, q});
  check.that(circuitPasses(gates, many) == 1, "and some others with them");
  gates.push_back({GateKind::h, first + others});
  check.that(circuitPasses(gates, many) == 2 && circuitPasses(gates, first + others) == 1, "one more takes another pass");
  gates.push_back({GateKind::cx, first + others, first});
  check.that(circuitPasses(gates, many) == 2, "a gate waits behind those on its qubits");
}

}  // namespace

void testCircuits(Check& check) {
  Random random;
  for (const int qubits : {1, 2, 3, 5}) everyGate(random, qubits, check);
  circuits(random, 10, 200, check);
  circuits(random, 16, 60, check);
  circuits(random, 17, 40, check);
  energies(random, 4, 60, 30, 6, check);
  energies(random, 16, 40, 8, 1, check);
  samples(random, check);
  passes(check);
}

}  // namespace ansatz::test
