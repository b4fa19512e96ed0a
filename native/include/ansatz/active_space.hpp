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

/** What the electrons of doubly occupied orbitals are to the others. */
struct CoreField {
  /** Nuclear repulsion and energy of the core, hartree. */
  double energy = 0.0;
  /** h + 2J − K over the basis functions. */
  Matrix fock;
};

/** core: columns [nBasis, nCore], none where there is no core. One Fock build. Throws Cancelled. */
CoreField coreField(const System& system, const Matrix& core, FockBuilder& fock, const Control& control = {});

/** J − ½K of active electrons over the basis functions: columns [nBasis, nActive], density of both spins [nActive, nActive]. Throws Cancelled. */
Matrix activeField(const System& system, const Matrix& active, const Matrix& density, FockBuilder& fock, const Control& control = {});

/**
 * Integrals over the active orbitals, the doubly occupied core folded in:
 * h_pq = ⟨p|h + 2J_core − K_core|q⟩, one Coulomb build a pair of active orbitals.
 *
 * orbitals: columns [nBasis, nOrbitals]; core and active: column indices. Throws Cancelled.
 */
ActiveHamiltonian activeHamiltonian(const System& system, const Matrix& orbitals, const std::vector<int>& core,
                                    const std::vector<int>& active, FockBuilder& fock, const Control& control = {});

/** Integrals that the derivatives of an active space's energy by its orbitals take. */
struct OrbitalIntegrals {
  /** Nuclear repulsion and energy of the core, hartree. */
  double coreEnergy = 0.0;
  /** ⟨p|h + 2J − K of the core|q⟩, [nOrbitals, nOrbitals] */
  std::vector<double> coreFock;
  /** (pu|vx), p any orbital, the others active: [nOrbitals, nActive, nActive, nActive] */
  std::vector<double> mixed;
};

/** orbitals: columns [nBasis, nOrbitals], core, active, empty. Cost as activeHamiltonian. Throws Cancelled. */
OrbitalIntegrals orbitalIntegrals(const System& system, const Matrix& orbitals, int nCore, int nActive, FockBuilder& fock,
                                  const Control& control = {});

}  // namespace ansatz
