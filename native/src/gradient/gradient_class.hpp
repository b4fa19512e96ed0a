#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "integrals/eri_class.hpp"

namespace ansatz {

/** One step of the recurrence of Hermite integrals: R_dst(m) = PQ[axis] R_x(m+1) + n R_y(m+1). */
struct HermiteOp {
  std::uint16_t x, y;
  std::uint8_t axis, n;
};

/** Hermite function `hermite` in the expansion of a monomial: the product of one coefficient an axis. */
struct HermiteTerm {
  std::uint16_t monomial, hermite;
  /** Place of each axis' coefficient in a table [axis][power][order] of `width`² an axis. */
  std::uint8_t place[3];
  bool negative;  // odd order: the sign of a ket function
};

/** A function with one power less along an axis, and that power. */
struct Lowering {
  std::uint16_t from, to;
  std::uint8_t axis, n;
};

/**
 * What depends on the angular momenta of a quartet only, in the gradient of its repulsion energy.
 *
 * Hermite functions and monomials are numbered by degree, within a degree as cartesianIndex does.
 */
struct GradientClass {
  const PairClass* bra;
  const PairClass* ket;
  int degree;                      // of the highest Hermite integral: bra.eMax + ket.eMax + 1
  int nHermite;                    // of degree 0 … degree
  std::vector<HermiteOp> hermite;  // of each
  int nP, nRaised;                 // bra Hermite functions of degree ≤ bra.eMax, and of one more
  int nQ;                          // ket Hermite functions of degree ≤ ket.eMax
  std::vector<std::uint16_t> sums;   // [raised p][q]: p + q
  std::vector<std::uint16_t> raised;  // [p][axis]
  std::vector<HermiteTerm> braTerms;
  int nF, firstF;                          // ket monomials from degree eMin − 1 on, and the first of degree eMin
  std::vector<HermiteTerm> ketTerms;         // by monomial
  std::vector<std::uint32_t> ketTermsOf;     // [monomial], first term
  std::vector<Lowering> braLowering;         // p → p − 1
  std::vector<Lowering> ketLowering;         // monomial of degree ≥ eMin → monomial from eMin − 1 on, by axis
  std::vector<std::uint32_t> ketLoweringOf;  // [axis], first
  bool singleKet;                            // one part: components are monomials
  Repulsion repulsion;

  int braWidth() const { return bra->eMax + 1; }
  int ketWidth() const { return ket->eMax + 1; }
};

/** For kets of two centres, or of one: then only terms of even order count. */
GradientClass makeGradientClass(const PairClass& bra, const PairClass& ket, bool ketOnOneCentre, const Repulsion& repulsion = {});

}  // namespace ansatz
