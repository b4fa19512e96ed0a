#include "ansatz/vqe.hpp"

#include <algorithm>
#include <chrono>
#include <limits>

#include "addon.hpp"
#include "ansatz/evolution.hpp"
#include "hamiltonian.hpp"

namespace ansatz::addon {
namespace {

/**
 * Reads factors: `excitations` Int32Array [n, 4] of orbital masks (α annihilated, α created, β annihilated, β created),
 * `parameterIndex` Int32Array [n], `scale` Float64Array [n], `qubit` Int32Array [n] of 0 or 1.
 */
std::vector<Factor> factors(const Napi::Object& options) {
  const auto masks = int32s(options, "excitations");
  const auto parameter = int32s(options, "parameterIndex");
  const auto scale = doubles(options, "scale");
  const auto qubit = int32s(options, "qubit");
  std::vector<Factor> result;
  for (std::size_t k = 0; k < parameter.size(); ++k) {
    const auto mask = [&](std::size_t i) { return static_cast<String>(masks[4 * k + i]); };
    result.push_back({{mask(0), mask(1), mask(2), mask(3)},
                      static_cast<std::size_t>(parameter[k]),
                      scale[k],
                      qubit[k] != 0});
  }
  return result;
}

/** The same with `norb`, `nalpha`, `nbeta`, `nParameters` and `reference` Int32Array [α mask, β mask]. */
FactorAnsatz factorAnsatz(const Napi::Object& options) {
  const auto reference = int32s(options, "reference");
  FactorAnsatz ansatz;
  ansatz.norb = integer(options, "norb");
  ansatz.nalpha = integer(options, "nalpha");
  ansatz.nbeta = integer(options, "nbeta");
  ansatz.alphaReference = static_cast<String>(reference[0]);
  ansatz.betaReference = static_cast<String>(reference[1]);
  ansatz.nParameters = static_cast<std::size_t>(integer(options, "nParameters"));
  ansatz.factors = factors(options);
  return ansatz;
}

/** `deflationStates` Float64Array [k · determinants] and `deflationWeight`; both may be absent. */
Deflation deflation(const Napi::Object& options) {
  if (!options.Has("deflationStates")) return {};
  return {states(options, "deflationStates"), number(options, "deflationWeight")};
}

Napi::Value minimise(const Napi::Object& options) {
  const Napi::Env env = options.Env();
  std::optional<std::vector<double>> given;
  if (options.Get("start").IsTypedArray()) given = doubleVector(options, "start");
  const VqeResult result = minimiseVqe(hamiltonian(options), factorAnsatz(options),
                                       {.start = std::move(given),
                                        .maxIterations = integer(options, "maxIterations"),
                                        .gradientTolerance = number(options, "gradientTolerance"),
                                        .spinPenalty = number(options, "spinPenalty"),
                                        .deflation = deflation(options),
                                        .threads = integer(options, "threads"),
                                        .control = control(options)});
  const auto object = Napi::Object::New(env);
  object.Set("converged", result.converged);
  object.Set("iterations", result.iterations);
  object.Set("evaluations", result.evaluations);
  object.Set("energy", result.energy);
  object.Set("gradientNorm", result.gradientNorm);
  object.Set("parameters", float64Array(env, result.parameters));
  object.Set("trace", float64Array(env, result.trace));
  return object;
}

Napi::Value start(const Napi::Object& options) {
  return float64Array(options.Env(), mollerPlessetStart(hamiltonian(options), factorAnsatz(options),
                                                          integer(options, "threads"), control(options)));
}

Napi::Value energyAndGradient(const Napi::Object& options) {
  const Hamiltonian h = hamiltonian(options);
  const FactorAnsatz ansatz = factorAnsatz(options);
  Evolution evolution(ansatz, control(options));
  DirectCi ci(h, ansatz.nalpha, ansatz.nbeta, {.threads = integer(options, "threads"), .control = control(options)});
  std::vector<double> gradient(ansatz.nParameters);
  const double energy = evolution.energyAndGradient(ci, {}, doubles(options, "parameters"), gradient);
  const auto object = Napi::Object::New(options.Env());
  object.Set("energy", energy + h.coreEnergy);
  object.Set("gradient", float64Array(options.Env(), gradient));
  return object;
}

Napi::Value prepare(const Napi::Object& options) {
  Evolution evolution(factorAnsatz(options), control(options));
  std::vector<double> psi(evolution.size());
  evolution.prepare(doubles(options, "parameters"), psi);
  return float64Array(options.Env(), psi);
}

/** ∂E/∂θ of each factor of `options.pool` if it came next. */
Napi::Value poolGradients(const Napi::Object& options) {
  const FactorAnsatz ansatz = factorAnsatz(options);
  Evolution evolution(ansatz, control(options));
  DirectCi ci(hamiltonian(options), ansatz.nalpha, ansatz.nbeta,
              {.threads = integer(options, "threads"), .control = control(options)});
  const auto pool = factors(options.Get("pool").As<Napi::Object>());
  return float64Array(options.Env(), evolution.poolGradients(ci, doubles(options, "parameters"), pool));
}

/** Milliseconds of one preparation, one product with H, and one energy with gradient, each the fastest of `repeats`. */
Napi::Value benchmark(const Napi::Object& options) {
  const Hamiltonian h = hamiltonian(options);
  const FactorAnsatz ansatz = factorAnsatz(options);
  Evolution evolution(ansatz);
  DirectCi ci(h, ansatz.nalpha, ansatz.nbeta, {.threads = integer(options, "threads")});
  const std::vector<double> parameters = doubleVector(options, "parameters");
  std::vector<double> gradient(ansatz.nParameters), psi(evolution.size()), sigma(evolution.size());
  const int repeats = integer(options, "repeats");
  const auto object = Napi::Object::New(options.Env());
  const auto measure = [&](const char* name, const auto& work) {
    double fastest = std::numeric_limits<double>::infinity();
    for (int k = 0; k < repeats; ++k) {
      const auto begin = std::chrono::steady_clock::now();
      work();
      const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - begin;
      fastest = std::min(fastest, time.count());
    }
    object.Set(name, fastest);
  };
  measure("prepare_ms", [&] { evolution.prepare(parameters, psi); });
  measure("hamiltonian_ms", [&] { ci.apply(psi, sigma); });
  measure("energyAndGradient_ms", [&] { evolution.energyAndGradient(ci, {}, parameters, gradient); });
  return object;
}

}  // namespace

void register_vqe(Napi::Env env, Napi::Object exports) {
  define(env, exports, "minimiseVqe", minimise);
  define(env, exports, "mollerPlessetStart", start);
  define(env, exports, "vqeEnergyAndGradient", energyAndGradient);
  define(env, exports, "prepareState", prepare);
  define(env, exports, "poolGradients", poolGradients);
  define(env, exports, "benchmarkVqe", benchmark);
}

}  // namespace ansatz::addon
