#include "addon.hpp"
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

}  // namespace

void register_multireference(Napi::Env env, Napi::Object exports) {
  define(env, exports, "nevpt2", secondOrder);
}

}  // namespace ansatz::addon
