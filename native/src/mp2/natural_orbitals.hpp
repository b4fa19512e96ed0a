#pragma once
#include <vector>

#include "ansatz/mp2.hpp"
#include "mp2/pair_density.hpp"

namespace ansatz {

/**
 * Eigenvectors of the total density of one set of orbitals (closed shell, its density that of both spins) or two (α, β).
 *
 * Cost some nOrbitals³.
 */
NaturalOrbitals naturalOrbitals(const System& system, const std::vector<Mp2Orbitals>& orbitals,
                                const std::vector<PairDensity>& densities);

}  // namespace ansatz
