#include "slow_repulsion.hpp"

#include <cmath>
#include <map>
#include <numbers>
#include <tuple>

#include "integrals/boys.hpp"

namespace ansatz::test {
namespace {

/** Two primitives along one axis. */
struct Pair1d {
  double a, b, A, B;
};

/** Coefficient of the Hermite Gaussian of order t in x_A^i x_B^j exp(−a x_A² − b x_B²). */
double hermite(const Pair1d& g, int i, int j, int t) {
  const double p = g.a + g.b;
  const double AB = g.A - g.B;
  if (t < 0 || t > i + j) return 0.0;
  if (i == 0 && j == 0) return std::exp(-g.a * g.b / p * AB * AB);
  if (j == 0)
    return 0.5 / p * hermite(g, i - 1, j, t - 1) - g.b / p * AB * hermite(g, i - 1, j, t) + (t + 1) * hermite(g, i - 1, j, t + 1);
  return 0.5 / p * hermite(g, i, j - 1, t - 1) + g.a / p * AB * hermite(g, i, j - 1, t) + (t + 1) * hermite(g, i, j - 1, t + 1);
}

/** Derivatives of F_0(α R²) by R: R^n_tuv. */
class CoulombDerivatives {
 public:
  CoulombDerivatives(double alpha, const Point& r) : alpha_(alpha), r_(r), squared_(r[0] * r[0] + r[1] * r[1] + r[2] * r[2]) {}

  double operator()(Powers tuv, int n = 0) {
    const auto key = std::pair(tuv, n);
    if (const auto known = known_.find(key); known != known_.end()) return known->second;
    return known_[key] = compute(tuv, n);
  }

 private:
  double compute(Powers tuv, int n) {
    for (int axis = 0; axis < 3; ++axis) {
      if (tuv[axis] == 0) continue;
      Powers one = tuv;
      --one[axis];
      double value = r_[axis] * (*this)(one, n + 1);
      if (one[axis] > 0) {
        Powers two = one;
        --two[axis];
        value += one[axis] * (*this)(two, n + 1);
      }
      return value;
    }
    return std::pow(-2.0 * alpha_, n) * boysReference(n, alpha_ * squared_);
  }

  double alpha_;
  Point r_;
  double squared_;
  std::map<std::pair<Powers, int>, double> known_;
};

/** Hermite coefficients of a product of two primitives, and its centre. */
struct Product {
  double exponent;
  Point centre;
  std::array<std::array<double, 9>, 3> coefficients;  // [axis][t]
  Powers highest;

  Product(const Function& a, const Function& b, double ea, double eb) : exponent(ea + eb) {
    for (int k = 0; k < 3; ++k) {
      const Pair1d pair{ea, eb, a.shell->centre[k], b.shell->centre[k]};
      centre[k] = (ea * pair.A + eb * pair.B) / exponent;
      highest[k] = a.powers[k] + b.powers[k];
      for (int t = 0; t <= highest[k]; ++t) coefficients[k][t] = hermite(pair, a.powers[k], b.powers[k], t);
    }
  }

  template <class Body>
  void forEach(const Body& body) const {
    for (int t = 0; t <= highest[0]; ++t)
      for (int u = 0; u <= highest[1]; ++u)
        for (int v = 0; v <= highest[2]; ++v)
          body(Powers{t, u, v}, coefficients[0][t] * coefficients[1][u] * coefficients[2][v]);
  }
};

/** Of two charge clouds that meet as ones with exponent α would. */
double primitive(const Product& bra, const Product& ket, double alpha) {
  Point r{};
  for (int k = 0; k < 3; ++k) r[k] = bra.centre[k] - ket.centre[k];
  CoulombDerivatives derivatives(alpha, r);
  double sum = 0.0;
  bra.forEach([&](const Powers& a, double ca) {
    ket.forEach([&](const Powers& b, double cb) {
      const double sign = (b[0] + b[1] + b[2]) % 2 == 0 ? 1.0 : -1.0;
      sum += sign * ca * cb * derivatives({a[0] + b[0], a[1] + b[1], a[2] + b[2]});
    });
  });
  return 2.0 * std::pow(std::numbers::pi, 2.5) * std::sqrt(alpha) / std::pow(bra.exponent * ket.exponent, 1.5) * sum;
}

double primitive(const Product& bra, const Product& ket, const Repulsion& repulsion) {
  const double alpha = bra.exponent * ket.exponent / (bra.exponent + ket.exponent);
  const double full = repulsion.full * primitive(bra, ket, alpha);
  if (repulsion.longRange == 0.0) return full;
  const double square = repulsion.omega * repulsion.omega;
  return full + repulsion.longRange * primitive(bra, ket, alpha * square / (alpha + square));
}

}  // namespace

double slowRepulsion(const Function& a, const Function& b, const Function& c, const Function& d, const Repulsion& repulsion) {
  const auto coefficient = [](const Function& f, std::size_t k) { return f.shell->coefficients[f.part][k]; };
  double sum = 0.0;
  for (std::size_t i = 0; i < a.shell->exponents.size(); ++i)
    for (std::size_t j = 0; j < b.shell->exponents.size(); ++j) {
      const Product bra(a, b, a.shell->exponents[i], b.shell->exponents[j]);
      for (std::size_t k = 0; k < c.shell->exponents.size(); ++k)
        for (std::size_t l = 0; l < d.shell->exponents.size(); ++l) {
          const Product ket(c, d, c.shell->exponents[k], d.shell->exponents[l]);
          sum += coefficient(a, i) * coefficient(b, j) * coefficient(c, k) * coefficient(d, l) * primitive(bra, ket, repulsion);
        }
    }
  return sum;
}

}  // namespace ansatz::test
