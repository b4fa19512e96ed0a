#pragma once
#include <cstddef>
#include <cstdint>

#include "ansatz/isa.hpp"
#include "gradient/gradient_class.hpp"
#include "integrals/eri_kernel.hpp"

namespace ansatz {

/** Density matrices [n][n] and where the shells of eight quartets with one bra pair lie in them. */
struct QuartetDensities {
  int n;
  const double* total;
  const double* spins[2];
  int nSpins;
  /** Of D_ab D_cd. */
  double coulombFactor;
  /** Of each Dσ_ac Dσ_bd + Dσ_ad Dσ_bc. */
  double exchangeFactor;
  int nA, nB, nC, nD;
  int a, b;  // first functions
  const std::int32_t* c;  // [lane]
  const std::int32_t* d;
  const double* weight;  // [lane]
};

/** Doubles of working memory for the densities of a class. */
std::size_t quartetDensityScratchSize(const GradientClass& c);

/** weight (coulomb D_ab D_cd − exchange Σσ (Dσ_ac Dσ_bd + Dσ_ad Dσ_bc)) into gamma [ab][cd][lane]. */
using QuartetDensityKernel = void(const QuartetDensities& q, double* gamma, double* scratch);

/** Of two centres: their shells' forces apart; of one, only the force on the pair. */
struct PairCentres {
  bool braOnTwo, ketOnTwo;
};

/** Doubles of working memory for kets of at most nKetPrims primitives. */
std::size_t gradientScratchSize(const GradientClass& c, int nKetPrims);

/**
 * Derivatives of Σ gamma (ab|cd) of one bra pair (a lane of a group) with the eight pairs of a ket group.
 *
 * out is [9][lane]: by A, by C, and by A and B together, x y z each; C and D together move by the negative of the last. Those by A and
 * by C are left 0 where the pair is on one centre.
 *
 * Integrals never appear: the density is transformed instead, once from the functions of a quartet to (e0|f0) by the transposed
 * horizontal recurrence (doi:10.1063/1.455553), then for each bra primitive to Hermite Gaussians. Against these stand the
 * Hermite Coulomb integrals with a ket primitive, of one degree more than those of the energy (L. E. McMurchie,
 * E. R. Davidson, J. Comput. Phys. 26, 218 (1978), doi:10.1016/0021-9991(78)90092-X), and their shifts give the derivatives by P, P − A, Q and Q − C.
 * The explicit dependence of the horizontal recurrence on A − B and C − D is differentiated in reverse.
 */
using GradientKernel = void(const GradientClass& c, const PairGroup& bra, int lane, const PairGroup& ket, PairCentres centres,
                            const double* gamma, const double* boysTable, double* out, double* scratch);

ANSATZ_DECLARE(QuartetDensityKernel quartetDensity; GradientKernel gradientGroup;)

}  // namespace ansatz
