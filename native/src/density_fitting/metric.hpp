#pragma once
#include <vector>

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

}  // namespace ansatz
