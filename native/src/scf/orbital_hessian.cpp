#include "scf/orbital_hessian.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "ansatz/linalg.hpp"

namespace ansatz {
namespace {

/** Curvatures and Newton's steps are wanted to 1e-4, of short rotations as of long ones: hartree for a rotation of length 1. */
constexpr double neglected = 1e-9;

double lengthOf(const std::vector<double>& rotation) {
  return std::sqrt(std::inner_product(rotation.begin(), rotation.end(), rotation.begin(), 0.0));
}

/** exp(K) of an antisymmetric matrix: series of K/2^k, squared k times, then orthonormal again by Newton–Schulz. */
Matrix exponential(Matrix k, const Control& control) {
  double largest = 0.0;
  for (const double x : k.data) largest = std::max(largest, std::abs(x));
  int halvings = 0;
  for (double norm = largest * k.rows; norm > 0.5; norm *= 0.5) ++halvings;
  for (double& x : k.data) x = std::ldexp(x, -halvings);
  Matrix result(k.rows, k.rows);
  for (int i = 0; i < k.rows; ++i) result(i, i) = 1.0;
  Matrix term = result;
  for (int order = 1; order <= 14; ++order) {
    term = multiply(term, k, control);
    for (double& x : term.data) x /= order;
    add(result, term, 1.0);
  }
  for (; halvings > 0; --halvings) result = multiply(result, result, control);
  Matrix correction = multiply(transpose(result), result, control);
  for (double& x : correction.data) x *= -0.5;
  for (int i = 0; i < k.rows; ++i) correction(i, i) += 1.5;
  return multiply(result, correction, control);
}

}  // namespace

Matrix occupiedDensity(const Matrix& orbitals, int nOccupied, const Control& control) {
  Matrix part(orbitals.rows, nOccupied);
  for (int i = 0; i < part.rows; ++i) std::copy_n(orbitals.row(i), nOccupied, part.row(i));
  return multiply(part, transpose(part), control);
}

OrbitalHessian::OrbitalHessian(const System& system, const FieldState& state, CoulombExchangeBuilder& builder,
                               const Control& control)
    : system_(system), state_(state), builder_(builder), control_(control), weight_(state.kind == ScfKind::rhf ? 2.0 : 1.0) {
  if (state.kind == ScfKind::uhf) sets_ = {{0, {0}, {}}, {1, {1}, {}}};
  else if (state.kind == ScfKind::rohf) sets_ = {{0, {0, 1}, {}}};
  else sets_ = {{0, {0}, {}}};
  for (Set& set : sets_) {
    const int n = state.orbitals[set.orbitals].cols;
    for (int p = 0; p < n; ++p)
      for (int q = p + 1; q < n; ++q)
        if (std::any_of(set.spins.begin(), set.spins.end(), [&](int s) { return occupation(s, p) != occupation(s, q); }))
          set.pairs.emplace_back(p, q);
    size_ += set.pairs.size();
    mo_.emplace_back();
    for (const int spin : set.spins) mo_.back().push_back(congruence(state.orbitals[set.orbitals], state.focks[spin], control));
  }
  shared_ = state.kind == ScfKind::uhf && state.nAlpha == state.nBeta && state.orbitals[0].data == state.orbitals[1].data &&
            state.focks[0].data == state.focks[1].data;
  if (!state.functional) return;
  for (std::size_t spin = 0; spin < state.orbitals.size(); ++spin)
    densities_.push_back(toCartesian(system.basis, occupiedDensity(state.orbitals[spin], spin == 0 ? state.nAlpha : state.nBeta, control)));
}

std::vector<double> OrbitalHessian::gradient() const {
  std::vector<double> g;
  for (std::size_t i = 0; i < sets_.size(); ++i)
    for (const auto& [p, q] : sets_[i].pairs) {
      double value = 0.0;
      for (std::size_t s = 0; s < sets_[i].spins.size(); ++s)
        value += (occupation(sets_[i].spins[s], p) - occupation(sets_[i].spins[s], q)) * mo_[i][s](p, q);
      g.push_back(2.0 * weight_ * value);
    }
  return g;
}

std::vector<double> OrbitalHessian::diagonal(double floor) const {
  std::vector<double> d;
  for (std::size_t i = 0; i < sets_.size(); ++i)
    for (const auto& [p, q] : sets_[i].pairs) {
      double value = 0.0;
      for (std::size_t s = 0; s < sets_[i].spins.size(); ++s)
        value += (occupation(sets_[i].spins[s], p) - occupation(sets_[i].spins[s], q)) * (mo_[i][s](q, q) - mo_[i][s](p, p));
      d.push_back(std::max(floor, 2.0 * weight_ * value));
    }
  return d;
}

bool OrbitalHessian::isParting(const std::vector<double>& rotation) const {
  const auto middle = rotation.begin() + static_cast<std::ptrdiff_t>(rotation.size() / 2);
  return shared_ && std::equal(rotation.begin(), middle, middle, [](double alpha, double beta) { return alpha == -beta; });
}

void OrbitalHessian::partSpins(std::vector<double>& rotation) const {
  if (!shared_) return;
  const std::size_t half = rotation.size() / 2;
  for (std::size_t i = 0; i < half; ++i) rotation[half + i] = -rotation[i];
}

Matrix OrbitalHessian::generator(const Set& set, const double* rotation) const {
  const int n = state_.orbitals[set.orbitals].cols;
  Matrix k(n, n);
  for (const auto& [p, q] : set.pairs) {
    k(q, p) = *rotation;
    k(p, q) = -*rotation++;
  }
  return k;
}

std::vector<double> OrbitalHessian::apply(const std::vector<double>& rotation) const {
  // Then β's part is that of α with the other sign, and the total density does not change.
  const bool parts = !state_.functional && isParting(rotation);
  std::vector<Matrix> generators;
  std::vector<Matrix> changes(parts ? 1 : 2);
  const double* from = rotation.data();
  for (const Set& set : sets_) {
    if (parts && !generators.empty()) break;
    generators.push_back(generator(set, from));
    from += set.pairs.size();
    const Matrix& c = state_.orbitals[set.orbitals];
    for (const int spin : set.spins) {
      Matrix change(c.cols, c.cols);
      for (int p = 0; p < c.cols; ++p)
        for (int q = 0; q < c.cols; ++q)
          change(p, q) = generators.back()(p, q) * (occupation(spin, q) - occupation(spin, p));
      changes[spin] = toCartesian(system_.basis, congruence(transpose(c), change, control_));
    }
  }
  if (state_.kind == ScfKind::rhf) changes.pop_back();
  const double neglect = neglected * lengthOf(rotation);
  const std::vector<Matrix> ofSpin = parts ? exchangeResponse(changes.front(), neglect) : responses(changes, neglect);

  std::vector<double> product;
  for (std::size_t i = 0; i < generators.size(); ++i) {
    std::vector<Matrix> response;
    for (std::size_t s = 0; s < sets_[i].spins.size(); ++s) {
      const Matrix& f = ofSpin[sets_[i].spins[s]];
      Matrix r = congruence(state_.orbitals[sets_[i].orbitals], fromCartesian(system_.basis, f), control_);
      const Matrix fk = multiply(mo_[i][s], generators[i], control_);  // [F, K] = FK + (FK)ᵀ for symmetric F, antisymmetric K
      add(r, fk, 1.0);
      add(r, transpose(fk), 1.0);
      response.push_back(std::move(r));
    }
    for (const auto& [p, q] : sets_[i].pairs) {
      double value = 0.0;
      for (std::size_t s = 0; s < sets_[i].spins.size(); ++s)
        value += (occupation(sets_[i].spins[s], p) - occupation(sets_[i].spins[s], q)) * response[s](p, q);
      product.push_back(2.0 * weight_ * value);
    }
  }
  if (parts)
    for (std::size_t i = 0, n = product.size(); i < n; ++i) product.push_back(-product[i]);
  return product;
}

std::vector<Matrix> OrbitalHessian::exchangeResponse(const Matrix& change, double neglect) const {
  std::vector<Matrix> result = builder_.build({}, {&change}, neglect).exchange;
  for (double& x : result.front().data) x = -x;
  return result;
}

std::vector<Matrix> OrbitalHessian::responses(const std::vector<Matrix>& changes, double neglect) const {
  Matrix total = changes.front();
  add(total, changes.back(), 1.0);
  const double exact = state_.functional ? state_.functional->exactExchange() : 1.0;
  std::vector<const Matrix*> all, exchange;
  for (const Matrix& m : changes) all.push_back(&m);
  if (exact != 0.0) exchange = all;
  CoulombExchange jk = builder_.build({&total}, exchange, neglect);
  if (state_.reactionField) add(jk.coulomb[0], state_.reactionField->response(total), 1.0);
  std::vector<Matrix> result(changes.size(), jk.coulomb[0]);
  for (std::size_t s = 0; s < jk.exchange.size(); ++s) add(result[s], jk.exchange[s], -exact);
  if (!state_.functional) return result;
  std::vector<const Matrix*> densities;
  for (const Matrix& m : densities_) densities.push_back(&m);
  const std::vector<Matrix> change = state_.functional->response(densities, all);
  for (std::size_t s = 0; s < result.size(); ++s) add(result[s], change[s], 1.0);
  return result;
}

std::vector<Matrix> OrbitalHessian::rotated(const std::vector<double>& rotation) const {
  std::vector<Matrix> result;
  const double* from = rotation.data();
  for (const Set& set : sets_) {
    result.push_back(multiply(state_.orbitals[set.orbitals], exponential(generator(set, from), control_), control_));
    from += set.pairs.size();
  }
  return result;
}

}  // namespace ansatz
