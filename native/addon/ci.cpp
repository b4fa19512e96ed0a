#include "addon.hpp"

namespace ansatz::addon {

void register_ci(Napi::Env, Napi::Object) {}

}  // namespace ansatz::addon
