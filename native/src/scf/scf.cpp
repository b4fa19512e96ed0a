#include "ansatz/scf.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "ansatz/error.hpp"
#include "ansatz/linalg.hpp"
#include "ansatz/one_electron.hpp"
#include "scf/diis.hpp"
#include "scf/guess.hpp"
#include "scf/orbital_hessian.hpp"
#include "scf/orthogonaliser.hpp"

namespace ansatz {
namespace {

/** Cations of small gaps take a fifth fewer iterations than with eight. */
constexpr int diisCapacity = 16;
/** Curvatures above this are zero to the accuracy of the search, as along a broken symmetry. */
constexpr double unstable = -1e-5;
/** The same on the grid of a functional, where turning a hole about an axis, for nothing, has curvatures up to 2.3e-4 (OH by PBE). */
constexpr double unstableOnGrid = -5e-4;
/** What the coarse grid makes of second derivatives of a functional is right to a tenth of this, hartree. */
constexpr double plainlyStable = 1e-2;
/** Fock matrices are updated from the change of the density; after so many updates they are built anew. */
constexpr int incrementalBuilds = 12;
/** Gradients below this are close by a stationary point. */
constexpr double closeBy = 1e-3;

/** The orthogonaliser of a basis that can hold the electrons. */
Matrix orthogonaliserFor(const System& system, const Matrix& overlap, const Control& control) {
  const OverlapSpectrum spectrum = overlapSpectrum(overlap, control);
  const int nKept = overlap.rows - spectrum.nDropped;
  if (nKept < std::max(system.nAlpha, system.nBeta))
    throw InvalidInput("invalid-input", "basis functions are linearly dependent: expected at least " +
                                            std::to_string(std::max(system.nAlpha, system.nBeta)) +
                                            " independent ones for the electrons of one spin, got " + std::to_string(nKept) +
                                            "; move atoms apart or take a larger basis");
  return orthogonaliser(spectrum, control);
}

/** Columns made orthonormal in the metric, in their order; those that earlier ones span are left out. */
Matrix orthonormalised(const Matrix& columns, const Matrix& overlap) {
  constexpr double spanned = 1e-6;
  const int n = columns.rows;
  std::vector<std::vector<double>> kept, images;  // S times what was kept
  for (int j = 0; j < columns.cols; ++j) {
    std::vector<double> v(n), image(n);
    for (int i = 0; i < n; ++i) v[i] = columns(i, j);
    for (int pass = 0; pass < 2; ++pass)  // twice for rounding
      for (std::size_t k = 0; k < kept.size(); ++k) {
        double projection = 0.0;
        for (int i = 0; i < n; ++i) projection += images[k][i] * v[i];
        for (int i = 0; i < n; ++i) v[i] -= projection * kept[k][i];
      }
    double square = 0.0;
    for (int i = 0; i < n; ++i) {
      for (int k = 0; k < n; ++k) image[i] += overlap(i, k) * v[k];
      square += v[i] * image[i];
    }
    if (square < spanned) continue;
    const double scale = 1.0 / std::sqrt(square);
    for (int i = 0; i < n; ++i) {
      v[i] *= scale;
      image[i] *= scale;
    }
    kept.push_back(std::move(v));
    images.push_back(std::move(image));
  }
  Matrix result(n, static_cast<int>(kept.size()));
  for (int j = 0; j < result.cols; ++j)
    for (int i = 0; i < n; ++i) result(i, j) = kept[j][i];
  return result;
}

/** The spin density of superposed atoms: each atom's density times its polarisation. */
Matrix polarised(const System& system, const Matrix& density, const std::vector<double>& atomSpins) {
  Matrix result = density;
  int i = 0;
  for (const CartesianShell& shell : system.basis.shells)
    for (const int l : shell.parts)
      for (const int last = i + nCartesian(l); i < last; ++i)
        for (int j = 0; j < density.cols; ++j) result(i, j) *= atomSpins[shell.atom];
  return result;
}

/** Among nuclei, with the external charges, but not among these, and with a fixed field. */
double repulsionOfNuclei(const System& system) {
  std::vector<PointCharge> charges = system.nuclei;
  charges.insert(charges.end(), system.pointCharges.begin(), system.pointCharges.end());
  return nuclearRepulsion(charges) - nuclearRepulsion(system.pointCharges) + system.fixedField.energy;
}

/** Counts the builds that another makes. */
class CountedBuilder final : public CoulombExchangeBuilder {
 public:
  explicit CountedBuilder(CoulombExchangeBuilder& builder) : builder_(builder) {}
  CoulombExchange build(const std::vector<const Matrix*>& coulomb, const std::vector<const Matrix*>& exchange,
                        double neglected) override {
    ++count;
    return builder_.build(coulomb, exchange, neglected);
  }
  bool screensByDensity() const override { return builder_.screensByDensity(); }
  std::size_t storedBytes() const override { return builder_.storedBytes(); }

