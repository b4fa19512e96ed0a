#pragma once
#include <vector>

#include "ansatz/fock.hpp"
#include "ansatz/matrix.hpp"

namespace ansatz {

/** How much of the Coulomb and of the exchange energy counts. */
struct RepulsionShares {
  double coulomb = 1.0, exchange = 1.0;
};

/**
 * Adds to `gradient` the derivatives of ½ Σ Γ_abcd (ab|cd), Γ = c D_ab D_cd − x w/2 Σσ (Dσ_ac Dσ_bd + Dσ_ad Dσ_bc), at fixed densities
 * over the Cartesian functions of a basis, by the repulsion of the options: w is 2 for the one spin density of a closed shell, 1 for those of α and β, c and x are the shares.
 *
 * Each quartet of shells is met once; the force on its fourth centre follows from translation. Quartets on one atom and those
 * whose bound times density is below 1e-9 hartree are left out. Work is summed in a fixed order: the same bits on any number
 * of threads. Throws Cancelled.
 */
void addRepulsionGradient(const CartesianBasis& basis, const std::vector<Matrix>& spins, const RepulsionShares& shares,
                          const FockOptions& options, std::vector<double>& gradient);

}  // namespace ansatz
