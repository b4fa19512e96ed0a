#include "addon.hpp"

namespace ansatz::addon {

void register_vqe(Napi::Env, Napi::Object) {}

}  // namespace ansatz::addon
