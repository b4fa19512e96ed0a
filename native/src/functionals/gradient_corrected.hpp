#pragma once
#include "functionals/local.hpp"

namespace ansatz {

/** s² = σ / (4 k_F² ρ²) of a density of both spins, where k_F³ = 3 π² ρ. */
template <class T>
T reducedGradientSquare(const T& rho, const T& sigma) {
  static const double factor = 0.25 * std::pow(3.0 * std::numbers::pi * std::numbers::pi, -2.0 / 3.0);
  const T root = cbrt(rho);
  return factor * sigma / (rho * rho * root * root);
}

constexpr double pbeBeta = 0.06672455060314922;
/** γ = (1 − ln 2) / π² */
constexpr double pbeGamma = (1.0 - std::numbers::ln2) / (std::numbers::pi * std::numbers::pi);

/** J. P. Perdew, K. Burke, M. Ernzerhof, doi:10.1103/PhysRevLett.77.3865. */
template <class T>
T pbeExchange(const SpinDensities<T>& d) {
  constexpr double kappa = 0.8040;
  constexpr double mu = pbeBeta * std::numbers::pi * std::numbers::pi / 3.0;
  return sumOfSpins(d, [](const T& rho, const T& sigma, const T&) {
    const T s2 = reducedGradientSquare(T(2.0 * rho), T(4.0 * sigma));
    return slaterOfSpin(rho) * (1.0 + kappa * mu * s2 / (kappa + mu * s2));
  });
}

/** t² of the gradient correction: σ / (4 φ² k_s² ρ²) with k_s² = 4 k_F / π. */
template <class T>
T screenedGradientSquare(const ElectronGas<T>& gas, const T& sigma, const T& phi) {
  static const double factor = std::numbers::pi / (16.0 * std::cbrt(3.0 * std::numbers::pi * std::numbers::pi));
  return factor * sigma / (phi * phi * gas.rho * gas.rho * cbrt(gas.rho));
}

template <class T>
T pbeCorrelation(const SpinDensities<T>& d) {
  const ElectronGas<T> gas(d);
  const T phi = gas.phi();
  const T t2 = screenedGradientSquare(gas, d.sigma(), phi);
  const T local = pw92(gas).value;
  const T phi3 = powerOf<3>(phi);
  const T a = (pbeBeta / pbeGamma) / expm1(-local / (pbeGamma * phi3));
  const T at2 = a * t2;
  const T h = pbeGamma * phi3 * log1p((pbeBeta / pbeGamma) * t2 * (1.0 + at2) / (1.0 + at2 * (1.0 + at2)));
  return gas.rho * (local + h);
}

/** A. D. Becke, doi:10.1103/PhysRevA.38.3098. */
template <class T>
T becke88Exchange(const SpinDensities<T>& d) {
  constexpr double beta = 0.0042;
  constexpr double smallest = 1e-40;  // so that the root has a slope
  return sumOfSpins(d, [](const T& rho, const T& sigma, const T&) {
    const T rho43 = rho * cbrt(rho);
    const T x = plain(sigma) > smallest ? sqrt(sigma) / rho43 : sqrt(sigma + smallest) / rho43;
    return slaterOfSpin(rho) - beta * rho43 * x * x / (1.0 + 6.0 * beta * x * asinh(x));
  });
}

/**
 * C. Lee, W. Yang, R. G. Parr, doi:10.1103/PhysRevB.37.785, without second derivatives of the density: B. Miehlich, A. Savin, H. Stoll,
 * H. Preuss, doi:10.1016/0009-2614(89)87234-3.
 */
template <class T>
T lypCorrelation(const SpinDensities<T>& d) {
  constexpr double a = 0.04918, b = 0.132, c = 0.2533, k = 0.349;
  static const double thomasFermi = 0.3 * std::pow(3.0 * std::numbers::pi * std::numbers::pi, 2.0 / 3.0);
  static const double factor = std::pow(2.0, 11.0 / 3.0) * thomasFermi;
  const T rho = d.rho();
  const T inverseRoot = 1.0 / cbrt(rho);
  const T screened = 1.0 / (1.0 + k * inverseRoot);
  const T delta = inverseRoot * (c + k * screened);
  const T omega = exp(-c * inverseRoot) * screened * powerOf<11>(inverseRoot);
  const T product = d.rhoA * d.rhoB;
  const T sigma = d.sigma();
  const auto eightThirds = [](const T& x) {
    if (plain(x) <= smallestDensity) return T(0.0);
    const T root = cbrt(x);
    return x * x * root * root;
  };
  const T pairs = factor * (eightThirds(d.rhoA) + eightThirds(d.rhoB)) + (47.0 - 7.0 * delta) / 18.0 * sigma -
                  (2.5 - delta / 18.0) * (d.sigmaAA + d.sigmaBB) -
                  (delta - 11.0) / 9.0 * (d.rhoA * d.sigmaAA + d.rhoB * d.sigmaBB) / rho;
  const T squares = (2.0 / 3.0) * rho * rho;
  return -4.0 * a * screened * product / rho -
         a * b * omega *
             (product * pairs - squares * sigma + (squares - d.rhoA * d.rhoA) * d.sigmaBB + (squares - d.rhoB * d.rhoB) * d.sigmaAA);
}

}  // namespace ansatz
