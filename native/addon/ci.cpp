#include "ansatz/ci.hpp"

#include "addon.hpp"
#include "ansatz/density_matrix.hpp"
#include "ansatz/direct_ci.hpp"
#include "ansatz/selected_ci.hpp"
#include "coupled_cluster.hpp"
#include "hamiltonian.hpp"

namespace ansatz::addon {
namespace {

/** Masks of chosen strings; none where the option is absent. */
std::vector<String> strings(const Napi::Object& options, const char* key) {
  if (!options.Has(key)) return {};
  const auto masks = int32s(options, key);
  return {masks.begin(), masks.end()};
}

CiOptions ciOptions(const Napi::Object& options) {
  return {.nalpha = integer(options, "nalpha"),
          .nbeta = integer(options, "nbeta"),
          .alphaStrings = strings(options, "alphaStrings"),
          .betaStrings = strings(options, "betaStrings"),
          .nroots = integer(options, "nroots"),
          .start = states(options, "startStates"),
          .spinPenalty = number(options, "spinPenalty"),
          .tolerance = number(options, "tolerance"),
          .maxIterations = integer(options, "maxIterations"),
          .threads = integer(options, "threads"),
          .control = control(options)};
}

Napi::Value solve(const Napi::Object& options) {
  const Napi::Env env = options.Env();
  const CiResult result = solveCi(hamiltonian(options), ciOptions(options));
  const auto states = Napi::Array::New(env, result.states.size());
  for (std::size_t k = 0; k < result.states.size(); ++k) {
    const CiState& state = result.states[k];
    const auto entry = Napi::Object::New(env);
    entry.Set("energy", state.energy);
    entry.Set("spinSquare", state.spinSquare);
    if (flag(options, "wantCoefficients")) entry.Set("coefficients", float64Array(env, state.coefficients));
    states.Set(static_cast<std::uint32_t>(k), entry);
  }
  const auto object = Napi::Object::New(env);
  object.Set("converged", result.converged);
  object.Set("iterations", result.iterations);
  object.Set("determinants", static_cast<double>(result.determinants));
  object.Set("states", states);
  return object;
}

Napi::Value coupledClusterOfHamiltonian(const Napi::Object& options) {
  CoupledClusterOptions own = coupledClusterOptions(options);
  own.threads = integer(options, "threads");
  own.control = control(options);
  const ReferencedCoupledCluster found = coupledCluster(hamiltonian(options), integer(options, "nalpha"), own);
  Napi::Object result = coupledClusterObject(options.Env(), found.correlated);
  result.Set("reference", found.reference);
  return result;
}

Napi::Value apply(const Napi::Object& options) {
  DirectCi ci(hamiltonian(options), integer(options, "nalpha"), integer(options, "nbeta"),
              {.spinPenalty = number(options, "spinPenalty"),
               .threads = integer(options, "threads"),
               .control = control(options)});
  std::vector<double> sigma(ci.size());
  ci.apply(doubles(options, "coefficients"), sigma);
  return float64Array(options.Env(), sigma);
}

Napi::Value densities(const Napi::Object& options) {
  const int norb = integer(options, "norb");
  const auto compute = flag(options, "twoParticle") ? densityMatrices : oneParticleDensities;
  const DensityMatrices result = compute({norb, integer(options, "nalpha")}, {norb, integer(options, "nbeta")},
                                         doubles(options, "coefficients"), control(options));
  const auto object = Napi::Object::New(options.Env());
  object.Set("alpha", float64Array(options.Env(), result.alpha));
  object.Set("beta", float64Array(options.Env(), result.beta));
  object.Set("two", float64Array(options.Env(), result.two));
  object.Set("naturalOccupations", float64Array(options.Env(), result.naturalOccupations));
  object.Set("naturalOrbitals", float64Array(options.Env(), result.naturalOrbitals));
  return object;
}

Napi::Value spin(const Napi::Object& options) {
  const Napi::Env env = options.Env();
  const Hamiltonian shape{integer(options, "norb"), 0.0, {}, {}};
  CiOptions sector;
  sector.nalpha = integer(options, "nalpha");
  sector.nbeta = integer(options, "nbeta");
  sector.control = control(options);
  return Napi::Number::New(env, spinSquare(shape, sector, doubleVector(options, "coefficients")));
}

std::size_t size(const Napi::Object& options, const char* key) { return static_cast<std::size_t>(number(options, key)); }

SelectedCiOptions selectedCiOptions(const Napi::Object& options) {
  return {.nalpha = integer(options, "nalpha"),
          .nbeta = integer(options, "nbeta"),
          .nroots = integer(options, "nroots"),
          .maxDeterminants = size(options, "maxDeterminants"),
          .perturbationTolerance = number(options, "perturbationTolerance"),
          .naturalOrbitalDeterminants = size(options, "naturalOrbitalDeterminants"),
          .screening = number(options, "screening"),
          .spinPenalty = number(options, "spinPenalty"),
          .tolerance = number(options, "tolerance"),
          .maxIterations = integer(options, "maxIterations"),
          .memoryBytes = size(options, "memoryBytes"),
          .threads = integer(options, "threads"),
          .control = control(options)};
}

const char* nameOf(SelectionEnd end) {
  switch (end) {
    case SelectionEnd::complete:
      return "complete";
    case SelectionEnd::determinants:
      return "determinants";
    default:
      return "memory";
  }
}

Napi::Object roundObject(Napi::Env env, const SelectedCiRound& round) {
  const auto object = Napi::Object::New(env);
  object.Set("determinants", static_cast<double>(round.determinants));
  object.Set("variational", float64Array(env, round.variational));
  object.Set("perturbation", float64Array(env, round.perturbation));
  return object;
}

Napi::Object stateObject(Napi::Env env, const SelectedCiState& state) {
  const auto object = Napi::Object::New(env);
  object.Set("variational", state.variational);
  object.Set("perturbation", state.perturbation);
  object.Set("spinSquare", state.spinSquare);
  object.Set("alpha", float64Array(env, state.alpha));
  object.Set("beta", float64Array(env, state.beta));
  object.Set("naturalOccupations", float64Array(env, state.naturalOccupations));
  object.Set("coefficients", float64Array(env, state.coefficients));
  return object;
}

/** α and β of each in turn. */
Napi::BigUint64Array stringPairs(Napi::Env env, std::span<const Determinant> determinants) {
  auto array = Napi::BigUint64Array::New(env, 2 * determinants.size());
  std::uint64_t* at = array.Data();
  for (const Determinant& determinant : determinants) {
    *at++ = determinant.alpha;
    *at++ = determinant.beta;
  }
  return array;
}

Napi::Value selected(const Napi::Object& options) {
  const Napi::Env env = options.Env();
  const SelectedCiResult result = selectedCi(hamiltonian(options), selectedCiOptions(options));
  const auto rounds = Napi::Array::New(env, result.rounds.size());
  for (std::size_t k = 0; k < result.rounds.size(); ++k) rounds.Set(static_cast<std::uint32_t>(k), roundObject(env, result.rounds[k]));
  const auto states = Napi::Array::New(env, result.states.size());
  for (std::size_t k = 0; k < result.states.size(); ++k) states.Set(static_cast<std::uint32_t>(k), stateObject(env, result.states[k]));
  const auto object = Napi::Object::New(env);
  object.Set("converged", result.converged);
  object.Set("end", nameOf(result.end));
  object.Set("orbitals", float64Array(env, result.orbitals));
  object.Set("determinants", stringPairs(env, result.determinants));
  object.Set("peakBytes", static_cast<double>(result.peakBytes));
  object.Set("rounds", rounds);
  object.Set("states", states);
  return object;
}

}  // namespace

void register_ci(Napi::Env env, Napi::Object exports) {
  define(env, exports, "coupledClusterOfHamiltonian", coupledClusterOfHamiltonian);
  define(env, exports, "solveCi", solve);
  define(env, exports, "selectedCi", selected);
  define(env, exports, "applyHamiltonian", apply);
  define(env, exports, "densityMatrices", densities);
  define(env, exports, "spinSquare", spin);
}

}  // namespace ansatz::addon
