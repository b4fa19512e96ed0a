#pragma once
#include <array>
#include <vector>

#include "ansatz/basis.hpp"
#include "ansatz/control.hpp"
#include "ansatz/matrix.hpp"

namespace ansatz {

/** One-electron integrals over the Cartesian functions of a basis, atomic units. */
struct OneElectronIntegrals {
  Matrix overlap;
  Matrix kinetic;
  /** x, y, z about `origin`; the electron's charge left out. */
  std::array<Matrix, 3> dipole;
};

/** Obara–Saika recursion in one dimension (doi:10.1063/1.450106); cost ∝ primitives². Throws Cancelled. */
OneElectronIntegrals oneElectronIntegrals(const CartesianBasis& basis, const Point& origin, const Control& control = {});

/** −Σ Z_C (i|1/|r − R_C||j) over the Cartesian functions of a basis; charges may be negative or zero. Throws Cancelled. */
Matrix nuclearAttraction(const CartesianBasis& basis, const std::vector<PointCharge>& charges, const Control& control = {});

/** Σ Z_A Z_B / R_AB in hartree. */
double nuclearRepulsion(const std::vector<PointCharge>& charges);

}  // namespace ansatz
