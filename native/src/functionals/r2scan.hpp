#pragma once
#include "functionals/gradient_corrected.hpp"

/**
 * r²SCAN: J. W. Furness, A. D. Kaplan, J. Ning, J. P. Perdew, J. Sun, doi:10.1021/acs.jpclett.0c02405, whose supporting information is
 * numbered here (S…); constants of SCAN: doi:10.1103/PhysRevLett.115.036402; of the switch: A. P. Bartók, J. R. Yates,
 * doi:10.1063/1.5094646.
 */
namespace ansatz::r2scan {

constexpr double eta = 0.001;
constexpr double gradientRange = 0.361;  // d_p2

/** How the energy goes from one orbital (ᾱ = 0) over the slowly varying gas (1) to where densities overlap. */
struct Switch {
  double c1, c2, d;
  /** Of ᾱ to the powers 0 to 7 between 0 and 2.5. */
  double polynomial[8];

  template <class T>
  T operator()(const T& alpha) const {
    if (plain(alpha) <= 0.0) return exp(-c1 * alpha / (1.0 - alpha));
    if (plain(alpha) > 2.5) return -d * exp(c2 / (1.0 - alpha));
    T sum(polynomial[7]);
    for (int k = 6; k >= 0; --k) sum = sum * alpha + polynomial[k];
    return sum;
  }

  /** Its slope at ᾱ = 1. */
  double slopeAtOne() const {
    double slope = 0.0;
    for (int k = 1; k < 8; ++k) slope += k * polynomial[k];
    return slope;
  }
};

constexpr Switch exchangeSwitch{
    0.667, 0.8, 1.24, {1.0, -0.667, -0.4445555, -0.663086601049, 1.451297044490, -0.887998041597, 0.234528941479, -0.023185843322}};
constexpr Switch correlationSwitch{
    0.64, 1.5, 0.7, {1.0, -0.64, -0.4352, -1.535685604549, 3.061560252175, -1.915710236206, 0.516884468372, -0.051848879792}};

/** ᾱ = (τ − τ_W) / (τ_gas + η τ_W) (S6). */
template <class T>
T isoOrbital(const T& tau, const T& weizsaecker, const T& gas) {
  return (tau - weizsaecker) / (gas + eta * weizsaecker);
}

/** τ of the electron gas without spin: (3/10) (3π²)^2/3 ρ^5/3. */
template <class T>
T gasKinetic(const T& rho) {
  static const double factor = 0.3 * std::pow(3.0 * std::numbers::pi * std::numbers::pi, 2.0 / 3.0);
  const T root = cbrt(rho);
  return factor * rho * root * root;
}

/** exp(−(s² / d_p2²)²) */
template <class T>
T nearUniform(const T& s2) {
  return exp(-(s2 * s2) / (gradientRange * gradientRange * gradientRange * gradientRange));
}

template <class T>
T exchange(const SpinDensities<T>& d) {
  constexpr double h0 = 1.174, k1 = 0.065, a1 = 4.9479, gradientExpansion = 10.0 / 81.0;
  constexpr double smallest = 1e-24;
  const double c = -(20.0 / 27.0 + eta * 5.0 / 3.0) * exchangeSwitch.slopeAtOne() * (1.0 - h0);  // (S11), (S12)
  return sumOfSpins(d, [&](const T& spinRho, const T& spinSigma, const T& spinTau) {
    const T rho = 2.0 * spinRho, sigma = 4.0 * spinSigma, tau = 2.0 * spinTau;
    const T s2 = reducedGradientSquare(rho, sigma);
    const T x = (c * nearUniform(s2) + gradientExpansion) * s2;  // (S10)
    const T h1 = 1.0 + k1 * x / (k1 + x);
    const T alpha = isoOrbital(tau, T(sigma / (8.0 * rho)), gasKinetic(rho));
    const T f = exchangeSwitch(alpha);
    T enhancement = h1 + f * (h0 - h1);
    if (plain(s2) > smallest) enhancement = enhancement * -expm1(-a1 / sqrt(sqrt(s2)));
    return slaterOfSpin(spinRho) * enhancement;
  });
}

template <class T>
T correlation(const SpinDensities<T>& d) {
  constexpr double b1 = 0.0285764, b2 = 0.0889, b3 = 0.125541, chi = 0.12802585262625815;
  constexpr double polarisation = 2.363;  // libxc's digits of the 2.3631 that is printed
  const ElectronGas<T> gas(d);
  const T sigma = d.sigma();
  const T s2 = reducedGradientSquare(gas.rho, sigma);
  const T phi = gas.phi();
  const T phi3 = powerOf<3>(phi);
  const WithSlope<T> local = pw92(gas);

  // One orbital (S35–S41)
  const T root = sqrt(gas.rs);
  const T denominator = 1.0 + b2 * root + b3 * gas.rs;
  const T low = -b1 / denominator;
  const T lowByRs = b1 * (0.5 * b2 / root + b3) / (denominator * denominator);
  const T spread = 0.5 * (powerOf<4>(gas.up) + powerOf<4>(gas.down));  // d_x
  const T polarised = (1.0 - polarisation * (spread - 1.0)) * (1.0 - powerOf<12>(gas.zeta));
  const T g0 = 1.0 / sqrt(sqrt(1.0 + 4.0 * chi * s2));
  const T e0 = (low + b1 * log1p(expm1(-low / b1) * (1.0 - g0))) * polarised;

  // The slowly varying gas (S24–S34)
  const T w = expm1(-local.value / (pbeGamma * phi3));
  const T beta = pbeBeta * (1.0 + 0.1 * gas.rs) / (1.0 + 0.1778 * gas.rs);
  const T y = beta * screenedGradientSquare(gas, sigma, phi) / (pbeGamma * w);
  const T kinetic = 0.5 * (powerOf<5>(gas.up) + powerOf<5>(gas.down));  // d_s
  const T step = correlationSwitch.slopeAtOne() / (27.0 * pbeGamma * kinetic * phi3 * w) *
                 (20.0 * gas.rs * (lowByRs * polarised - local.byRs) - 45.0 * eta * (low * polarised - local.value)) * s2 *
                 nearUniform(s2);
  const T g1 = 1.0 / sqrt(sqrt(1.0 + 4.0 * (y - step)));
  const T e1 = local.value + pbeGamma * phi3 * log1p(w * (1.0 - g1));

  const T alpha = isoOrbital(T(d.tauA + d.tauB), T(sigma / (8.0 * gas.rho)), T(gasKinetic(gas.rho) * kinetic));
  return gas.rho * (e1 + correlationSwitch(alpha) * (e0 - e1));
}

}  // namespace ansatz::r2scan
