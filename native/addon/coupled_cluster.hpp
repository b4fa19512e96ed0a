#pragma once
#include "addon.hpp"
#include "ansatz/coupled_cluster.hpp"

namespace ansatz::addon {

/** Reads `triples`, `maxIterations`, `energyTolerance` and `amplitudeTolerance`. */
inline CoupledClusterOptions coupledClusterOptions(const Napi::Object& options) {
  CoupledClusterOptions result;
  result.triples = flag(options, "triples");
  result.maxIterations = integer(options, "maxIterations");
  result.energyTolerance = number(options, "energyTolerance");
  result.amplitudeTolerance = number(options, "amplitudeTolerance");
  return result;
}

inline Napi::Object coupledClusterObject(Napi::Env env, const CoupledClusterResult& r) {
  Napi::Object result = Napi::Object::New(env);
  result.Set("converged", r.converged);
  result.Set("iterations", r.iterations);
  result.Set("correlation", r.correlation);
  result.Set("triples", r.triples);
  result.Set("t1Diagnostic", r.t1Diagnostic);
  result.Set("d1Diagnostic", r.d1Diagnostic);
  result.Set("largestAmplitude", r.largestAmplitude);
  result.Set("trace", float64Array(env, r.trace));
  return result;
}

}  // namespace ansatz::addon
