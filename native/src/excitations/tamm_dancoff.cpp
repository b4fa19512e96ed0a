#include "ansatz/tamm_dancoff.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

#include "ansatz/error.hpp"
#include "ansatz/linalg.hpp"
#include "ansatz/one_electron.hpp"
#include "ci/davidson.hpp"

namespace ansatz {
namespace {

/** Followed beside the states asked for, so that none of another symmetry is missed. */
constexpr int guards = 4;

Matrix columns(const Matrix& m, int first, int last) {
  Matrix part(m.rows, last - first);
  for (int i = 0; i < m.rows; ++i) std::copy(m.row(i) + first, m.row(i) + last, part.row(i));
  return part;
}

/** Products of the matrix A with amplitudes, [nOccupied, nVirtual]. */
class Singles {
 public:
  Singles(const System& system, const ClosedShellOrbitals& field, CoulombExchangeBuilder& fock, const ExcitationOptions& options)
      : system_(system), fock_(fock), options_(options), occupied_(columns(field.orbitals, 0, field.nOccupied)),
        virtuals_(columns(field.orbitals, field.nOccupied, field.orbitals.cols)) {
    for (int i = 0; i < occupied_.cols; ++i)
      for (int a = 0; a < virtuals_.cols; ++a) gaps_.push_back(field.energies[field.nOccupied + a] - field.energies[i]);
    if (!options.functional) return;
    const Matrix density = toCartesian(system.basis, multiply(occupied_, transpose(occupied_), options.control));
    densities_.assign(options.triplets ? 2 : 1, density);
  }

  std::size_t size() const { return gaps_.size(); }
  const std::vector<double>& gaps() const { return gaps_; }

  Matrix amplitudes(std::span<const double> x) const {
    Matrix result(occupied_.cols, virtuals_.cols);
    std::copy(x.begin(), x.end(), result.data.begin());
    return result;
  }

  /** Cᵀ m C between occupied orbitals and empty ones. */
  Matrix between(const Matrix& m) const {
    return multiply(transpose(occupied_), multiply(m, virtuals_, options_.control), options_.control);
  }

  void apply(std::span<const double> x, std::span<double> product) const {
    options_.control.check();
    const Matrix amplitude = multiply(occupied_, multiply(amplitudes(x), transpose(virtuals_), options_.control), options_.control);
    const Matrix transition = toCartesian(system_.basis, amplitude);
    Matrix even = transition, odd = transition;
    for (int i = 0; i < transition.rows; ++i)
      for (int j = 0; j < transition.cols; ++j) {
        even(i, j) = 0.5 * (transition(i, j) + transition(j, i));
        odd(i, j) = 0.5 * (transition(i, j) - transition(j, i));
      }
    const Matrix field = between(fromCartesian(system_.basis, answer(even, odd)));
    for (std::size_t k = 0; k < gaps_.size(); ++k) product[k] = gaps_[k] * x[k] + field.data[k];
  }

 private:
  /** 2 J − c K + 2 f of a transition density's symmetric and antisymmetric parts over the Cartesian functions. */
  Matrix answer(const Matrix& even, const Matrix& odd) const {
    const double exact = options_.functional ? options_.functional->exactExchange() : 1.0;
    std::vector<const Matrix*> coulomb, exchange;
    if (!options_.triplets) coulomb.push_back(&even);
    if (exact != 0.0) exchange = {&even, &odd};
    const CoulombExchange jk = fock_.build(coulomb, exchange);
    Matrix result(even.rows, even.cols);
    for (const Matrix& j : jk.coulomb) add(result, j, 2.0);
    for (const Matrix& k : jk.exchange) add(result, k, -exact);
    if (!options_.functional) return result;
    std::vector<const Matrix*> densities;
    for (const Matrix& density : densities_) densities.push_back(&density);
    Matrix opposite = even;
    for (double& value : opposite.data) value = -value;
    std::vector<const Matrix*> changes{&even};
    if (options_.triplets) changes.push_back(&opposite);
    add(result, options_.functional->response(densities, changes).front(), 1.0);
    return result;
  }

  const System& system_;
  CoulombExchangeBuilder& fock_;
  const ExcitationOptions& options_;
  Matrix occupied_, virtuals_;
  /** εa − εi, [nOccupied][nVirtual] */
  std::vector<double> gaps_;
  /** Of the ground state, over the Cartesian functions: one of both spins, or two. */
  std::vector<Matrix> densities_;
};

/** Single excitations of the lowest gaps. */
std::vector<std::vector<double>> lowestGaps(const std::vector<double>& gaps, std::size_t count) {
  std::vector<std::size_t> order(gaps.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return gaps[a] < gaps[b]; });
  std::vector<std::vector<double>> starts;
  for (std::size_t k = 0; k < std::min(count, gaps.size()); ++k) {
    starts.emplace_back(gaps.size(), 0.0);
    starts.back()[order[k]] = 1.0;
  }
  return starts;
}

}  // namespace

Excitations excitations(const System& system, const ClosedShellOrbitals& field, CoulombExchangeBuilder& fock, const ExcitationOptions& options) {
  const Singles singles(system, field, fock, options);
  DavidsonProblem problem;
  problem.size = singles.size();
  problem.nroots = static_cast<std::size_t>(options.nStates);
  problem.apply = [&](std::span<const double> x, std::span<double> product) { singles.apply(x, product); };
  problem.diagonal = singles.gaps();
  problem.guess = lowestGaps(singles.gaps(), problem.nroots + guards);
  problem.tolerance = options.tolerance;
  problem.maxIterations = options.maxIterations;
  problem.threads = options.threads;
  problem.control = options.control;
  const DavidsonResult found = davidson(problem);
  if (!std::isfinite(std::accumulate(found.values.begin(), found.values.end(), 0.0))) throw notFinite("the excitation energies");
  Excitations result{found.converged, found.iterations, found.values, {}, {}};
  const OneElectronIntegrals one = oneElectronIntegrals(system.basis, {0, 0, 0}, options.control);
  std::vector<Matrix> moments;
  for (const Matrix& moment : one.dipole) moments.push_back(singles.between(fromCartesian(system.basis, moment)));
  for (const std::vector<double>& vector : found.vectors) {
    result.amplitudes.push_back(singles.amplitudes(vector));
    std::vector<double>& dipole = result.transitionDipoles.emplace_back();
    for (const Matrix& moment : moments)
      dipole.push_back(options.triplets ? 0.0 : std::sqrt(2.0) * dot(result.amplitudes.back(), moment));
  }
  return result;
}

}  // namespace ansatz
