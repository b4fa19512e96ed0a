#pragma once
#include <cstdint>

#include "ansatz/isa.hpp"

namespace ansatz {

/** Eight quartets with one bra pair, and where their contributions go. */
struct Quartets {
  const double* integrals;  // [a][b][c][d][lane]
  const double* weight;     // [lane]
  int nA, nB, nC, nD;
  int a, b;               // first functions of the bra shells
  const std::int32_t* c;  // [lane] first functions of the ket shells
  const std::int32_t* d;
  int n;  // Cartesian functions in the basis
  int braLane;
  double* scratch;  // digestScratchSize doubles, aligned
};

/** Densities of a Fock build that are taken together: for exchange none, one or two, as of two spins; null where Coulomb is not wanted. */
struct DensityTarget {
  int spins;
  const double* density;     // [n][n][spins], for exchange
  double* exchange;          // [n][n][spins], of which (i, j) and (j, i) count together, or the one less the other
  bool isSymmetric;          // else some density changes sign where it is transposed
  const double* braDensity;  // [a][b][lane], for Coulomb, of the bra's group
  double* braCoulomb;
  const double* ketDensity;  // [c][d][lane]
  double* ketCoulomb;
};

constexpr int digestScratchSize = 2 * 8 * 8 * 100;

/**
 * Adds weight × integrals × density to Coulomb and exchange accumulators:
 * J_ab += v D_cd, J_cd += v D_ab, K_ac += v D_bd, K_ad += v D_bc, K_bc += v D_ad, K_bd += v D_ac.
 */
using Digest = void(const Quartets& q, const DensityTarget& target);

ANSATZ_DECLARE(Digest digest;)

}  // namespace ansatz
