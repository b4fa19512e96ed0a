#pragma once
#include <limits>
#include <numbers>

#include "functionals/dual.hpp"

namespace ansatz {

/** What a functional is made of at one point, atomic units: spin densities, σ = ∇ρ·∇ρ, τ = ½ Σ |∇ψ|². */
template <class T>
struct SpinDensities {
  T rhoA, rhoB;
  T sigmaAA, sigmaAB, sigmaBB;
  T tauA, tauB;
  /** Whether both spins are equal, so that one stands for both. */
  bool isClosed;

  T rho() const { return rhoA + rhoB; }
  T sigma() const { return sigmaAA + 2.0 * sigmaAB + sigmaBB; }
};

/** Densities below it, bohr⁻³, count as none. */
constexpr double smallestDensity = 1e-15;

/** Σ over spins of an energy density of one. */
template <class T, class OfSpin>
T sumOfSpins(const SpinDensities<T>& d, const OfSpin& ofSpin) {
  if (d.isClosed) return 2.0 * ofSpin(d.rhoA, d.sigmaAA, d.tauA);
  T sum(0.0);
  if (plain(d.rhoA) > smallestDensity) sum = sum + ofSpin(d.rhoA, d.sigmaAA, d.tauA);
  if (plain(d.rhoB) > smallestDensity) sum = sum + ofSpin(d.rhoB, d.sigmaBB, d.tauB);
  return sum;
}

/** The electron gas: r_s, ζ and functions of ζ that several functionals share. */
template <class T>
struct ElectronGas {
  T rho, rs, zeta;
  /** Cube roots of 1 + ζ and 1 − ζ. */
  T up, down;

  explicit ElectronGas(const SpinDensities<T>& d) : ElectronGas(d.rhoA, d.rhoB) {}
  ElectronGas(const T& rhoA, const T& rhoB)
      : rho(rhoA + rhoB), rs(cbrt(3.0 / (4.0 * std::numbers::pi) / rho)), zeta((rhoA - rhoB) / rho), up(rootOf(1.0 + zeta)),
        down(rootOf(1.0 - zeta)) {}

  /** f(ζ) = ((1 + ζ)^4/3 + (1 − ζ)^4/3 − 2) / (2^4/3 − 2) */
  T f() const { return (powerOf<4>(up) + powerOf<4>(down) - 2.0) / (2.0 * (1.2599210498948731648 - 1.0)); }
  /** φ(ζ) = ½ ((1 + ζ)^2/3 + (1 − ζ)^2/3) */
  T phi() const { return 0.5 * (up * up + down * down); }

 private:
  /** Where all electrons have one spin the root's slope is infinite, but what it stands in is not: there it counts as none. */
  static T rootOf(const T& x) {
    constexpr double smallest = std::numeric_limits<double>::epsilon();
    return plain(x) > smallest ? cbrt(x) : T(std::cbrt(smallest));
  }
};

}  // namespace ansatz
