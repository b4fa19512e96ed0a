#include <algorithm>
#include <chrono>
#include <limits>
#include <type_traits>

#include "addon.hpp"
#include "ansatz/sampling.hpp"
#include "ansatz/statevector.hpp"
#include "vqe/lbfgs.hpp"

namespace ansatz::addon {
namespace {

/** `gates` Int32Array [n, 4] (kind, first, second, parameter), `angles` and `scales` Float64Array [n]. */
std::vector<Gate> circuit(const Napi::Object& options) {
  const auto numbers = int32s(options, "gates");
  const auto angles = doubles(options, "angles");
  const auto scales = doubles(options, "scales");
  std::vector<Gate> gates;
  for (std::size_t k = 0; k < angles.size(); ++k)
    gates.push_back({static_cast<GateKind>(numbers[4 * k]), numbers[4 * k + 1], numbers[4 * k + 2], angles[k],
                     numbers[4 * k + 3], scales[k]});
  return gates;
}

/** `x`, `z` Int32Array and `coefficients` Float64Array: Σ coefficient X^x Z^z. */
RealPauliOperator pauliOperator(const Napi::Object& options) {
  const auto x = int32s(options, "x");
  const auto z = int32s(options, "z");
  return {{x.begin(), x.end()}, {z.begin(), z.end()}, doubleVector(options, "coefficients")};
}

/** `threads` and `control` */
SimulationOptions simulation(const Napi::Object& options) {
  return {.threads = integer(options, "threads"), .control = control(options)};
}

/** `singlePrecision`: whether amplitudes are floats. */
bool isSingle(const Napi::Object& options) { return options.Get("singlePrecision").ToBoolean(); }

/** Re and im as Float64Array, whatever they were computed in. */
template <class Real>
Napi::Value simulated(const Napi::Object& options) {
  StateVectorOf<Real> state(integer(options, "qubits"), simulation(options));
  applyCircuit(state, circuit(options), doubles(options, "parameters"), simulation(options));
  const auto object = Napi::Object::New(options.Env());
  const auto set = [&](const char* name, const Real* values) {
    if constexpr (std::is_same_v<Real, double>) object.Set(name, float64Array(options.Env(), {values, state.size()}));
    else object.Set(name, float64Array(options.Env(), std::vector<double>(values, values + state.size())));
  };
  set("re", state.re.get());
  set("im", state.im.get());
  return object;
}

Napi::Value simulate(const Napi::Object& options) {
  return isSingle(options) ? simulated<float>(options) : simulated<double>(options);
}

template <class Real>
double fastestRun(const Napi::Object& options, std::span<const Gate> gates) {
  double fastest = std::numeric_limits<double>::infinity();
  for (int k = 0; k < integer(options, "repeats"); ++k) {
    StateVectorOf<Real> state(integer(options, "qubits"), simulation(options));
    const auto begin = std::chrono::steady_clock::now();
    applyCircuit(state, gates, doubles(options, "parameters"), simulation(options));
    const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - begin;
    fastest = std::min(fastest, time.count());
  }
  return fastest;
}

/** Milliseconds of the circuit on |0…0⟩, the fastest of `repeats`, and its passes over the state. */
Napi::Value benchmark(const Napi::Object& options) {
  const auto gates = circuit(options);
  const auto object = Napi::Object::New(options.Env());
  object.Set("wall_ms", isSingle(options) ? fastestRun<float>(options, gates) : fastestRun<double>(options, gates));
  object.Set("passes", circuitPasses(gates, integer(options, "qubits")));
  return object;
}

/** An upper bound of the error of the state in single precision. */
Napi::Value precisionBound(const Napi::Object& options) {
  const double bound = singlePrecisionBound(circuit(options), doubles(options, "parameters"), integer(options, "qubits"));
  return Napi::Number::New(options.Env(), bound);
}

Napi::Value energyAndGradient(const Napi::Object& options) {
  const auto gates = circuit(options);
  const auto parameters = doubles(options, "parameters");
  std::vector<double> gradient(parameters.size());
  const auto object = Napi::Object::New(options.Env());
  const RealPauliOperator op = pauliOperator(options);
  const CircuitEnergy energy{op, integer(options, "qubits"), gates, simulation(options)};
  object.Set("energy", energy(parameters, gradient));
  object.Set("gradient", float64Array(options.Env(), gradient));
  return object;
}

Napi::Value minimise(const Napi::Object& options) {
  const auto gates = circuit(options);
  const RealPauliOperator op = pauliOperator(options);
  const CircuitEnergy energy{op, integer(options, "qubits"), gates, simulation(options)};
  const Control stop = control(options);
  LbfgsOptions search;
  search.maxIterations = integer(options, "maxIterations");
  search.gradientTolerance = number(options, "gradientTolerance");
  std::vector<double> trace, start = doubleVector(options, "start");
  search.inverseHessian.assign(start.size(), 1.0);
  search.report = [&](int iteration, double value) {
    trace.push_back(value);
    stop.report(Phase::vqe, iteration, search.maxIterations);
  };
  const LbfgsResult found = minimiseLbfgs(energy, std::move(start), search);
  const auto object = Napi::Object::New(options.Env());
  object.Set("converged", found.converged);
  object.Set("iterations", found.iterations);
  object.Set("evaluations", found.evaluations);
  object.Set("energy", found.value);
  object.Set("gradientNorm", found.gradientNorm);
  object.Set("parameters", float64Array(options.Env(), found.x));
  object.Set("trace", float64Array(options.Env(), trace));
  return object;
}

/** `shots` bit strings as Int32Array; `noise` has the fields of NoiseModel. */
Napi::Value sample(const Napi::Object& options) {
  const auto noise = options.Get("noise").As<Napi::Object>();
  SamplingOptions sampling;
  sampling.qubits = integer(options, "qubits");
  sampling.shots = integer(options, "shots");
  sampling.trajectories = integer(options, "trajectories");
  sampling.seed = static_cast<std::uint64_t>(number(options, "seed"));
  sampling.noise = {number(noise, "depolarizing1"), number(noise, "depolarizing2"), number(noise, "amplitudeDamping"),
                    number(noise, "readout01"), number(noise, "readout10")};
  sampling.singlePrecision = isSingle(options);
  sampling.threads = integer(options, "threads");
  sampling.control = control(options);
  const auto samples = sampleCircuit(circuit(options), doubles(options, "parameters"), sampling);
  return int32Array(options.Env(), std::vector<std::int32_t>(samples.begin(), samples.end()));
}

}  // namespace

void register_circuit(Napi::Env env, Napi::Object exports) {
  define(env, exports, "simulateCircuit", simulate);
  define(env, exports, "benchmarkCircuit", benchmark);
  define(env, exports, "singlePrecisionBound", precisionBound);
  define(env, exports, "sampleCircuit", sample);
  define(env, exports, "circuitEnergyAndGradient", energyAndGradient);
  define(env, exports, "minimiseCircuit", minimise);
}

}  // namespace ansatz::addon
