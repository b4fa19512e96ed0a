#pragma once
#include <array>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "ansatz/control.hpp"
#include "ansatz/fock.hpp"
#include "ansatz/matrix.hpp"
#include "ansatz/scf.hpp"

namespace ansatz {

/** A state of a complete active space. */
struct ActiveState {
  /** Columns [nBasis, nOrbitals]: doubly occupied core, active, empty. */
  Matrix orbitals;
  int nCore = 0;
  int nActive = 0;
  /** Active electrons of each spin. */
  int nalpha = 0;
  int nbeta = 0;
  /** Normalised, [α strings, β strings] of the active orbitals. */
  std::span<const double> coefficients;
};

struct Nevpt2Options {
  double threshold = 1e-12;
  /** For half-transformed integrals, and for blocks of perturbers in determinants. */
  std::size_t memoryBytes = std::size_t{1} << 30;
  int threads = 1;
  Control control;
};

/** Electrons that leave the core (i, j) and come to empty orbitals (r, s); the active space makes up the difference. */
enum class Excitation { ijrs, ijr, irs, ij, rs, ir, i, r };
inline constexpr std::size_t excitationCount = 8;

struct Nevpt2Result {
  /** By Excitation, Hartree; their sum is the correction. */
  std::array<double, excitationCount> energies{};
  /** The lowest energy of a perturber above the state, Hartree: near zero, the correction means nothing. Infinite where there is none. */
  double lowestPerturber = std::numeric_limits<double>::infinity();
};

/**
 * Strongly contracted n-electron valence perturbation theory of second order, all electrons correlated, core and empty orbitals
 * made canonical in the state's own Fock operator.
 *
 * C. Angeli, R. Cimiraglia, J.-P. Malrieu, J. Chem. Phys. 117, 9138 (2002), doi:10.1063/1.1515317. Every perturber is a vector of
 * determinants in the active space with up to two electrons more or fewer, and the Dyall Hamiltonian is applied to it: no density
 * matrix beyond two bodies is made. Cost: about 6 nActive² + 2 (nCore + nVirtual) products with the Hamiltonian, an integral
 * transformation as in MP2; memory: nActive (nCore + nActive) nOrbitals² integrals, and memoryBytes at most for each of the rest.
 * Throws Cancelled, InvalidInput (`invalid-input`) where a perturber has the energy of the state.
 */
Nevpt2Result nevpt2(const System& system, const ActiveState& state, FockBuilder& fock, const Nevpt2Options& options);

}  // namespace ansatz
