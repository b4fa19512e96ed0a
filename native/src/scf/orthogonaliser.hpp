#pragma once
#include "ansatz/control.hpp"
#include "ansatz/linalg.hpp"
#include "ansatz/matrix.hpp"

namespace ansatz {

/**
 * Combinations of normalised basis functions with an overlap eigenvalue below this are left out: they are linearly dependent
 * on the others, and rounding in their coefficients, about 1e-16 over the eigenvalue, would enter the energy.
 */
constexpr double linearDependence = 1e-7;

/** Eigenvectors of the overlap and how many of the first, by rising eigenvalue, are left out. */
struct OverlapSpectrum {
  Eigen eigen;
  int nDropped = 0;
};

/** Cost: an eigh. Throws Cancelled. */
OverlapSpectrum overlapSpectrum(const Matrix& overlap, const Control& control = {});

/**
 * X [nBasis, nKept] with Xᵀ S X = 1: symmetric, S^(−1/2), where nothing is left out, else canonical, U s^(−1/2).
 *
 * P.-O. Löwdin, Adv. Quantum Chem. 5, 185 (1970), doi:10.1016/S0065-3276(08)60339-1. Cost: 2 n³. Throws Cancelled.
 */
Matrix orthogonaliser(const OverlapSpectrum& spectrum, const Control& control = {});

}  // namespace ansatz
