#pragma once
#include <cstddef>
#include <memory>
#include <vector>

#include "ansatz/fock.hpp"

namespace ansatz {

/** A continuum that is taken for a conductor whose charges are made smaller by a factor. */
struct Solvent {
  /** Bohr, of each atom's sphere; 0 where it has none. */
  std::vector<double> radii;
  /** Of the charges of a conductor: (ε − 1)/ε, or (ε − 1)/(ε + ½). */
  double factor = 0.0;
  /** Memory for integrals with the surface; those that do not fit are computed anew each time. */
  std::size_t storeBytes = 0;
};

/** What a solvent makes of a density. */
struct SolventTerm {
  /** ½ Σ q v, hartree. */
  double energy = 0.0;
  /** −Σ q (ab|g) over the Cartesian functions: the derivative of the energy by the density. */
  Matrix potential;
};

/**
 * The reaction field of a polarisable continuum around a molecule: C-PCM or COSMO, by the factor.
 *
 * The surface is that of spheres with 302 Lebedev points each, smeared to Gaussians and switched off where spheres meet (cavity.hpp); its
 * charges are q = −f S⁻¹ v of the potential v of nuclei and electrons. V. Barone, M. Cossi, doi:10.1021/jp9716997; A. Klamt, G. Schüürmann,
 * doi:10.1039/P29930000799. Cost: N³/3 once for N points, and for each density two passes over the integrals, functions² × N, and 2 N².
 * Memory: 8 N² bytes and the integrals. Same bits on any number of threads. All functions throw Cancelled.
 */
class ReactionField {
 public:
  /** Throws InvalidInput `not-supported` for more points than memory is meant to hold. */
  ReactionField(const CartesianBasis& basis, const std::vector<PointCharge>& nuclei, const Solvent& solvent, const FockOptions& options);
  ~ReactionField();
  ReactionField(const ReactionField&) = delete;
  ReactionField& operator=(const ReactionField&) = delete;

  std::size_t nPoints() const;

  /** Of a total density over the Cartesian functions [nCartesian, nCartesian], symmetric. */
  SolventTerm of(const Matrix& density) const;

  /** How the potential changes with the total density. */
  Matrix response(const Matrix& change) const;

  /** Derivatives of the energy by nuclear positions at a fixed total density, hartree/bohr, x y z of each atom in turn. */
  std::vector<double> gradient(const Matrix& density) const;

  struct State;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace ansatz
