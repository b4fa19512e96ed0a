#pragma once
#include <span>
#include <vector>

#include "ansatz/control.hpp"
#include "ansatz/strings.hpp"

namespace ansatz {

/** Reduced density matrices of a state, row-major over spatial orbitals. */
struct DensityMatrices {
  /** ⟨a†_pα a_qα⟩, [norb, norb] */
  std::vector<double> alpha;
  /** ⟨a†_pβ a_qβ⟩, [norb, norb] */
  std::vector<double> beta;
  /** Γ_pqrs = Σ_στ ⟨a†_pσ a†_rτ a_sτ a_qσ⟩, [norb⁴]; the energy is Σ h_pq γ_pq + ½ Σ (pq|rs) Γ_pqrs. */
  std::vector<double> two;
  /** Eigenvalues of the spin-summed one-particle matrix, falling, 0 … 2. */
  std::vector<double> naturalOccupations;
  /** Natural orbitals, [norb, norb], column k belongs to occupation k. */
  std::vector<double> naturalOrbitals;
};

/** Those of one particle and natural orbitals, `two` left empty; cost norb² × determinants. */
DensityMatrices oneParticleDensities(const StringSpace& alpha, const StringSpace& beta, std::span<const double> coefficients,
                                     const Control& control);

/** Spin-resolved one-particle and spin-summed two-particle density matrices; cost norb⁴ × determinants. */
DensityMatrices densityMatrices(const StringSpace& alpha, const StringSpace& beta, std::span<const double> coefficients,
                                const Control& control);

}  // namespace ansatz
