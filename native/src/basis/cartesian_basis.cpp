#include <cmath>
#include <numbers>

#include "ansatz/basis.hpp"
#include "basis/cartesian.hpp"
#include "basis/solid_harmonics.hpp"

namespace ansatz {
namespace {

/** Norm of the primitive x^l exp(-a r²). */
double primitiveNorm(int l, double a) {
  return std::pow(2.0 * a / std::numbers::pi, 0.75) * std::pow(4.0 * a, 0.5 * l) /
         std::sqrt(static_cast<double>(doubleFactorial(2 * l - 1)));
}

/** Coefficients of unnormalised primitives that give the contracted (l,0,0) function self-overlap 1. */
std::vector<double> normalisedCoefficients(const Shell& shell) {
  const std::size_t n = shell.exponents.size();
  std::vector<double> c(n);
  for (std::size_t i = 0; i < n; ++i) c[i] = shell.coefficients[i] * primitiveNorm(shell.l, shell.exponents[i]);
  double overlap = 0.0;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      const double p = shell.exponents[i] + shell.exponents[j];
      overlap += c[i] * c[j] * std::pow(std::numbers::pi / p, 1.5) * std::pow(2.0 * p, -shell.l);
    }
  overlap *= static_cast<double>(doubleFactorial(2 * shell.l - 1));
  for (double& x : c) x /= std::sqrt(overlap);
  return c;
}

/** Basis functions of a shell as combinations of its Cartesian ones, `first` the index of the first of these. */
std::vector<std::vector<CartesianTerm>> shellFunctions(const Shell& shell, int first) {
  std::vector<std::vector<CartesianTerm>> functions;
  if (shell.pure && shell.l > 1) {
    for (int m = -shell.l; m <= shell.l; ++m) {
      std::vector<CartesianTerm> terms = solidHarmonic(shell.l, m);
      for (CartesianTerm& term : terms) term.cartesian += first;
      functions.push_back(std::move(terms));
    }
    return functions;
  }
  const double whole = static_cast<double>(doubleFactorial(2 * shell.l - 1));
  for (int i = 0; i < nCartesian(shell.l); ++i) {
    const Powers e = cartesianPowers(shell.l, i);
    const double own = static_cast<double>(doubleFactorial(2 * e[0] - 1) * doubleFactorial(2 * e[1] - 1) *
                                           doubleFactorial(2 * e[2] - 1));
    functions.push_back({{first + i, std::sqrt(whole / own)}});
  }
  return functions;
}

bool formSpShell(const Shell& a, const Shell& b) {
  return a.l + b.l == 1 && a.atom == b.atom && a.centre == b.centre && a.exponents == b.exponents;
}

}  // namespace

CartesianBasis makeCartesianBasis(const std::vector<Shell>& shells) {
  const std::size_t n = shells.size();
  std::vector<int> first(n, -1);
  CartesianBasis basis;
  for (std::size_t i = 0; i < n; ++i) {
    if (first[i] >= 0) continue;
    std::size_t partner = n;
    for (std::size_t j = i + 1; j < n && partner == n; ++j)
      if (first[j] < 0 && formSpShell(shells[i], shells[j])) partner = j;
    CartesianShell merged{shells[i].atom, shells[i].centre, shells[i].exponents, {}, {}, basis.nCartesian};
    std::vector<std::size_t> members{i};
    if (partner < n) members = shells[i].l == 0 ? std::vector{i, partner} : std::vector{partner, i};
    for (const std::size_t k : members) {
      first[k] = basis.nCartesian;
      merged.parts.push_back(shells[k].l);
      merged.coefficients.push_back(normalisedCoefficients(shells[k]));
      basis.nCartesian += nCartesian(shells[k].l);
    }
    basis.shells.push_back(std::move(merged));
  }
  for (std::size_t i = 0; i < n; ++i)
    for (auto& function : shellFunctions(shells[i], first[i])) {
      basis.functions.push_back(std::move(function));
      basis.atoms.push_back(shells[i].atom);
    }
  return basis;
}

Matrix toCartesian(const CartesianBasis& basis, const Matrix& density) {
  Matrix half(basis.nBasis(), basis.nCartesian);
  for (int i = 0; i < basis.nBasis(); ++i)
    for (int j = 0; j < basis.nBasis(); ++j)
      for (const CartesianTerm& t : basis.functions[j]) half(i, t.cartesian) += density(i, j) * t.coefficient;
  Matrix result(basis.nCartesian, basis.nCartesian);
  for (int i = 0; i < basis.nBasis(); ++i)
    for (const CartesianTerm& t : basis.functions[i]) {
      const double* from = half.row(i);
      double* to = result.row(t.cartesian);
      for (int j = 0; j < basis.nCartesian; ++j) to[j] += t.coefficient * from[j];
    }
  return result;
}

Matrix fromCartesian(const CartesianBasis& basis, const Matrix& integrals) {
  Matrix half(basis.nBasis(), basis.nCartesian);
  for (int i = 0; i < basis.nBasis(); ++i)
    for (const CartesianTerm& t : basis.functions[i]) {
      const double* from = integrals.row(t.cartesian);
      double* to = half.row(i);
      for (int j = 0; j < basis.nCartesian; ++j) to[j] += t.coefficient * from[j];
    }
  Matrix result(basis.nBasis(), basis.nBasis());
  for (int i = 0; i < basis.nBasis(); ++i)
    for (int j = 0; j < basis.nBasis(); ++j)
      for (const CartesianTerm& t : basis.functions[j]) result(i, j) += half(i, t.cartesian) * t.coefficient;
  return result;
}

}  // namespace ansatz
