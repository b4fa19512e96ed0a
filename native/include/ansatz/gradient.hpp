#pragma once
#include <vector>

#include "ansatz/exchange_correlation.hpp"
#include "ansatz/scf.hpp"

namespace ansatz {

/**
 * Derivatives of the RHF, UHF or ROHF energy, or of RKS and UKS where `xc` is given, by nuclear positions, hartree/bohr, x y z of each atom in turn.
 *
 * dE = 2 Σ D_ab (∂a|h|b) + Σ D_ab (a|∂V|b) + 2 Σ Γ_abcd (∂a b|cd) − 2 Σ W_ab (∂a|b) + dE_nn with the energy-weighted density
 * W = Σσ Dσ Fσ Dσ; a derivative of a shell is a shell of neighbouring angular momenta. In ROHF the same W holds: at its
 * stationary point Fα vanishes between open and virtual orbitals, Fβ between closed and open ones, their sum between closed
 * and virtual ones. P. Pulay, Mol. Phys. 17, 197 (1969), doi:10.1080/00268976900100941. densities, focks: over basis
 * functions, one (RHF, α = β) or α and β. External point charges act and stay where they are. Where basis functions are left out as
 * linearly dependent, W has a term more. Cost: 0.4 to 3.5 Fock builds, seen.
 * With `xc`, on the grid of the field, exchange is a share and the functional's own gradient is added. Throws Cancelled.
 */
std::vector<double> nuclearGradient(const System& system, const std::vector<Matrix>& densities, const std::vector<Matrix>& focks,
                                    const FockOptions& options, const ExchangeCorrelation* xc = nullptr);

/** What a two-body density has beyond the form of a determinant's: Σ weights[k] X_ab X_cd, symmetric X = matrices[k] over basis functions. */
struct PairDensities {
  std::vector<Matrix> matrices;
  std::vector<double> weights;
};

/**
 * As above for any energy that is stationary in its orbitals, such as CASSCF's: `density` half the one-body density D of both spins,
 * `weighted` W, the symmetric Lagrangian, and Γ_abcd = D_ab D_cd − ¼ (D_ac D_bd + D_ad D_bc) + Σ weights[k] X_ab X_cd, all over basis
 * functions. None may be left out as linearly dependent. Cost: a gradient of RHF, and of its Coulomb part for each pair.
 * Throws Cancelled.
 */
std::vector<double> nuclearGradient(const System& system, const Matrix& density, const Matrix& weighted, const PairDensities& pairs,
                                    const FockOptions& options);

}  // namespace ansatz
