#pragma once
#include <cstddef>
#include <vector>

#include "ansatz/basis.hpp"
#include "ansatz/control.hpp"
#include "ansatz/matrix.hpp"

namespace ansatz {

/** Combinations of auxiliary functions that are orthonormal in the Coulomb metric. */
struct OrthonormalFit {
  /** Functions in use, the most independent first. */
  std::vector<int> kept;
  /** U [kept, kept], upper triangular, Uᵀ J U = 1 over the functions kept. */
  Matrix combinations;
};

/**
 * Pivoted Cholesky factorisation of the Coulomb metric J = (P|Q), inverted; functions of which less than 1e-10 is
 * independent of those before are left out. Cost ⅔ n³.
 */
OrthonormalFit orthonormalFit(const Matrix& metric, const Control& control);

/** What is fitted, and what helps where it does not fit into memory. */
struct FitWords {
  const char* what;
  const char* instead;
};

/** Throws InvalidInput (`not-supported`) for a fit that takes more than is allowed, both in bytes. */
void requireRoomForFit(const FitWords& words, const CartesianBasis& basis, const CartesianBasis& auxiliary, double bytes, std::size_t allowed);

}  // namespace ansatz