  int count = 0;

 private:
  CoulombExchangeBuilder& builder_;
};

class Field {
 public:
  Field(const System& system, const ScfOptions& options, CoulombExchangeBuilder& builder)
      : system_(system), options_(options), builder_(builder), control_(options.fock.control),
        core_(coreIntegrals(system, control_)), x_(orthogonaliserFor(system, core_.overlap, control_)) {}

  ScfResult run() {
    ScfResult result;
    result.nuclearRepulsion = repulsionOfNuclei(system_);
    start(result);
    const bool follow = options_.stability >= StabilityCheck::follow;
    iterateDiis(result);
    if (!result.converged && options_.newton == NewtonSteps::nearest) settle(result);
    else if (!result.converged && !(follow && isNearlyStationary(result))) iterateNewton(result);
    if (options_.stability != StabilityCheck::none) stabilise(result);
    result.focks = focks_;
    result.solventPotential = solvent_.potential;
    if (options_.reactionField) result.surfacePoints = options_.reactionField->nPoints();
    result.storedIntegralBytes = builder_.storedBytes();
    return result;
  }

 private:
  bool restricted() const { return options_.kind == ScfKind::rhf; }

  /** Fock matrices, energy and orbital gradient of the current orbitals. */
  std::vector<Matrix> evaluate(ScfResult& result, bool anew) {
    ++result.iterations;
    control_.report(Phase::scf, result.iterations, std::max(limit_, result.iterations));
    updateFocks(result.densities, anew);
    result.energy = energy(result.densities) + result.nuclearRepulsion;
    result.xcEnergy = xc_.energy;
    result.gridElectrons = xc_.electrons;
    result.solventEnergy = solvent_.energy;
    if (!std::isfinite(result.energy)) throw notFinite("the energy of the field");
    result.trace.push_back(result.energy);
    const std::vector<Matrix> errors = gradients(effectiveFocks(result), result);
    result.gradient = 0.0;
    for (const Matrix& e : errors)
      for (const double value : e.data) result.gradient = std::max(result.gradient, std::abs(value));
    return errors;
  }

  bool isConverged(const ScfResult& result) const {
    const std::size_t n = result.trace.size();
    return n > 1 && result.gradient < options_.gradientTolerance &&
           std::abs(result.trace[n - 1] - result.trace[n - 2]) < options_.energyTolerance;
  }

  /** Whether the last steps of DIIS brought the gradient down by less than half. */
  static bool isStalled(const std::vector<double>& gradients) {
    constexpr std::ptrdiff_t window = 8;
    if (static_cast<std::ptrdiff_t>(gradients.size()) < 2 * window) return false;
    const auto recent = gradients.end() - window;
    return *std::min_element(recent, gradients.end()) > 0.5 * *std::min_element(gradients.begin(), recent);
  }

  /** Whether Newton's steps help where DIIS stalls: downhill from anywhere, to the nearest stationary point from close by. */
  bool maySettle(const ScfResult& result) const {
    return options_.newton == NewtonSteps::downhill || result.gradient < closeBy;
  }

  /** Until converged, stalled, or two thirds of the iterations are spent. */
  void iterateDiis(ScfResult& result) {
    Diis diis(diisCapacity);
    const int first = result.iterations;
    limit_ = first + options_.maxIterations;
    const int last = first + std::min(options_.maxIterations, std::max(30, 2 * options_.maxIterations / 3));
    result.converged = false;
    std::vector<double> history;
    while (result.iterations < last && !(isStalled(history) && maySettle(result))) {
      const std::vector<Matrix> errors = evaluate(result, (result.iterations - first) % incrementalBuilds == 0);
      if (finished(result)) return;
      history.push_back(result.gradient);
      diagonalise(diis.extrapolate(effectiveFocks(result), errors), result);
      occupy(result);
    }
    newtonLeft_ = limit_ - result.iterations;
    if (newtonLeft_ > 0) evaluate(result, true);
  }

