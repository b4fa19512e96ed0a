#pragma once
#include "functionals/densities.hpp"

namespace ansatz {

/** −(3/2) (3/4π)^1/3 ρσ^4/3 of each spin: exchange of the electron gas. P. A. M. Dirac, doi:10.1017/S0305004100016108. */
template <class T>
T slaterOfSpin(const T& rho) {
  static const double factor = 1.5 * std::cbrt(3.0 / (4.0 * std::numbers::pi));
  return -factor * rho * cbrt(rho);
}

template <class T>
T slaterExchange(const SpinDensities<T>& d) {
  return sumOfSpins(d, [](const T& rho, const T&, const T&) { return slaterOfSpin(rho); });
}

/** One of the fits of Vosko, Wilk and Nusair, hartree an electron. */
struct VwnFit {
  double a, b, c, x0;

  template <class T>
  T operator()(const T& rs) const {
    const double q = std::sqrt(4.0 * c - b * b);
    const double shape = b * x0 / (x0 * x0 + b * x0 + c);
    const T x = sqrt(rs);
    const T polynomial = rs + b * x + c;
    const T apart = x - x0;
    return a * (log(rs / polynomial) + (2.0 * b / q - shape * 2.0 * (2.0 * x0 + b) / q) * atan(q / (2.0 * x + b)) -
                shape * log(apart * apart / polynomial));
  }
};

/** Between unpolarised and polarised gas by f(ζ) alone, from the random-phase approximation: what Gaussian's B3LYP has. */
template <class T>
T vwnRpaCorrelation(const SpinDensities<T>& d) {
  constexpr VwnFit unpolarised{0.0310907, 13.0720, 42.7198, -0.409286};
  constexpr VwnFit polarised{0.01554535, 20.1231, 101.578, -0.743294};
  const ElectronGas<T> gas(d);
  const T f = gas.f();
  return gas.rho * (unpolarised(gas.rs) * (1.0 - f) + polarised(gas.rs) * f);
}

/** Their form V, to Ceperley and Alder's energies. S. H. Vosko, L. Wilk, M. Nusair, doi:10.1139/p80-159. */
template <class T>
T vwn5Correlation(const SpinDensities<T>& d) {
  constexpr VwnFit unpolarised{0.0310907, 3.72744, 12.9352, -0.10498};
  constexpr VwnFit polarised{0.01554535, 7.06042, 18.0578, -0.32500};
  const VwnFit stiffness{-1.0 / (6.0 * std::numbers::pi * std::numbers::pi), 1.13107, 13.0045, -0.0047584};
  constexpr double curvature = 4.0 / (9.0 * (1.2599210498948731648 - 1.0));  // f″(0)
  const ElectronGas<T> gas(d);
  const T f = gas.f();
  const T zeta4 = powerOf<4>(gas.zeta);
  const T low = unpolarised(gas.rs);
  return gas.rho * (low + stiffness(gas.rs) * f * (1.0 - zeta4) / curvature + (polarised(gas.rs) - low) * f * zeta4);
}

/** An energy of the electron gas and its slope by r_s. */
template <class T>
struct WithSlope {
  T value, byRs;
};

/** Perdew and Wang's fit G(r_s). */
struct PwFit {
  double a, alpha1, beta1, beta2, beta3, beta4;

  template <class T>
  WithSlope<T> operator()(const T& rs) const {
    const T x = sqrt(rs);
    const T q = x * (beta1 + x * (beta2 + x * (beta3 + x * beta4)));
    const T slope = 0.5 * beta1 / x + (beta2 + x * (1.5 * beta3 + x * (2.0 * beta4)));
    const T logarithm = log1p(1.0 / (2.0 * a * q));
    const T before = -2.0 * a * (1.0 + alpha1 * rs);
    return {before * logarithm, -2.0 * a * alpha1 * logarithm - before * slope / (q * (2.0 * a * q + 1.0))};
  }
};

/** Digits in which forms of the fit differ: a of its three parts, and f″(0). */
struct Pw92Digits {
  double unpolarised, polarised, stiffness, curvature;
};
/** J. P. Perdew, Y. Wang, doi:10.1103/PhysRevB.45.13244. */
constexpr Pw92Digits pw92Published{0.031091, 0.015545, 0.016887, 1.709921};
/** What PBE and SCAN take. */
constexpr Pw92Digits pw92Exact{0.0310907, 0.01554535, 0.0168869, 1.709920934161365617562963776245};

constexpr PwFit pw92PolarisedFit(double a) { return {a, 0.20548, 14.1189, 6.1977, 3.3662, 0.62517}; }

/** ε_c(r_s, ζ), hartree an electron. J. P. Perdew, Y. Wang, doi:10.1103/PhysRevB.45.13244. */
template <class T>
WithSlope<T> pw92(const ElectronGas<T>& gas, const Pw92Digits& digits = pw92Exact) {
  const PwFit unpolarised{digits.unpolarised, 0.21370, 7.5957, 3.5876, 1.6382, 0.49294};
  const PwFit polarised = pw92PolarisedFit(digits.polarised);
  const PwFit stiffness{digits.stiffness, 0.11125, 10.357, 3.6231, 0.88026, 0.49671};  // of −α
  const T f = gas.f();
  const T zeta4 = powerOf<4>(gas.zeta);
  const WithSlope<T> low = unpolarised(gas.rs), high = polarised(gas.rs), stiff = stiffness(gas.rs);
  const auto joined = [&](const T& l, const T& h, const T& s) {
    return l + zeta4 * f * (h - l + s / digits.curvature) - f * s / digits.curvature;
  };
  return {joined(low.value, high.value, stiff.value), joined(low.byRs, high.byRs, stiff.byRs)};
}

/** ε_c of a gas of one spin. */
template <class T>
T pw92Polarised(const T& rho, const Pw92Digits& digits) {
  return pw92PolarisedFit(digits.polarised)(T(cbrt(3.0 / (4.0 * std::numbers::pi) / rho))).value;
}

}  // namespace ansatz
