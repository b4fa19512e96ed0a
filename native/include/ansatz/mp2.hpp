#pragma once
#include <vector>

#include "ansatz/scf.hpp"

namespace ansatz {

/** Orbitals of one spin that MP2 excites from and to. */
struct Mp2Orbitals {
  Matrix frozen;    // columns [nBasis, nFrozen]
  Matrix occupied;  // columns [nBasis, nOccupied], frozen core left out
  Matrix virtuals;
  std::vector<double> occupiedEnergies;
  std::vector<double> virtualEnergies;
};

struct Mp2Options {
  double threshold = 1e-12;
  /** Whether the natural orbitals are wanted as well. */
  bool naturalOrbitals = false;
  std::size_t memoryBytes = std::size_t{1} << 30;
  /** Where integrals are fitted; null: exact ones. */
  const CartesianBasis* auxiliary = nullptr;
  int threads = 1;
  Control control;
};

/** Eigenvectors of a one-particle density of both spins. */
struct NaturalOrbitals {
  /** Falling, 0 … 2 but for what perturbation theory overshoots. */
  std::vector<double> occupations;
  /** Columns [nBasis, nOrbitals]. */
  Matrix orbitals;
};

struct Mp2Result {
  /** Hartree; the correlation energy is their sum. */
  double sameSpin = 0.0;
  double oppositeSpin = 0.0;
  /** Largest doubles amplitude of an opposite-spin pair. */
  double largestAmplitude = 0.0;
  /** What the doubles add to ⟨S²⟩ of an open shell's determinant, to first order: −2 Σ t(ia,jb) ⟨a|j⟩ ⟨i|b⟩, i → a of α, j → b of β. */
  double spinSquareChange = 0.0;
  /** Of the unrelaxed density, the frozen core among the orbitals with 2 electrons; empty unless asked for. */
  NaturalOrbitals natural;
};

/**
 * Second-order Møller–Plesset correlation energy of canonical orbitals: one set for closed shells, α and β otherwise.
 *
 * C. Møller, M. S. Plesset, Phys. Rev. 46, 618 (1934), doi:10.1103/PhysRev.46.618. Integrals are made in groups and
 * transformed at once; cost nPairs · nBasis² · nOccupied, and with natural orbitals nOccupied² · nVirtual³. The
 * density is that of the amplitudes, without orbital response. Throws Cancelled, InvalidInput (`invalid-input`) where an
 * occupied and a virtual orbital have one energy.
 */
Mp2Result mp2(const System& system, const std::vector<Mp2Orbitals>& orbitals, const Mp2Options& options);

/** The same of several solutions over one basis, which share each pass over the integrals as far as memory goes. */
std::vector<Mp2Result> mp2OfEach(const System& system, const std::vector<std::vector<Mp2Orbitals>>& solutions, const Mp2Options& options);

}  // namespace ansatz
