#pragma once
#include <utility>
#include <vector>

#include "ansatz/scf.hpp"

namespace ansatz {

/** A self-consistent field's orbitals and Fock matrices, and which of them rotate together. */
struct FieldState {
  ScfKind kind;
  /** One set (RHF, ROHF) or α and β (UHF). */
  std::vector<Matrix> orbitals;
  /** Fock matrices over basis functions: one (RHF) or α and β. */
  std::vector<Matrix> focks;
  int nAlpha;
  int nBeta;
  /** Of a Kohn–Sham field; null in Hartree–Fock. */
  const ExchangeCorrelation* functional = nullptr;
  /** Of a field in a solvent; null in the gas phase. */
  const ReactionField* reactionField = nullptr;
};

/** C Cᵀ over the first columns. */
Matrix occupiedDensity(const Matrix& orbitals, int nOccupied, const Control& control);

/**
 * Second derivatives of the energy by orbital rotations C ← C exp(K), without building the matrix.
 *
 * Derivatives: g = 2 Σσ (nσ_p − nσ_q) Fσ_pq, H κ = 2 Σσ (nσ_p − nσ_q) ([Fσ, K] + δFσ)_pq with δFσ = J[δD] − K[δDσ] and
 * δDσ = C (K nσ − nσ K) Cᵀ. One Fock build a product. With a functional δFσ has its share of K and the response of its potential;
 * with a solvent that of its charges.
 */
class OrbitalHessian {
 public:
  OrbitalHessian(const System& system, const FieldState& state, CoulombExchangeBuilder& builder, const Control& control);

  std::size_t size() const { return size_; }
  /** Whether a rotation turns orbitals that both spins share opposite ways: then so does its product, and its reverse leads to the same energies. */
  bool isParting(const std::vector<double>& rotation) const;
  /** Gives β the rotation of α with the other sign, where both share their orbitals. */
  void partSpins(std::vector<double>& rotation) const;
  std::vector<double> gradient() const;
  /** The part of the diagonal that orbital energies make, at least `floor`. */
  std::vector<double> diagonal(double floor) const;
  std::vector<double> apply(const std::vector<double>& rotation) const;
  /** C exp(K) of every set, orthonormal to rounding. */
  std::vector<Matrix> rotated(const std::vector<double>& rotation) const;

 private:
  struct Set {
    int orbitals;            // index of the orbital set
    std::vector<int> spins;  // spins whose electrons occupy it
    std::vector<std::pair<int, int>> pairs;
  };
  double occupation(int spin, int orbital) const { return orbital < (spin == 0 ? state_.nAlpha : state_.nBeta) ? 1.0 : 0.0; }
  Matrix generator(const Set& set, const double* rotation) const;
  /** Coulomb, exchange and the responses of functional and solvent to changes of the spin densities over Cartesian functions, for each of them. */
  std::vector<Matrix> responses(const std::vector<Matrix>& changes, double neglect) const;
  /** The same to a change of α's density that β's takes back. */
  std::vector<Matrix> exchangeResponse(const Matrix& change, double neglect) const;

  const System& system_;
  const FieldState& state_;
  CoulombExchangeBuilder& builder_;
  const Control& control_;
  std::vector<Set> sets_;
  /** Of a Kohn–Sham field, over Cartesian functions, as many as focks. */
  std::vector<Matrix> densities_;
  std::vector<std::vector<Matrix>> mo_;  // [set][spin] Fock matrix over orbitals
  /** Of UHF in which both spins have the same orbitals. */
  bool shared_ = false;
  double weight_;
  std::size_t size_ = 0;
};

struct Stability {
  double lowestEigenvalue;
  std::vector<double> direction;
};

/**
 * Lowest eigenvalue of the orbital Hessian by Davidson's method, to about 1e-3 hartree or until its sign is plain; above 0.25 hartree an
 * upper bound, by at most a fifth of what is above. With partSpins, where both spins share their orbitals, that of rotations which turn them
 * opposite ways; and to half its size. `near`: a direction that was found in a Hessian close to this one; empty: none.
 */
Stability lowestCurvature(const OrbitalHessian& hessian, StabilityCheck check, const Control& control, std::vector<double> near = {});

/** The step of an augmented-Hessian Newton iteration, no longer than `radius`. */
std::vector<double> newtonStep(const OrbitalHessian& hessian, double radius, const Control& control);

/** The rotation after which the gradient vanishes to first order, to a hundredth of it, in at most some 20 products. */
std::vector<double> stationaryStep(const OrbitalHessian& hessian, const Control& control);

}  // namespace ansatz
