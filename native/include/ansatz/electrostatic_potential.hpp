#pragma once
#include <vector>

#include "ansatz/basis.hpp"
#include "ansatz/fock.hpp"
#include "ansatz/matrix.hpp"

namespace ansatz {

/**
 * What a unit charge at each point feels, Hartree/e: Σ Z_C/|r − R_C| of charges less that of the electrons of a symmetric density over the
 * basis functions. A point on a charge has none: infinity.
 *
 * Cost: points × pairs of shells, exact but for their overlap. Throws Cancelled.
 */
std::vector<double> electrostaticPotential(const CartesianBasis& basis, const std::vector<PointCharge>& charges, const Matrix& density,
                                           const std::vector<Point>& points, const FockOptions& options);

}  // namespace ansatz
