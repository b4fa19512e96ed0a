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
  /** 0: values alone; 1: with ∂x, ∂y, ∂z; 2: also xx, xy, xz, yy, yz, zz. */
  int derivatives;
  /** Values of the first function, [function][nPoints]; derivatives follow each after `stride` numbers. */
  double* values;
  long stride;
  /** shellScratch(l) × nPoints numbers. */
  double* scratch;
};

/** Powers 0 to l + 2 along each axis, r², the radial factor, its slope and its curvature. */
constexpr int shellScratch(int l) { return 3 * (l + 3) + 4; }

/** Writes x^a y^b z^c Σ c exp(−α r²) and its derivatives, in the order of cartesianPowers. */
using EvaluateShell = void(const ShellOnPoints& shell);

ANSATZ_DECLARE(EvaluateShell evaluateShell;)

}  // namespace ansatz
