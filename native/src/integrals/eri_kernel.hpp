#pragma once
#include <cstddef>

#include "ansatz/isa.hpp"
#include "integrals/eri_class.hpp"
#include "integrals/simd_lanes.hpp"

namespace ansatz {

/**
 * Eight shell pairs of one class side by side.
 *
 * prims is [primitive][field][lane] with the fields p, Px, Py, Pz, 1/2p, α/p and one contraction coefficient a part; geometry is
 * [field][lane] with Ax, Ay, Az, ABx, ABy, ABz. Coefficients hold √2 π^(5/4) exp(−ab/p AB²)/p, so that the integral of two
 * primitive pairs is their product times F_m/√(p+q).
 */
struct PairGroup {
  const double* prims;
  const double* geometry;
  int nPrims;
  int nFields;
};
constexpr int primFields = 6;
constexpr int geometryFields = 6;

/** Eight point charges: [field][lane] with x, y, z, charge. */
struct ChargeGroup {
  const double* data;
};

/** Doubles of working memory that a class needs. */
std::size_t eriScratchSize(const EriClass& c);

/**
 * The electron repulsion integrals (ab|cd) of one bra pair (a lane of a group) with the eight pairs of a ket group.
 *
 * out is [ab][cd][lane]. scratch: eriScratchSize doubles, 64-byte aligned.
 */
using EriKernel = void(const EriClass& c, const PairGroup& bra, int lane, const PairGroup& ket, const double* boysTable,
                       double* out, double* scratch);

/**
 * Adds −Σ Z (a|1/|r−C||b) over the eight charges of a group to out [ab][lane], for a class whose ket is an s pair.
 * Same recurrence with q → ∞.
 */
using NuclearKernel = void(const EriClass& c, const PairGroup& bra, int lane, const ChargeGroup& charges,
                           const double* boysTable, double* out, double* scratch);

/**
 * (ab|g) of eight normalised s Gaussians g = (ζ/π)^(3/2) exp(−ζ |r−C|²) into out [ab][lane], for a class whose ket is an s pair; charges are
 * [field][lane] with x, y, z, none, ζ. Same recurrence with q = ζ.
 */
using SmearedKernel = void(const EriClass& c, const PairGroup& bra, int lane, const double* charges, const double* boysTable, double* out,
                           double* scratch);
constexpr int smearedFields = 5;

/** Straight-line code of a class by its name, "bra|ket"; made at build time by generate/eri_kernels.cpp. */
struct NamedKernel {
  const char* name;
  QuartetKernel* kernel;
};

ANSATZ_DECLARE(EriKernel eriGroup; NuclearKernel nuclearGroup; SmearedKernel smearedGroup;
               const NamedKernel* quartetKernels();)

/** The straight-line code of a class, or null. */
QuartetKernel* findQuartetKernel(const PairClass& bra, const PairClass& ket);

}  // namespace ansatz
