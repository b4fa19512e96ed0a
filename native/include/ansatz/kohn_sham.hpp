#pragma once
#include <memory>

#include "ansatz/functional.hpp"
#include "ansatz/molecular_grid.hpp"
#include "ansatz/scf.hpp"

namespace ansatz {

/** What a field's energy is integrated on, and a coarse one for second derivatives. */
struct KohnShamGrids {
  std::shared_ptr<const MolecularGrid> own;
  std::shared_ptr<const MolecularGrid> coarse;
};

/**
 * Self-consistent field of Kohn and Sham, RKS or UKS by `options.kind` (rhf or uhf), whose kohnSham is set here.
 *
 * Newton's steps are those of Hartree–Fock with the response of the functional on the coarse grid; so is the test of stability, unless
 * what it finds is close to zero: then it is repeated on the field's own. Exchange matrices of `fock` have to be by the functional's repulsion. W. Kohn, L. J. Sham, doi:10.1103/PhysRev.140.A1133. Throws as
 * selfConsistentField.
 */
ScfResult kohnSham(const System& system, ScfOptions options, const Functional& functional, const KohnShamGrids& grids,
                   CoulombExchangeBuilder& fock);

/**
 * Exchange–correlation energy, hartree, of spin densities over the basis functions (one: α = β) on the grid that others are measured with,
 * whose spheres have all their points at any radius. Made and left atom by atom, so that memory is that of one atom's points. Throws
 * Cancelled.
 */
double checkedXcEnergy(const System& system, const Functional& functional, const std::vector<Matrix>& densities, const FockOptions& options);

}  // namespace ansatz