  /** Augmented-Hessian steps within a trust radius, from where DIIS ended. */
  void iterateNewton(ScfResult& result) {
    double radius = 0.4;
    for (const int last = result.iterations + newtonLeft_; result.iterations < last;) {
      const FieldState state = fieldState(result);
      const OrbitalHessian hessian(system_, state, builder_, control_);
      const double before = result.energy;
      result.orbitals = hessian.rotated(newtonStep(hessian, radius, control_));
      occupy(result);
      evaluate(result, true);
      if (finished(result)) return;
      if (result.energy > before + 1e-9) {  // too long a step: back, and shorter
        result.orbitals = state.orbitals;
        occupy(result);
        evaluate(result, true);
        radius *= 0.3;
      }
    }
  }

  /** Plain Newton steps from close by a stationary point, minimum or saddle, for as long as they are short and each halves the gradient. */
  void settle(ScfResult& result) {
    constexpr double longest = 0.2;
    for (double before = closeBy; result.gradient < before && newtonLeft_ > 0; --newtonLeft_) {
      before = 0.5 * result.gradient;
      const FieldState state = fieldState(result);
      const OrbitalHessian hessian(system_, state, builder_, control_);
      const std::vector<double> step = stationaryStep(hessian, control_);
      if (std::inner_product(step.begin(), step.end(), step.begin(), 0.0) > longest * longest) return;
      result.orbitals = hessian.rotated(step);
      occupy(result);
      evaluate(result, true);
      if (finished(result)) return;
    }
  }

  /** So close to a stationary point that its curvature tells minima from saddle points. */
  bool isNearlyStationary(const ScfResult& result) const { return result.gradient < 1e-5 && newtonLeft_ > 0; }

  bool finished(ScfResult& result) {
    if (!isConverged(result)) return false;
    result.converged = true;
    const std::vector<Matrix> orbitals = result.orbitals, densities = result.densities;
    const std::vector<std::vector<double>> energies = result.orbitalEnergies;
    diagonalise(effectiveFocks(result), result);
    occupy(result);
    // A saddle point can have a virtual orbital below an occupied one: the lowest orbitals are then not those of this field.
    const bool sameField = largestDifference(result.densities, densities) < 1e-2;
    result.densities = densities;
    if (sameField) return true;
    result.orbitals = orbitals;
    result.orbitalEnergies = energies;
    return true;
  }

  static double largestDifference(const std::vector<Matrix>& a, const std::vector<Matrix>& b) {
    double largest = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i)
      for (std::size_t k = 0; k < a[i].data.size(); ++k)
        largest = std::max(largest, std::abs(a[i].data[k] - b[i].data[k]));
    return largest;
  }

  FieldState fieldState(const ScfResult& result) const {
    return {options_.kind, result.orbitals, focks_, system_.nAlpha, system_.nBeta, options_.kohnSham.response,
            options_.reactionField};
  }

  /** The Hessian in which the lowest curvature is told from zero: of a functional, whose coarse grid cannot, on its own one if need be. */
  Stability stabilityOf(FieldState& state) const {
    const Stability found = lowestCurvature(OrbitalHessian(system_, state, builder_, control_), options_.stability, control_);
    if (state.functional == options_.kohnSham.functional || found.lowestEigenvalue > plainlyStable) return found;
    state.functional = options_.kohnSham.functional;
    return lowestCurvature(OrbitalHessian(system_, state, builder_, control_), options_.stability, control_, found.direction);
  }

  /** Tests for a lower solution of the same kind; where there is one and it is asked for, goes there. */
  void stabilise(ScfResult& result) {
    constexpr int maxFollowed = 5;
    while (result.converged || isNearlyStationary(result)) {
      FieldState state = fieldState(result);
      const Stability stability = stabilityOf(state);
      result.lowestCurvature = stability.lowestEigenvalue;
      const bool stable = stability.lowestEigenvalue > (options_.kohnSham.functional ? unstableOnGrid : unstable);
      if (stable && !result.converged) {
        newtonLeft_ = std::max(newtonLeft_, 1);
        iterateNewton(result);
        newtonLeft_ = 0;
        continue;
      }
      if (stable || options_.stability == StabilityCheck::check || result.instabilitiesFollowed == maxFollowed) return;
      followBothWays(OrbitalHessian(system_, state, builder_, control_), stability.direction, result);
    }
  }

