#pragma once
#include "ansatz/scf.hpp"

namespace ansatz {

/**
 * Superposition of atomic densities over the Cartesian functions: the sum of the densities of the free neutral atoms, each
 * averaged over directions and spins.
 *
 * J. H. Van Lenthe et al., J. Comput. Chem. 27, 926 (2006), doi:10.1002/jcc.20393. Cost: a small SCF an element. Throws Cancelled.
 */
Matrix superposedAtomicDensity(const System& system, const Control& control);

}  // namespace ansatz
