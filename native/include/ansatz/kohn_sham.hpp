#pragma once
#include <cstddef>

#include "ansatz/functional.hpp"
#include "ansatz/molecular_grid.hpp"
#include "ansatz/scf.hpp"

namespace ansatz {

struct KohnShamResult {
  ScfResult field;
  std::size_t nPoints = 0;
  /** Energy of this density on the next finer grid, less that on its own, hartree; 0 where the field did not converge. */
  double gridError = 0.0;
};

/**
 * Self-consistent field of Kohn and Sham, RKS or UKS by `options.kind` (rhf or uhf), whose kohnSham is set here.
 *
 * Stability and Newton's steps are those of Hartree–Fock with the response of the functional on the coarse grid. W. Kohn, L. J. Sham,
 * doi:10.1103/PhysRev.140.A1133. The error of the energy by the grid is second order in that of the density. Throws as
 * selfConsistentField and molecularGrid.
 */
KohnShamResult kohnSham(const System& system, ScfOptions options, const Functional& functional, GridLevel level,
                        CoulombExchangeBuilder& fock);

}  // namespace ansatz
