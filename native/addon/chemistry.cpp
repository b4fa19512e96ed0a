#include <algorithm>
#include <optional>

#include "addon.hpp"
#include "ansatz/active_space.hpp"
#include "ansatz/avas.hpp"
#include "ansatz/density_fitting.hpp"
#include "ansatz/gradient.hpp"
#include "ansatz/kohn_sham.hpp"
#include "ansatz/mp2.hpp"
#include "ansatz/one_electron.hpp"
#include "ansatz/tamm_dancoff.hpp"
#include "coupled_cluster.hpp"
#include "system.hpp"

namespace ansatz::addon {
namespace {

std::vector<PointCharge> pointCharges(const Napi::Object& options, const char* positions, const char* charges) {
  const auto r = doubles(options, positions);
  const auto z = doubles(options, charges);
  std::vector<PointCharge> result;
  for (std::size_t i = 0; i < z.size(); ++i) result.push_back({{r[3 * i], r[3 * i + 1], r[3 * i + 2]}, z[i]});
  return result;
}

/** Shells from the flat arrays shellAtom, shellL, shellPure, shellPrimitives, exponents, coefficients. */
std::vector<Shell> shells(const Napi::Object& options, const std::vector<PointCharge>& nuclei) {
  const auto atom = int32s(options, "shellAtom");
  const auto l = int32s(options, "shellL");
  const auto pure = int32s(options, "shellPure");
  const auto count = int32s(options, "shellPrimitives");
  const auto exponents = doubles(options, "exponents");
  const auto coefficients = doubles(options, "coefficients");
  std::vector<Shell> result;
  std::size_t first = 0;
  for (std::size_t i = 0; i < atom.size(); ++i) {
    const std::size_t last = first + count[i];
    result.push_back({l[i],
                      pure[i] != 0,
                      atom[i],
                      nuclei[atom[i]].position,
                      {exponents.begin() + first, exponents.begin() + last},
                      {coefficients.begin() + first, coefficients.begin() + last}});
    first = last;
  }
  return result;
}

Napi::Value external(Napi::Env env, std::unique_ptr<SystemHandle> handle) {
  return Napi::External<SystemHandle>::New(env, handle.release(), [](Napi::Env, SystemHandle* h) { delete h; });
}

Napi::Value openSystem(const Napi::Object& options) {
  auto handle = std::make_unique<SystemHandle>();
  handle->system.nuclei = pointCharges(options, "positions", "charges");
  handle->system.pointCharges = pointCharges(options, "pointChargePositions", "pointCharges");
  handle->system.basis = makeCartesianBasis(shells(options, handle->system.nuclei));
  handle->system.nAlpha = integer(options, "nAlpha");
  handle->system.nBeta = integer(options, "nBeta");
  handle->options.threshold = number(options, "integralThreshold");
  handle->options.storeBytes = static_cast<std::size_t>(number(options, "integralBytes"));
  handle->options.threads = integer(options, "threads");
  handle->options.control = control(options);
  if (options.Has("cavityRadii"))
    handle->solvent = {doubleVector(options, "cavityRadii"), number(options, "solventFactor"),
                       static_cast<std::size_t>(number(options, "surfaceBytes"))};
  if (options.Get("control").IsObject()) handle->controlBlock = Napi::Persistent(options.Get("control").As<Napi::Object>());
  return external(options.Env(), std::move(handle));
}

/** Another handle of the same nuclei, whose integrals it shares. */
std::unique_ptr<SystemHandle> sharing(SystemHandle& from) {
  auto handle = std::make_unique<SystemHandle>();
  handle->system = from.system;
  handle->options = from.options;
  handle->integrals = from.sharedEngine();
  if (!from.controlBlock.IsEmpty()) handle->controlBlock = Napi::Persistent(from.controlBlock.Value());
  return handle;
}

Napi::Value withElectrons(const Napi::Object& options) {
  SystemHandle& from = systemHandle(options);
  auto handle = sharing(from);
  handle->system.nAlpha = integer(options, "nAlpha");
  handle->system.nBeta = integer(options, "nBeta");
  handle->solvent = from.solvent;
  handle->reaction = from.reactionField();
  return external(options.Env(), std::move(handle));
}

Napi::Value withoutSolvent(const Napi::Object& options) {
  SystemHandle& from = systemHandle(options);
  auto handle = sharing(from);
  if (options.Has("potential"))
    handle->system.fixedField = {number(options, "energy"), matrix(options, "potential", from.system.basis.nBasis())};
  return external(options.Env(), std::move(handle));
}

Napi::Value releaseIntegrals(const Napi::Object& options) {
  systemHandle(options).integrals.reset();
  systemHandle(options).reaction.reset();
  return options.Env().Undefined();
}

Napi::Value integrals(const Napi::Object& options) {
  const Napi::Env env = options.Env();
  const System& system = systemHandle(options).system;
  const Control& control = systemHandle(options).options.control;
  const auto origin = doubles(options, "origin");
  const OneElectronIntegrals one = oneElectronIntegrals(system.basis, {origin[0], origin[1], origin[2]}, control);
  std::vector<PointCharge> charges = system.nuclei;
  charges.insert(charges.end(), system.pointCharges.begin(), system.pointCharges.end());
  Napi::Object result = Napi::Object::New(env);
  const auto set = [&](const char* key, const Matrix& cartesian) {
    result.Set(key, float64Array(env, fromCartesian(system.basis, cartesian).data));
  };
  set("overlap", one.overlap);
  set("kinetic", one.kinetic);
  set("nuclearAttraction", nuclearAttraction(system.basis, charges, control));
  const char* axes[] = {"dipoleX", "dipoleY", "dipoleZ"};
  for (int k = 0; k < 3; ++k) set(axes[k], one.dipole[k]);
  return result;
}

Napi::Array matrices(Napi::Env env, const std::vector<Matrix>& list) {
  Napi::Array array = Napi::Array::New(env, list.size());
  for (std::uint32_t i = 0; i < list.size(); ++i) array.Set(i, float64Array(env, list[i].data));
  return array;
}

ScfKind scfKind(const std::string& name) {
  return name == "uhf" ? ScfKind::uhf : name == "rohf" ? ScfKind::rohf : ScfKind::rhf;
}

/** A field by density fitting; sets what the fit is worth in `report`. */
ScfResult fittedField(SystemHandle& handle, const ScfOptions& options, const Napi::Object& auxiliary, Napi::Object& report) {
  const CartesianBasis basis = makeCartesianBasis(shells(auxiliary, handle.system.nuclei));
  ScfResult result;
  {
    FittedFockBuilder fitted(handle.system.basis, basis, options.fock);
    result = selfConsistentField(handle.system, options, fitted);
    report.Set("nAuxiliary", fitted.nAuxiliary());
  }
  FockOptions direct = options.fock;
  direct.storeBytes = 0;
  FockBuilder exact(handle.system.basis, direct);
  const double energy = fieldEnergy(handle.system, result.densities, exact) + result.solventEnergy;
  report.Set("fittingError", energy - result.energy);
  return result;
}

/** All but where it starts. */
ScfOptions scfOptions(const Napi::Object& options, SystemHandle& handle) {
  ScfOptions result;
  result.kind = scfKind(text(options, "kind"));
  result.maxIterations = integer(options, "maxIterations");
  result.gradientTolerance = number(options, "gradientTolerance");
  result.energyTolerance = number(options, "energyTolerance");
  const std::string stability = text(options, "stability");
  result.newton = text(options, "newton") == "nearest" ? NewtonSteps::nearest : NewtonSteps::downhill;
  result.stability = stability == "none"         ? StabilityCheck::none
                     : stability == "check"      ? StabilityCheck::check
                     : stability == "part-spins" ? StabilityCheck::partSpins
                                                 : StabilityCheck::follow;
  result.fock = handle.options;
  result.reactionField = handle.reactionField().get();
  return result;
}

void setField(Napi::Object& result, const ScfResult& r) {
  const Napi::Env env = result.Env();
  result.Set("converged", r.converged);
  result.Set("iterations", r.iterations);
  result.Set("fockBuilds", r.fockBuilds);
  result.Set("energy", r.energy);
  result.Set("nuclearRepulsion", r.nuclearRepulsion);
  result.Set("gradient", r.gradient);
  result.Set("trace", float64Array(env, r.trace));
  result.Set("lowestCurvature", r.lowestCurvature);
  result.Set("instabilitiesFollowed", r.instabilitiesFollowed);
  result.Set("focks", matrices(env, r.focks));
  result.Set("storedIntegralBytes", static_cast<double>(r.storedIntegralBytes));
  result.Set("orbitals", matrices(env, r.orbitals));
  result.Set("densities", matrices(env, r.densities));
  Napi::Array energies = Napi::Array::New(env, r.orbitalEnergies.size());
  for (std::uint32_t i = 0; i < r.orbitalEnergies.size(); ++i) energies.Set(i, float64Array(env, r.orbitalEnergies[i]));
  result.Set("orbitalEnergies", energies);
  if (r.solventPotential.data.empty()) return;
  result.Set("surfacePoints", static_cast<double>(r.surfacePoints));
  result.Set("solventEnergy", r.solventEnergy);
  result.Set("solventPotential", float64Array(env, r.solventPotential.data));
}

/** A field of Kohn and Sham; sets in `report` what its grid makes of it. */
ScfResult kohnShamField(SystemHandle& handle, const ScfOptions& own, const Napi::Object& options, Napi::Object& report) {
  handle.options.control.report(Phase::integrals, 0, 1);
  const KohnShamGrids grids{handle.grid(gridLevel(text(options, "grid"))), handle.grid(GridLevel::coarse)};
  const Functional& functional = *findFunctional(text(options, "functional"));
  CoulombExchangeBuilder& builder = handle.sharedEngine()->withExchange(functional.exchangeRepulsion);
  ScfResult result = kohnSham(handle.system, own, functional, grids, builder);
  report.Set("gridPoints", static_cast<double>(grids.own->size()));
  report.Set("gridElectrons", result.gridElectrons);
  report.Set("xcEnergy", result.xcEnergy);
  return result;
}

Napi::Value checkedXcEnergy(const Napi::Object& options) {
  const SystemHandle& handle = systemHandle(options);
  const int n = handle.system.basis.nBasis();
  std::vector<Matrix> densities{matrix(options, "densityAlpha", n)};
  if (options.Has("densityBeta")) densities.push_back(matrix(options, "densityBeta", n));
  const double energy = ansatz::checkedXcEnergy(handle.system, *findFunctional(text(options, "functional")), densities, handle.options);
  return Napi::Number::New(options.Env(), energy);
}

Napi::Value scf(const Napi::Object& options) {
  SystemHandle& handle = systemHandle(options);
  ScfOptions own = scfOptions(options, handle);
  if (options.Has("atomSpins")) {
    const auto spins = doubles(options, "atomSpins");
    own.atomSpins = {spins.begin(), spins.end()};
  }
  for (const char* key : {"startAlpha", "startBeta"})
    if (options.Has(key)) own.startOrbitals.push_back(matrix(options, key, handle.system.basis.nBasis()));
  Napi::Object result = Napi::Object::New(options.Env());
  if (options.Has("functional")) setField(result, kohnShamField(handle, own, options, result));
  else
    setField(result, options.Has("auxiliary") ? fittedField(handle, own, options.Get("auxiliary").As<Napi::Object>(), result)
                                              : selfConsistentField(handle.system, own, handle.engine()));
  return result;
}

/** Orbitals of several sets, one after another. */
std::vector<Matrix> matricesOf(const Napi::Object& options, const char* key, int rows, int count) {
  const auto values = doubles(options, key);
  std::vector<Matrix> result;
  for (int k = 0; k < count; ++k) {
    Matrix m(rows, static_cast<int>(values.size()) / (rows * count));
    std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(k * m.data.size()), m.data.size(), m.data.begin());
    result.push_back(std::move(m));
  }
  return result;
}

Napi::Value scfOfEach(const Napi::Object& options) {
  SystemHandle& handle = systemHandle(options);
  const int nStarts = integer(options, "nStarts");
  std::vector<ScfOptions> fields(nStarts, scfOptions(options, handle));
  for (const char* key : {"startAlpha", "startBeta"}) {
    std::vector<Matrix> starts = matricesOf(options, key, handle.system.basis.nBasis(), nStarts);
    for (int k = 0; k < nStarts; ++k) fields[k].startOrbitals.push_back(std::move(starts[k]));
  }
  Napi::Array results = Napi::Array::New(options.Env());
  for (const ScfResult& r : selfConsistentFields(handle.system, fields, handle.engine())) {
    Napi::Object result = Napi::Object::New(options.Env());
    setField(result, r);
    results.Set(results.Length(), result);
  }
  return results;
}

std::vector<int> indices(const Napi::Object& options, const char* key) {
  const auto view = int32s(options, key);
  return {view.begin(), view.end()};
}

Napi::Value activeSpaceHamiltonian(const Napi::Object& options) {
  const Napi::Env env = options.Env();
  SystemHandle& handle = systemHandle(options);
  const Matrix orbitals = matrix(options, "orbitals", handle.system.basis.nBasis());
  const ActiveHamiltonian h = activeHamiltonian(handle.system, orbitals, indices(options, "core"), indices(options, "active"), handle.engine(),
                                                handle.options.control);
  Napi::Object result = Napi::Object::New(env);
  result.Set("norb", h.norb);
  result.Set("coreEnergy", h.coreEnergy);
  result.Set("oneBodyTensor", float64Array(env, h.oneBodyTensor));
  result.Set("twoBodyTensor", float64Array(env, h.twoBodyTensor));
  return result;
}

Matrix columns(const Matrix& m, int first, int last) {
  Matrix part(m.rows, last - first);
  for (int i = 0; i < m.rows; ++i) std::copy(m.row(i) + first, m.row(i) + last, part.row(i));
  return part;
}

/** Canonical orbitals of one spin between a frozen core and the last. */
Mp2Orbitals mp2Orbitals(const Matrix& orbitals, std::span<const double> energies, int nFrozen, int nOccupied) {
  Mp2Orbitals result;
  result.frozen = columns(orbitals, 0, nFrozen);
  result.occupied = columns(orbitals, nFrozen, nOccupied);
  result.virtuals = columns(orbitals, nOccupied, orbitals.cols);
  result.occupiedEnergies = {energies.begin() + nFrozen, energies.begin() + nOccupied};
  result.virtualEnergies = {energies.begin() + nOccupied, energies.end()};
  return result;
}

/** α orbitals of each solution one after another, and β where there are some. */
std::vector<std::vector<Mp2Orbitals>> mp2Solutions(const Napi::Object& options, const System& system) {
  const int n = system.basis.nBasis();
  const int nFrozen = integer(options, "nFrozen");
  const int nSolutions = integer(options, "nSolutions");
  std::vector<std::vector<Mp2Orbitals>> solutions(nSolutions);
  const auto addSpin = [&](const char* orbitalKey, const char* energyKey, int nOccupied) {
    const std::vector<Matrix> orbitals = matricesOf(options, orbitalKey, n, nSolutions);
    const auto energies = doubles(options, energyKey);
    const std::size_t width = energies.size() / nSolutions;
    for (int k = 0; k < nSolutions; ++k)
      solutions[k].push_back(mp2Orbitals(orbitals[k], energies.subspan(k * width, width), nFrozen, nOccupied));
  };
  addSpin("orbitalsAlpha", "energiesAlpha", system.nAlpha);
  if (options.Has("orbitalsBeta")) addSpin("orbitalsBeta", "energiesBeta", system.nBeta);
  return solutions;
}

Napi::Value secondOrder(const Napi::Object& options) {
  const Napi::Env env = options.Env();
  SystemHandle& handle = systemHandle(options);
  const bool naturalOrbitals = flag(options, "naturalOrbitals");
  std::optional<CartesianBasis> auxiliary;
  if (options.Has("auxiliary"))
    auxiliary = makeCartesianBasis(shells(options.Get("auxiliary").As<Napi::Object>(), handle.system.nuclei));
  const Mp2Options mp2Options{handle.options.threshold, naturalOrbitals, static_cast<std::size_t>(number(options, "memoryBytes")),
                              auxiliary ? &*auxiliary : nullptr, handle.options.threads, handle.options.control};
  Napi::Array results = Napi::Array::New(env);
  for (const Mp2Result& r : mp2OfEach(handle.system, mp2Solutions(options, handle.system), mp2Options)) {
    Napi::Object result = Napi::Object::New(env);
    result.Set("sameSpin", r.sameSpin);
    result.Set("oppositeSpin", r.oppositeSpin);
    result.Set("largestAmplitude", r.largestAmplitude);
    result.Set("spinSquareChange", r.spinSquareChange);
    if (naturalOrbitals) {
      result.Set("naturalOccupations", float64Array(env, r.natural.occupations));
      result.Set("naturalOrbitals", float64Array(env, r.natural.orbitals.data));
    }
    results.Set(results.Length(), result);
  }
  return results;
}

Napi::Value coupledCluster(const Napi::Object& options) {
  SystemHandle& handle = systemHandle(options);
  CoupledClusterOptions own = coupledClusterOptions(options);
  own.threshold = handle.options.threshold;
  own.threads = handle.options.threads;
  own.control = handle.options.control;
  const int nFrozen = integer(options, "nFrozen");
  std::vector<Mp2Orbitals> orbitals;
  const auto addSpin = [&](const char* orbitalKey, const char* energyKey, int nOccupied) {
    orbitals.push_back(mp2Orbitals(matrix(options, orbitalKey, handle.system.basis.nBasis()), doubles(options, energyKey), nFrozen, nOccupied));
  };
  addSpin("orbitalsAlpha", "energiesAlpha", handle.system.nAlpha);
  if (options.Has("orbitalsBeta")) addSpin("orbitalsBeta", "energiesBeta", handle.system.nBeta);
  return coupledClusterObject(options.Env(), ansatz::coupledCluster(handle.system, orbitals, own));
}

Napi::Value excitations(const Napi::Object& options) {
  const Napi::Env env = options.Env();
  SystemHandle& handle = systemHandle(options);
  const auto energies = doubles(options, "orbitalEnergies");
  const ClosedShellOrbitals field{matrix(options, "orbitals", handle.system.basis.nBasis()), {energies.begin(), energies.end()}, handle.system.nAlpha};
  ExcitationOptions own;
  own.nStates = integer(options, "nStates");
  own.triplets = flag(options, "triplets");
  own.tolerance = number(options, "tolerance");
  own.maxIterations = integer(options, "maxIterations");
  own.threads = handle.options.threads;
  own.control = handle.options.control;
  CoulombExchangeBuilder* builder = &handle.engine();
  std::unique_ptr<ExchangeCorrelation> xc;
  if (options.Has("functional")) {
    const Functional& functional = *findFunctional(text(options, "functional"));
    builder = &handle.sharedEngine()->withExchange(functional.exchangeRepulsion);
    xc = std::make_unique<ExchangeCorrelation>(handle.system.basis, functional, handle.grid(gridLevel(text(options, "grid"))), own.threads,
                                               own.control);
    own.functional = xc.get();
  }
  const Excitations found = ansatz::excitations(handle.system, field, *builder, own);
  Napi::Object result = Napi::Object::New(env);
  result.Set("converged", found.converged);
  result.Set("iterations", found.iterations);
  result.Set("energies", float64Array(env, found.energies));
  result.Set("amplitudes", matrices(env, found.amplitudes));
  std::vector<double> dipoles;
  for (const std::vector<double>& dipole : found.transitionDipoles) dipoles.insert(dipoles.end(), dipole.begin(), dipole.end());
  result.Set("transitionDipoles", float64Array(env, dipoles));
  return result;
}

Napi::Value avasOrbitals(const Napi::Object& options) {
  const Napi::Env env = options.Env();
  const int nBasis = integer(options, "nBasis");
  const int nTarget = integer(options, "nTarget");
  const AvasSpace space = avas({.orbitals = matrix(options, "orbitals", nBasis),
                                .nDouble = integer(options, "nDouble"),
                                .nSingle = integer(options, "nSingle"),
                                .fock = matrix(options, "fock", nBasis),
                                .targetOverlap = matrix(options, "targetOverlap", nTarget),
                                .crossOverlap = matrix(options, "crossOverlap", nTarget),
                                .threshold = number(options, "threshold")});
  Napi::Object result = Napi::Object::New(env);
  result.Set("occupiedWeights", float64Array(env, space.occupiedWeights));
  result.Set("virtualWeights", float64Array(env, space.virtualWeights));
  result.Set("orbitals", float64Array(env, space.orbitals.data));
  return result;
}

/** Variables at points, [variable][point], to the energy density and its slopes. */
Napi::Value functionalAtPoints(const Napi::Object& options) {
  const Functional& functional = *findFunctional(text(options, "functional"));
  const bool isClosed = flag(options, "isClosed");
  const auto variables = doubles(options, "variables");
  const int count = functional.nVariables(isClosed);
  const int n = static_cast<int>(variables.size()) / count;
  std::vector<double> energy(n), slopes(variables.size());
  FunctionalInput input{n, isClosed, {}, {}};
  FunctionalOutput output{energy.data(), {}, {}};
  for (int k = 0; k < count; ++k) {
    input.variables.push_back(variables.data() + static_cast<std::ptrdiff_t>(k) * n);
    output.slopes.push_back(slopes.data() + static_cast<std::ptrdiff_t>(k) * n);
  }
  functional.evaluate(input, output);
  Napi::Object result = Napi::Object::New(options.Env());
  result.Set("energy", float64Array(options.Env(), energy));
  result.Set("slopes", float64Array(options.Env(), slopes));
  return result;
}

Napi::Value gradient(const Napi::Object& options) {
  SystemHandle& handle = systemHandle(options);
  const int n = handle.system.basis.nBasis();
  std::vector<Matrix> densities{matrix(options, "densityAlpha", n)};
  std::vector<Matrix> focks{matrix(options, "fockAlpha", n)};
  if (options.Has("densityBeta")) {
    densities.push_back(matrix(options, "densityBeta", n));
    focks.push_back(matrix(options, "fockBeta", n));
  }
  std::vector<double> gradient;
  if (options.Has("functional")) {
    const ExchangeCorrelation xc(handle.system.basis, *findFunctional(text(options, "functional")),
                                 handle.grid(gridLevel(text(options, "grid"))), handle.options.threads, handle.options.control);
    gradient = nuclearGradient(handle.system, densities, focks, handle.options, &xc);
  } else {
    gradient = nuclearGradient(handle.system, densities, focks, handle.options);
  }
  if (const auto& reaction = handle.reactionField()) {
    Matrix total = densities.front();
    for (std::size_t i = 0; i < total.data.size(); ++i) total.data[i] += densities.back().data[i];
    const std::vector<double> ofSolvent = reaction->gradient(toCartesian(handle.system.basis, total));
    for (std::size_t i = 0; i < gradient.size(); ++i) gradient[i] += ofSolvent[i];
  }
  return float64Array(options.Env(), gradient);
}

}  // namespace

void register_chemistry(Napi::Env env, Napi::Object exports) {
  define(env, exports, "openSystem", openSystem);
  define(env, exports, "withElectrons", withElectrons);
  define(env, exports, "withoutSolvent", withoutSolvent);
  define(env, exports, "releaseIntegrals", releaseIntegrals);
  define(env, exports, "integrals", integrals);
  define(env, exports, "scf", scf);
  define(env, exports, "scfOfEach", scfOfEach);
  define(env, exports, "activeSpaceHamiltonian", activeSpaceHamiltonian);
  define(env, exports, "mp2", secondOrder);
  define(env, exports, "coupledCluster", coupledCluster);
  define(env, exports, "excitations", excitations);
  define(env, exports, "avas", avasOrbitals);
  define(env, exports, "gradient", gradient);
  define(env, exports, "functionalAtPoints", functionalAtPoints);
  define(env, exports, "checkedXcEnergy", checkedXcEnergy);
}

}  // namespace ansatz::addon