  /** Leaves a saddle point in both directions, unless they are equivalent, and keeps the lower end. */
  void followBothWays(const OrbitalHessian& hessian, std::vector<double> direction, ScfResult& result) {
    ++result.instabilitiesFollowed;
    ScfResult ends[2];
    std::vector<Matrix> focks[2];
    SolventTerm solvent[2];
    const int ways = hessian.isParting(direction) ? 1 : 2;
    for (int way = 0; way < ways; ++way) {
      ends[way] = result;
      ends[way].orbitals = hessian.rotated(direction);
      occupy(ends[way]);
      iterateDiis(ends[way]);
      if (!ends[way].converged) iterateNewton(ends[way]);
      // Filling the lowest orbitals can lead back up to a saddle point, as between ions far apart; Newton's steps only descend.
      if (!ends[way].converged || ends[way].energy > result.energy - 1e-9) {
        ends[way].orbitals = hessian.rotated(direction);
        occupy(ends[way]);
        evaluate(ends[way], true);
        newtonLeft_ = options_.maxIterations;
        limit_ = ends[way].iterations + newtonLeft_;
        iterateNewton(ends[way]);
      }
      newtonLeft_ = 0;
      focks[way] = focks_;
      solvent[way] = solvent_;
      for (double& x : direction) x = -x;
      result.iterations = ends[way].iterations;
    }
    const bool second = ways == 2 && ends[1].converged && (!ends[0].converged || ends[1].energy < ends[0].energy - 1e-10);
    const int iterations = result.iterations;
    result = ends[second ? 1 : 0];
    result.iterations = iterations;
    focks_ = focks[second ? 1 : 0];
    solvent_ = solvent[second ? 1 : 0];
    lastDensities_.clear();
  }

  /** The orbitals that were given, or those of the field of the superposed atoms. */
  void start(ScfResult& result) {
    if (!options_.startOrbitals.empty()) {
      for (const Matrix& c : options_.startOrbitals) {
        result.orbitals.push_back(orthonormalised(c, core_.overlap));
        const int electrons = result.orbitals.size() == 1 ? system_.nAlpha : system_.nBeta;
        if (result.orbitals.back().cols < electrons)
          throw InvalidInput("invalid-input", "orbitals to start from: expected " + std::to_string(electrons) +
                                                  " independent ones, got " + std::to_string(result.orbitals.back().cols));
      }
      return occupy(result);
    }
    const Matrix guess = superposedAtomicDensity(system_, control_);
    CoulombExchange jk = builder_.build({&guess}, {&guess});
    add(jk.coulomb[0], jk.exchange[0], -0.5);
    Matrix f = fromCartesian(system_.basis, jk.coulomb[0]);
    add(f, core_.hamiltonian, 1.0);
    std::vector<Matrix> focks{f};
    if (options_.kind == ScfKind::uhf) focks.push_back(f);
    if (!options_.atomSpins.empty()) {
      const Matrix spin = polarised(system_, guess, options_.atomSpins);
      const Matrix exchange = fromCartesian(system_.basis, builder_.build({&spin}, {&spin}).exchange[0]);
      for (std::size_t i = 0; i < focks.size(); ++i) add(focks[i], exchange, i == 0 ? -0.5 : 0.5);
    }
    diagonalise(focks, result);
    occupy(result);
  }

  void diagonalise(const std::vector<Matrix>& focks, ScfResult& result) const {
    result.orbitals.clear();
    result.orbitalEnergies.clear();
    for (const Matrix& f : focks) {
      Eigen e = eigh(congruence(x_, f, control_), control_);
      result.orbitals.push_back(multiply(x_, e.vectors, control_));
      result.orbitalEnergies.push_back(std::move(e.values));
    }
  }

  void occupy(ScfResult& result) const {
    result.densities = {occupiedDensity(result.orbitals.front(), system_.nAlpha, control_)};
    if (!restricted()) result.densities.push_back(occupiedDensity(result.orbitals.back(), system_.nBeta, control_));
  }

