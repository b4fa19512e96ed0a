#include "addon.hpp"

#include "ansatz/isa.hpp"
#include "ansatz/processor_time.hpp"

namespace {

Napi::String isaName(Napi::Env env) {
  switch (ansatz::bestIsa()) {
    case ansatz::Isa::avx512: return Napi::String::New(env, "avx512");
    case ansatz::Isa::avx2: return Napi::String::New(env, "avx2");
    default: return Napi::String::New(env, "baseline");
  }
}

Napi::Object initialise(Napi::Env env, Napi::Object exports) {
  exports.Set("buildId", Napi::Function::New(env, [](const Napi::CallbackInfo& info) -> Napi::Value {
                return Napi::String::New(info.Env(), ANSATZ_BUILD_ID);
              }));
  exports.Set("instructionSet", Napi::Function::New(env, [](const Napi::CallbackInfo& info) -> Napi::Value {
                return isaName(info.Env());
              }));
  exports.Set("processorTime_ms", Napi::Function::New(env, [](const Napi::CallbackInfo& info) -> Napi::Value {
                return Napi::Number::New(info.Env(), ansatz::processorTime_ms());
              }));
  ansatz::addon::register_chemistry(env, exports);
  ansatz::addon::register_properties(env, exports);
  ansatz::addon::register_ci(env, exports);
  ansatz::addon::register_vqe(env, exports);
  ansatz::addon::register_multireference(env, exports);
  ansatz::addon::register_circuit(env, exports);
  return exports;
}

}  // namespace

NODE_API_MODULE(ansatz, initialise)
