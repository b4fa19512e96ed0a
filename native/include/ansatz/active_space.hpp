#pragma once
#include <vector>

#include "ansatz/fock.hpp"
#include "ansatz/matrix.hpp"
#include "ansatz/scf.hpp"

namespace ansatz {

/** The Hamiltonian of the active electrons in the field of the frozen core. */
struct ActiveHamiltonian {
  int norb = 0;
  /** Nuclear repulsion and energy of the core, hartree. */
  double coreEnergy = 0.0;
  /** [norb, norb] */
  std::vector<double> oneBodyTensor;
  /** (pq|rs), chemists' order, [norb, norb, norb, norb] */
  std::vector<double> twoBodyTensor;
};

/**
 * Integrals over the active orbitals, the doubly occupied core folded in:
 * h_pq = ⟨p|h + 2J_core − K_core|q⟩, one Coulomb build a pair of active orbitals.
 *
 * orbitals: columns [nBasis, nOrbitals]; core and active: column indices. Throws Cancelled.
 */
ActiveHamiltonian activeHamiltonian(const System& system, const Matrix& orbitals, const std::vector<int>& core,
                                    const std::vector<int>& active, FockBuilder& fock);

}  // namespace ansatz