  /** Coulomb and exchange of the densities, from the change since the last call where that is safe. */
  void updateFocks(const std::vector<Matrix>& densities, bool anew) {
    std::vector<Matrix> changes = densities;
    if (anew || !builder_.screensByDensity()) {
      const int n = densities[0].rows;
      coulomb_ = Matrix(n, n);
      exchange_.assign(densities.size(), Matrix(n, n));
    } else {
      for (std::size_t i = 0; i < changes.size(); ++i) add(changes[i], lastDensities_[i], -1.0);
    }
    lastDensities_ = densities;
    std::vector<Matrix> cartesian;
    for (const Matrix& change : changes) cartesian.push_back(toCartesian(system_.basis, change));
    Matrix total = cartesian.front();
    add(total, cartesian.back(), 1.0);
    std::vector<const Matrix*> exchange;
    if (exactExchange() != 0.0)
      for (const Matrix& m : cartesian) exchange.push_back(&m);
    const CoulombExchange jk = builder_.build({&total}, exchange);
    add(coulomb_, fromCartesian(system_.basis, jk.coulomb[0]), 1.0);
    for (std::size_t i = 0; i < jk.exchange.size(); ++i) add(exchange_[i], fromCartesian(system_.basis, jk.exchange[i]), 1.0);
    focks_.assign(densities.size(), core_.hamiltonian);
    for (std::size_t i = 0; i < focks_.size(); ++i) {
      add(focks_[i], coulomb_, 1.0);
      add(focks_[i], exchange_[i], -exactExchange());
    }
    if (options_.kohnSham.functional) addFunctional(densities);
    if (options_.reactionField) addSolvent(densities);
  }

  double exactExchange() const { return options_.kohnSham.functional ? options_.kohnSham.functional->exactExchange() : 1.0; }

  void addFunctional(const std::vector<Matrix>& densities) {
    std::vector<Matrix> cartesian;
    for (const Matrix& density : densities) cartesian.push_back(toCartesian(system_.basis, density));
    std::vector<const Matrix*> all;
    for (const Matrix& m : cartesian) all.push_back(&m);
    xc_ = options_.kohnSham.functional->evaluate(all);
    for (std::size_t i = 0; i < focks_.size(); ++i) add(focks_[i], fromCartesian(system_.basis, xc_.potentials[i]), 1.0);
    xc_.potentials.clear();
  }

  void addSolvent(const std::vector<Matrix>& densities) {
    Matrix total = densities.front();
    add(total, densities.back(), 1.0);
    solvent_ = options_.reactionField->of(toCartesian(system_.basis, total));
    solvent_.potential = fromCartesian(system_.basis, solvent_.potential);
    for (Matrix& f : focks_) add(f, solvent_.potential, 1.0);
  }

  /**
   * ½ Σ_σ tr Dσ (h + Fσ); a restricted density counts twice. With a functional its energy stands for what its potential makes, and with a
   * solvent likewise.
   */
  double energy(const std::vector<Matrix>& densities) const {
    double total = 0.0;
    if (options_.kohnSham.functional) {
      for (std::size_t i = 0; i < densities.size(); ++i)
        total += dot(densities[i], core_.hamiltonian) + 0.5 * dot(densities[i], coulomb_) -
                 0.5 * exactExchange() * dot(densities[i], exchange_[i]);
      return (restricted() ? 2.0 * total : total) + xc_.energy + solvent_.energy;
    }
    for (std::size_t i = 0; i < densities.size(); ++i) {
      total += 0.5 * (dot(densities[i], core_.hamiltonian) + dot(densities[i], focks_[i]));
      if (options_.reactionField) total -= 0.5 * dot(densities[i], solvent_.potential);
    }
    return (restricted() ? 2.0 * total : total) + solvent_.energy;
  }

  std::vector<Matrix> effectiveFocks(const ScfResult& result) const {
    return options_.kind == ScfKind::rohf ? std::vector<Matrix>{roothaanFock(result)} : focks_;
  }

