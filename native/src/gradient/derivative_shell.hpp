#pragma once
#include <array>
#include <vector>

#include "ansatz/basis.hpp"

namespace ansatz {

/** One Cartesian function of the derivative shell in the derivative of a function. */
struct DerivativeTerm {
  int function;
  double coefficient;
};

/**
 * The derivatives of a shell by its centre as a shell of their own: ∂x exp(−α r²) x^n = 2α x^(n+1) − n x^(n−1), the factor
 * 2α in the contraction coefficients.
 */
struct DerivativeShell {
  CartesianShell shell;
  /** [function of the parent][axis] */
  std::vector<std::array<std::vector<DerivativeTerm>, 3>> derivatives;
};

DerivativeShell differentiate(const CartesianShell& parent, int offset);

int functionCount(const CartesianShell& shell);

}  // namespace ansatz
