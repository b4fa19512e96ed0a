#include "addon.hpp"

namespace ansatz::addon {

void register_chemistry(Napi::Env, Napi::Object) {}

}  // namespace ansatz::addon
