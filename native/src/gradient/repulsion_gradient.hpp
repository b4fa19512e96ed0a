#pragma once
#include <vector>

#include "ansatz/fock.hpp"
#include "ansatz/matrix.hpp"

namespace ansatz {

/**
 * Adds to `gradient` the derivatives of ½ Σ Γ_abcd (ab|cd), Γ = D_ab D_cd − w/2 Σσ (Dσ_ac Dσ_bd + Dσ_ad Dσ_bc), at fixed densities
 * over the Cartesian functions of a basis: w is 2 for the one spin density of a closed shell, 1 for those of α and β.
 *
 * Each quartet of shells is met once; the force on its fourth centre follows from translation. Quartets on one atom and those
 * whose bound times density is below 1e-10 hartree are left out. Work is summed in a fixed order: the same bits on any number
 * of threads. Throws Cancelled.
 */
void addRepulsionGradient(const CartesianBasis& basis, const std::vector<Matrix>& spins, const FockOptions& options,
                          std::vector<double>& gradient);

}  // namespace ansatz
