#pragma once
#include <napi.h>

#include <cstdint>
#include <new>
#include <span>
#include <string>
#include <vector>

#include "ansatz/control.hpp"
#include "ansatz/error.hpp"

/**
 * What the addon's files share. Each exported function takes one options object and returns one plain object; typed arrays
 * are copied in and out. Every argument was checked in src/core/quantum/native/addon-arguments.ts; here only types are.
 */
namespace ansatz::addon {

void register_chemistry(Napi::Env env, Napi::Object exports);
void register_properties(Napi::Env env, Napi::Object exports);
void register_ci(Napi::Env env, Napi::Object exports);
void register_vqe(Napi::Env env, Napi::Object exports);
void register_multireference(Napi::Env env, Napi::Object exports);
void register_circuit(Napi::Env env, Napi::Object exports);

/** The Float64Array `options[key]` as a view, valid while the call runs. */
inline std::span<const double> doubles(const Napi::Object& options, const char* key) {
  const Napi::Value value = options.Get(key);
  if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != napi_float64_array)
    throw Napi::TypeError::New(options.Env(), std::string(key) + ": expected a Float64Array");
  const auto array = value.As<Napi::Float64Array>();
  return {array.Data(), array.ElementLength()};
}

/** The Int32Array `options[key]` as a view, valid while the call runs. */
inline std::span<const std::int32_t> int32s(const Napi::Object& options, const char* key) {
  const Napi::Value value = options.Get(key);
  if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != napi_int32_array)
    throw Napi::TypeError::New(options.Env(), std::string(key) + ": expected an Int32Array");
  const auto array = value.As<Napi::Int32Array>();
  return {array.Data(), array.ElementLength()};
}

inline std::vector<double> doubleVector(const Napi::Object& options, const char* key) {
  const auto view = doubles(options, key);
  return {view.begin(), view.end()};
}

inline double number(const Napi::Object& options, const char* key) {
  const Napi::Value value = options.Get(key);
  if (!value.IsNumber()) throw Napi::TypeError::New(options.Env(), std::string(key) + ": expected a number");
  return value.As<Napi::Number>().DoubleValue();
}

inline int integer(const Napi::Object& options, const char* key) { return static_cast<int>(number(options, key)); }

inline bool flag(const Napi::Object& options, const char* key) { return options.Get(key).ToBoolean().Value(); }

inline std::string text(const Napi::Object& options, const char* key) {
  const Napi::Value value = options.Get(key);
  if (!value.IsString()) throw Napi::TypeError::New(options.Env(), std::string(key) + ": expected a string");
  return value.As<Napi::String>().Utf8Value();
}

/** The shared control block `options.control` (Int32Array of length 4 or 5 on a SharedArrayBuffer); absent is allowed. */
inline Control control(const Napi::Object& options) {
  const Napi::Value value = options.Get("control");
  if (!value.IsTypedArray()) return Control{};
  const auto view = int32s(options, "control");
  if (view.size() < 4) throw Napi::TypeError::New(options.Env(), "control: expected an Int32Array of length 4");
  return Control{const_cast<std::int32_t*>(view.data()), view.size() > 4};
}

inline Napi::Float64Array float64Array(Napi::Env env, std::span<const double> values) {
  auto array = Napi::Float64Array::New(env, values.size());
  std::copy(values.begin(), values.end(), array.Data());
  return array;
}

inline Napi::Int32Array int32Array(Napi::Env env, std::span<const std::int32_t> values) {
  auto array = Napi::Int32Array::New(env, values.size());
  std::copy(values.begin(), values.end(), array.Data());
  return array;
}

inline Napi::Error codedError(Napi::Env env, const std::string& code, const std::string& message) {
  Napi::Error error = Napi::Error::New(env, message);
  error.Set("code", Napi::String::New(env, code));
  return error;
}

/**
 * Exports `function(options object) → Napi::Value` under `name`. C++ exceptions become JavaScript errors with a `code`:
 * Cancelled → `cancelled`, InvalidInput → its own, std::bad_alloc → `out-of-memory`; anything else is a bug and keeps
 * code `internal`.
 */
/** Whether JavaScript can no longer run: the thread is being ended, and nobody waits for an error. */
inline bool isClosing(napi_env env) {
  bool isPending = false;
  napi_value yes, result;
  return napi_is_exception_pending(env, &isPending) == napi_ok && !isPending &&
         napi_get_boolean(env, true, &yes) == napi_ok && napi_coerce_to_bool(env, yes, &result) != napi_ok;
}

template <class Function>
void define(Napi::Env env, Napi::Object exports, const char* name, Function function) {
  exports.Set(name, Napi::Function::New(
                        env,
                        [function](const Napi::CallbackInfo& info) -> Napi::Value {
                          const Napi::Env e = info.Env();
                          try {
                            return function(info[0].As<Napi::Object>());
                          } catch (...) {
                            // An error that cannot be thrown would end the process.
                            if (isClosing(e)) return Napi::Value();
                            try {
                              throw;
                            } catch (const Cancelled& c) {
                              throw codedError(e, "cancelled", c.what());
                            } catch (const InvalidInput& invalid) {
                              throw codedError(e, invalid.code(), invalid.what());
                            } catch (const std::bad_alloc&) {
                              throw codedError(e, "out-of-memory", "the calculation needs more memory than is free");
                            } catch (const Napi::Error&) {
                              throw;
                            } catch (const std::exception& bug) {
                              throw codedError(e, "internal", bug.what());
                            }
                          }
                        },
                        name));
}

}  // namespace ansatz::addon
