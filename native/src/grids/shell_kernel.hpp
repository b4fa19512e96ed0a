#pragma once
#include "ansatz/isa.hpp"

namespace ansatz {

/** One part of a shell at points: its functions of one angular momentum. */
struct ShellOnPoints {
  int l;
  int nPrimitives;
  const double* exponents;
  const double* coefficients;
  int nPoints;
  /** From the centre to the points, [3][nPoints]. */
  const double* displacements;
  /** 0: values alone; 1: with ∂x, ∂y, ∂z. */
  int derivatives;
  /** Values of the first function, [function][nPoints]; derivatives follow each after `stride` numbers. */
  double* values;
  long stride;
  /** shellScratch(l) × nPoints numbers. */
  double* scratch;
};

/** Powers 0 to l + 1 along each axis, r², and the radial factor with its slope. */
constexpr int shellScratch(int l) { return 3 * (l + 2) + 3; }

/** Writes x^a y^b z^c Σ c exp(−α r²) and its derivatives, in the order of cartesianPowers. */
using EvaluateShell = void(const ShellOnPoints& shell);

ANSATZ_DECLARE(EvaluateShell evaluateShell;)

}  // namespace ansatz
