#pragma once
#include <cstddef>
#include <vector>

#include "selected_ci/sparse_hamiltonian.hpp"

namespace ansatz {

/**
 * Vectors that a search in a first space begins with, by rising energy: the first `count`, the first of every symmetry (that of its
 * largest coefficient), and the first in which the determinant of the lowest orbitals weighs enough, for a symmetry that these
 * orbitals do not show. States of a small space, from its dense matrix; of a large one lone determinants. Throws Cancelled.
 */
std::vector<std::vector<double>> firstStates(const SparseHamiltonian& matrix, const DeterminantSpace& space,
                                             const IntegralLists& integrals, std::size_t count, const Control& control);

}  // namespace ansatz
