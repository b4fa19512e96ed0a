#pragma once
#include "functionals/local.hpp"

/**
 * Functionals in powers of the reduced gradient: A. D. Becke, doi:10.1063/1.475007; with exchange of short range alone: J.-D. Chai,
 * M. Head-Gordon, doi:10.1063/1.2834918.
 */
namespace ansatz::b97 {

/** Of u = γ s² / (1 + γ s²) with s² = |∇ρσ|² / ρσ^8/3, to the powers 0 to 4. */
struct Enhancement {
  double gamma;
  double coefficients[5];

  template <class T>
  T operator()(const T& s2) const {
    const T u = gamma * s2 / (1.0 + gamma * s2);
    T sum(coefficients[4]);
    for (int k = 3; k >= 0; --k) sum = sum * u + coefficients[k];
    return sum;
  }
};

template <class T>
T gradientSquare(const T& rho, const T& sigma) {
  const T root = cbrt(rho);
  const T rho43 = rho * root;
  return sigma / (rho43 * rho43);
}

/**
 * How much of the electron gas's exchange is of erfc(ω r)/r, by a = ω / (2 k_F): P. M. W. Gill, R. D. Adamson, J. A. Pople,
 * doi:10.1080/00268979609484488. With y = 1/(4a²) it is a series that converges everywhere and cancels nowhere below 1.
 */
template <class T>
T shortRangeShare(const T& a) {
  const T y = 1.0 / (4.0 * a * a);
  if (plain(y) > 1.0) {
    const T root = sqrt(y);
    const T edge = exp(-y);
    return 1.0 - (8.0 / 3.0) * (0.5 * std::sqrt(std::numbers::pi) * erf(root) / root + edge * (2.0 * y - 1.0) / (4.0 * y * y) -
                                (3.0 * y - 1.0) / (4.0 * y * y));
  }
  constexpr int terms = 20;
  T sum(0.0);
  double factorial = 2432902008176640000.0;  // of 20
  for (int n = terms; n >= 1; --n) {
    const double c = (1.0 / (2 * n + 1) - 0.5 / (n + 1) - 0.25 / ((n + 1.0) * (n + 2.0))) / factorial;
    sum = (sum + (n % 2 == 0 ? c : -c)) * y;
    factorial /= n;
  }
  return (-8.0 / 3.0) * sum;
}

template <class T>
T shortRangeExchange(const SpinDensities<T>& d, double omega, const Enhancement& enhancement) {
  return sumOfSpins(d, [&](const T& rho, const T& sigma, const T&) {
    const T fermi = cbrt(6.0 * std::numbers::pi * std::numbers::pi * rho);
    return slaterOfSpin(rho) * shortRangeShare(T(omega / (2.0 * fermi))) * enhancement(gradientSquare(rho, sigma));
  });
}

/** Of electrons of one spin among themselves, and of opposite spins: H. Stoll, C. M. E. Pavlidou, H. Preuß, doi:10.1007/BF00549119. */
template <class T>
T correlation(const SpinDensities<T>& d, const Enhancement& sameSpin, const Enhancement& oppositeSpin) {
  const auto ofSpin = [](const T& rho) { return rho * pw92Polarised(rho, pw92Published); };
  const T same = sumOfSpins(d, [&](const T& rho, const T& sigma, const T&) {
    return ofSpin(rho) * sameSpin(gradientSquare(rho, sigma));
  });
  if (plain(d.rhoA) <= smallestDensity || plain(d.rhoB) <= smallestDensity) return same;
  const ElectronGas<T> gas(d);
  const T opposite = gas.rho * pw92(gas, pw92Published).value - ofSpin(d.rhoA) - ofSpin(d.rhoB);
  const T s2 = 0.5 * (gradientSquare(d.rhoA, d.sigmaAA) + gradientSquare(d.rhoB, d.sigmaBB));
  return same + opposite * oppositeSpin(s2);
}

}  // namespace ansatz::b97