  /**
   * One Fock matrix for the orbitals of ROHF: closed–open as Fβ, open–virtual as Fα, all else their mean.
   *
   * C. C. J. Roothaan, Rev. Mod. Phys. 32, 179 (1960), doi:10.1103/RevModPhys.32.179, in Guest and Saunders' form.
   */
  Matrix roothaanFock(const ScfResult& result) const {
    const Matrix& c = result.orbitals.front();
    const Matrix alpha = congruence(c, focks_[0], control_);
    const Matrix beta = congruence(c, focks_[1], control_);
    Matrix mo(c.cols, c.cols);
    const auto shell = [&](int i) { return i < system_.nBeta ? 0 : i < system_.nAlpha ? 1 : 2; };
    for (int i = 0; i < c.cols; ++i)
      for (int j = 0; j < c.cols; ++j) {
        const int kinds = shell(i) + shell(j);
        const bool mixed = shell(i) != shell(j);
        mo(i, j) = mixed && kinds == 1 ? beta(i, j) : mixed && kinds == 3 ? alpha(i, j) : 0.5 * (alpha(i, j) + beta(i, j));
      }
    // back to basis functions: C⁻ᵀ f C⁻¹ with C⁻¹ = Cᵀ S
    return congruence(multiply(transpose(c), core_.overlap, control_), mo, control_);
  }

  /** Xᵀ (F D S − S D F) X of each effective Fock matrix; D counts closed shells twice in ROHF so that all rotations show. */
  std::vector<Matrix> gradients(const std::vector<Matrix>& effective, const ScfResult& result) const {
    std::vector<Matrix> errors;
    for (std::size_t i = 0; i < effective.size(); ++i) {
      Matrix density = result.densities[i];
      if (options_.kind == ScfKind::rohf) add(density, result.densities[1], 1.0);
      Matrix error = multiply(multiply(effective[i], density, control_), core_.overlap, control_);
      const Matrix mirrored = transpose(error);
      add(error, mirrored, -1.0);
      errors.push_back(multiply(transpose(x_), multiply(error, x_, control_), control_));
    }
    return errors;
  }

  const System& system_;
  const ScfOptions& options_;
  CoulombExchangeBuilder& builder_;
  const Control& control_;
  CoreIntegrals core_;
  Matrix x_;
  Matrix coulomb_;
  std::vector<Matrix> exchange_, focks_, lastDensities_;
  XcEnergy xc_;
  SolventTerm solvent_;
  int newtonLeft_ = 0;
  /** Iterations at which the present descent ends; those of descents before it count on. */
  int limit_ = 0;
};

}  // namespace

CoreIntegrals coreIntegrals(const System& system, const Control& control) {
  const OneElectronIntegrals one = oneElectronIntegrals(system.basis, {0, 0, 0}, control);
  std::vector<PointCharge> charges = system.nuclei;
  charges.insert(charges.end(), system.pointCharges.begin(), system.pointCharges.end());
  std::erase_if(charges, [](const PointCharge& c) { return c.charge == 0.0; });
  Matrix h = nuclearAttraction(system.basis, charges, control);
  add(h, one.kinetic, 1.0);
  CoreIntegrals core{fromCartesian(system.basis, one.overlap), fromCartesian(system.basis, h)};
  if (!system.fixedField.potential.data.empty()) add(core.hamiltonian, system.fixedField.potential, 1.0);
  return core;
}

double fieldEnergy(const System& system, const std::vector<Matrix>& densities, CoulombExchangeBuilder& fock) {
  std::vector<Matrix> cartesian;
  for (const Matrix& density : densities) cartesian.push_back(toCartesian(system.basis, density));
  Matrix total = cartesian.front();
  add(total, cartesian.back(), 1.0);
  std::vector<const Matrix*> exchange;
  for (const Matrix& m : cartesian) exchange.push_back(&m);
  const CoulombExchange jk = fock.build({&total}, exchange);
  const Matrix h = coreIntegrals(system).hamiltonian;
  double energy = 0.5 * dot(total, jk.coulomb[0]);
  const double weight = densities.size() == 1 ? 2.0 : 1.0;
  for (std::size_t i = 0; i < densities.size(); ++i)
    energy += weight * (dot(densities[i], h) - 0.5 * dot(cartesian[i], jk.exchange[i]));
  return energy + repulsionOfNuclei(system);
}

ScfResult selfConsistentField(const System& system, const ScfOptions& options, CoulombExchangeBuilder& fock) {
  options.fock.control.report(Phase::integrals, 0, 1);
  CountedBuilder counted(fock);
  ScfResult result = Field(system, options, counted).run();
  result.fockBuilds = counted.count;
  return result;
}

}  // namespace ansatz
