#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "ansatz/control.hpp"
#include "selected_ci/determinant_space.hpp"

namespace ansatz {

/** A determinant outside the space and what it would lower a state by, to second order; Hartree, of the state where it is most. */
struct Candidate {
  double importance;
  Determinant determinant;

  /** Falling in importance; the determinant decides where that is the same, so that an order is one. */
  friend bool operator<(const Candidate& a, const Candidate& b) {
    return a.importance != b.importance ? a.importance > b.importance : a.determinant < b.determinant;
  }
};

struct PerturbationOptions {
  /** Energies of the states without the core energy, Hartree. */
  std::span<const double> energies;
  /** Terms |⟨D|H|I⟩ c_I| below this are left out, Hartree. */
  double screening = 0.0;
  /** Candidates wanted, the most important ones. */
  std::size_t candidates = 0;
  int threads = 1;
  Control control = {};
  /** Pairs of a target and a source string held at once, 16 bytes each; more where one bucket has more. */
  std::size_t pairsAtOnce = std::size_t{1} << 24;
};

struct Perturbation {
  /** Σ_D |⟨D|H|Ψ⟩|² / (E − ⟨D|H|D⟩) of each state, Hartree. */
  std::vector<double> corrections;
  /** By falling importance. */
  std::vector<Candidate> candidates;
};

/**
 * Second-order Epstein–Nesbet perturbation by every determinant D outside the space: all D of one α string together, from the
 * determinants whose α string is at most two excitations away, in a table over β strings. So each term is made once, none is kept
 * longer than its α string, and nothing is random. Where there are as many α as β electrons the states are of one spin each. `c` holds the states side by side, c[i · nroots + k].
 */
Perturbation perturb(const IntegralLists& integrals, const DeterminantSpace& space, std::span<const double> c,
                     const PerturbationOptions& options);

}  // namespace ansatz
