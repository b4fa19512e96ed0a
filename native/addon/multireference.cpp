#include "addon.hpp"
#include "ansatz/active_space.hpp"
#include "ansatz/gradient.hpp"
#include "ansatz/linalg.hpp"
#include "ansatz/nevpt2.hpp"
#include "system.hpp"

namespace ansatz::addon {
namespace {

Napi::Value secondOrder(const Napi::Object& options) {
  const Napi::Env env = options.Env();
  SystemHandle& handle = systemHandle(options);
  ActiveState state;
  state.orbitals = matrix(options, "orbitals", handle.system.basis.nBasis());
  state.nCore = integer(options, "nCore");
  state.nActive = integer(options, "norb");
  state.nalpha = integer(options, "nalpha");
  state.nbeta = integer(options, "nbeta");
  state.coefficients = doubles(options, "coefficients");
  Nevpt2Options nevpt2Options;
  nevpt2Options.threshold = handle.options.threshold;
  nevpt2Options.memoryBytes = static_cast<std::size_t>(number(options, "memoryBytes"));
  nevpt2Options.threads = handle.options.threads;
  nevpt2Options.control = handle.options.control;
  const Nevpt2Result r = nevpt2(handle.system, state, handle.engine(), nevpt2Options);
  const auto result = Napi::Object::New(env);
  result.Set("energies", float64Array(env, r.energies));
  result.Set("lowestPerturber", r.lowestPerturber);
  return result;
}

Napi::Value integrals(const Napi::Object& options) {
  const Napi::Env env = options.Env();
  SystemHandle& handle = systemHandle(options);
  const OrbitalIntegrals r = orbitalIntegrals(handle.system, matrix(options, "orbitals", handle.system.basis.nBasis()),
                                              integer(options, "nCore"), integer(options, "norb"), handle.engine(),
                                              handle.options.control);
  const auto result = Napi::Object::New(env);
  result.Set("coreEnergy", r.coreEnergy);
  result.Set("coreFock", float64Array(env, r.coreFock));
  result.Set("mixed", float64Array(env, r.mixed));
  return result;
}

/** J − ½K of the active electrons over all orbitals. */
Napi::Value fieldOfActive(const Napi::Object& options) {
  SystemHandle& handle = systemHandle(options);
  const Matrix orbitals = matrix(options, "orbitals", handle.system.basis.nBasis());
  const int nCore = integer(options, "nCore"), norb = integer(options, "norb");
  Matrix active(orbitals.rows, norb);
  for (int i = 0; i < active.rows; ++i) std::copy(orbitals.row(i) + nCore, orbitals.row(i) + nCore + norb, active.row(i));
  const Matrix field = activeField(handle.system, active, matrix(options, "density", norb), handle.engine(), handle.options.control);
  return float64Array(options.Env(), congruence(orbitals, field, handle.options.control).data);
}

/** Of an energy that is stationary in its orbitals; pairs [count][n][n]. */
Napi::Value gradientOfDensities(const Napi::Object& options) {
  SystemHandle& handle = systemHandle(options);
  const int n = handle.system.basis.nBasis();
  PairDensities pairs;
  const auto weights = doubles(options, "pairWeights");
  pairs.weights.assign(weights.begin(), weights.end());
  const auto all = doubles(options, "pairs");
  for (std::size_t k = 0; k < pairs.weights.size(); ++k) {
    Matrix& pair = pairs.matrices.emplace_back(n, n);
    std::copy_n(all.begin() + static_cast<std::ptrdiff_t>(k * pair.data.size()), pair.data.size(), pair.data.begin());
  }
  return float64Array(options.Env(), nuclearGradient(handle.system, matrix(options, "density", n), matrix(options, "weighted", n),
                                                     pairs, handle.options));
}

}  // namespace

void register_multireference(Napi::Env env, Napi::Object exports) {
  define(env, exports, "densityGradient", gradientOfDensities);
  define(env, exports, "nevpt2", secondOrder);
  define(env, exports, "orbitalIntegrals", integrals);
  define(env, exports, "activeFock", fieldOfActive);
}

}  // namespace ansatz::addon
