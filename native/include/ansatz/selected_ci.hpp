#pragma once
#include <compare>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "ansatz/control.hpp"
#include "ansatz/hamiltonian.hpp"
#include "ansatz/strings.hpp"

namespace ansatz {

/** Π a†(α, ascending) Π a†(β, ascending)|vac⟩ of up to 64 orbitals. */
struct Determinant {
  String alpha = 0;
  String beta = 0;
  auto operator<=>(const Determinant&) const = default;
};

struct SelectedCiOptions {
  int nalpha = 0;
  int nbeta = 0;
  int nroots = 1;
  /** The space grows to about so many determinants; whole configurations are taken, so that it may end a few above. */
  std::size_t maxDeterminants = 1'000'000;
  /** Ends where second-order perturbation of every state is smaller, Hartree. */
  double perturbationTolerance = 1e-9;
  /** Determinants of the first run, whose natural orbitals the second is in; 0: the orbitals stay as they are. */
  std::size_t naturalOrbitalDeterminants = 20'000;
  /** Terms |⟨D|H|I⟩ c_I| below this are left out of perturbation, Hartree. */
  double screening = 1e-9;
  /** λ in H + λ (S² − s(s+1)), s = |nα − nβ|/2, Hartree: lifts states of higher spin. */
  double spinPenalty = 1.0;
  /** Largest norm of a residual, Hartree. */
  double tolerance = 5e-6;
  int maxIterations = 100;
  /** What the stored Hamiltonian, vectors and candidates may hold together. */
  std::size_t memoryBytes = std::size_t{4} << 30;
  int threads = 1;
  Control control;
};

/** One size of the space on the way: energies of each state, core energy included, Hartree. */
struct SelectedCiRound {
  std::size_t determinants = 0;
  std::vector<double> variational;
  /** Second-order correction by Epstein–Nesbet perturbation, of all determinants outside. */
  std::vector<double> perturbation;
};

struct SelectedCiState {
  /** ⟨H⟩ in the selected space, core energy included, Hartree: an upper bound. */
  double variational = 0.0;
  double perturbation = 0.0;
  double residualNorm = 0.0;
  /** ⟨S²⟩, exact for the state found. */
  double spinSquare = 0.0;
  /** Normalised, in the order of `determinants`; the largest is positive. */
  std::vector<double> coefficients;
  /** ⟨a†_pα a_qα⟩ and ⟨a†_pβ a_qβ⟩ in the orbitals of the Hamiltonian that was given, [norb, norb]. */
  std::vector<double> alpha, beta;
  /** Eigenvalues of their sum, falling. */
  std::vector<double> naturalOccupations;
};

/** Why the space did not grow further; complete: what perturbation adds to every state is below the tolerance. */
enum class SelectionEnd { complete, determinants, memory };

struct SelectedCiResult {
  /** All states asked for, each with a residual within the tolerance. */
  bool converged = false;
  SelectionEnd end = SelectionEnd::complete;
  /** Sizes of the last run, in the orbitals of the result, growing. */
  std::vector<SelectedCiRound> rounds;
  /** Orbitals of `determinants` as columns over those of the Hamiltonian given, [norb, norb]. */
  std::vector<double> orbitals;
  std::vector<Determinant> determinants;
  /** By rising sum of energy and correction; fewer than asked for where the search finds no more of the spin. */
  std::vector<SelectedCiState> states;
  /** The most that was held at once, bytes, by estimate of every large array. */
  std::size_t peakBytes = 0;
};

/**
 * Selected configuration interaction: the lowest states in a space that grows by the determinants that second-order
 * perturbation finds weightiest, each with every other determinant of its configuration, so that the states are pure in spin. It grows also for states of
 * every symmetry that lie near those wanted, until their energies with the correction lie clearly above.
 *
 * Selection: B. Huron, J. P. Malrieu, P. Rancurel, J. Chem. Phys. 58, 5745 (1973), doi:10.1063/1.1679199 (CIPSI). Integrals
 * sorted by size end the sums early: A. A. Holmes, N. M. Tubman, C. J. Umrigar, J. Chem. Theory Comput. 12, 3674 (2016),
 * doi:10.1021/acs.jctc.6b00407. The correction is summed deterministically, one α string at a time.
 *
 * Cost: determinants × excitations that integrals allow, each doubling of the space twice that of before; memory 8 bytes for a pair
 * of connected determinants. The same bits on any number of threads. Throws InvalidInput `not-supported` where the first space
 * does not fit into memoryBytes, or its lowest configuration has too many open shells for the determinants allowed.
 */
SelectedCiResult selectedCi(const Hamiltonian& hamiltonian, const SelectedCiOptions& options);

}  // namespace ansatz
