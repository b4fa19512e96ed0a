#pragma once
#include <span>
#include <vector>

#include "ansatz/control.hpp"
#include "ansatz/hamiltonian.hpp"
#include "ansatz/linalg.hpp"
#include "selected_ci/determinant_space.hpp"

namespace ansatz {

struct OneParticleMatrices {
  /** ⟨a†_p a_q⟩ of each spin, [norb, norb]. */
  Matrix alpha, beta;
};

/** One-particle density matrices of normalised coefficients; cost determinants × the single excitations among them. */
OneParticleMatrices oneParticleMatrices(const DeterminantSpace& space, std::span<const double> c, int norb, const Control& control);

/** Eigenvectors of a density matrix as columns, falling in occupation, those of one symmetry never mixed with another's. */
Matrix naturalOrbitals(const Matrix& density, const IntegralLists& integrals);

/** The Hamiltonian over orbitals that are the columns of an orthogonal matrix; cost 4 norb⁵. */
Hamiltonian rotated(const Hamiltonian& hamiltonian, const Matrix& orbitals, const Control& control);

}  // namespace ansatz
