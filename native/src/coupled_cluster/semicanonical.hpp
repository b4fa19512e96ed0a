#pragma once
#include "ansatz/hamiltonian.hpp"
#include "coupled_cluster/closed_shell.hpp"

namespace ansatz {

/** The determinant of the first orbitals of a Hamiltonian, doubly occupied. */
struct Reference {
  /** Hartree, the core's included. */
  double energy = 0.0;
  ClosedShellProblem problem;
};

/**
 * Occupied and virtual orbitals each rotated until the Fock matrix is diagonal among them, which changes no energy. Cost 4 norb⁵
 * multiplications. Throws Cancelled.
 */
Reference semicanonical(const Hamiltonian& hamiltonian, int nOccupied, const Control& control = {});

}  // namespace ansatz
