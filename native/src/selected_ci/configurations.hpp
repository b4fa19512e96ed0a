#pragma once
#include <cstddef>
#include <vector>

#include "selected_ci/integral_lists.hpp"
#include "selected_ci/perturbation.hpp"

namespace ansatz {

/** Which orbitals hold two electrons and which hold one: the determinants of one are closed under S². */
struct Configuration {
  String pairs = 0;
  String singles = 0;
  auto operator<=>(const Configuration&) const = default;
};

/** A string of the lowest n orbitals. */
inline String lowestOrbitals(int n) { return n == 64 ? ~String{0} : bit(n) - 1; }

inline Configuration configurationOf(const Determinant& d) { return {d.alpha & d.beta, d.alpha ^ d.beta}; }

/** Adds every determinant of a configuration with `nalpha` α electrons. */
void addDeterminants(const Configuration& configuration, int nalpha, std::vector<Determinant>& to, const Control& control = {});

/** How far a space may grow. */
struct SpaceLimits {
  /** No configuration is added to a space of so many determinants. */
  std::size_t wanted = 0;
  /** None is that would make it larger than this. */
  std::size_t most = 0;
};

/** Ascending, with the determinants of the candidates' configurations, in the order of candidates as far as the limits allow. */
std::vector<Determinant> grown(const std::vector<Determinant>& space, const std::vector<Candidate>& candidates,
                               const SpaceLimits& limits, const Control& control);

struct StartOptions {
  int nalpha = 0;
  int nbeta = 0;
  /** Of lowest energy. */
  std::size_t configurations = 0;
  /** Determinants at most: configurations that do not fit beside those of lower energy are left out. */
  std::size_t most = 0;
  Control control = {};
};

/**
 * Determinants that a search may start from: the configuration of lowest energy that moves of one and two electrons lead to from
 * the lowest orbitals, and the lowest of those one and two moves away, some of every symmetry among them; and some about the
 * lowest orbitals themselves, whose states may have a symmetry that the integrals do not show in these orbitals.
 *
 * Cost: nα (norb − nα) nβ (norb − nβ) energies of determinants for each descent. Throws InvalidInput `not-supported` where the lowest
 * configuration alone has more than `most` determinants, Cancelled.
 */
std::vector<Determinant> startingDeterminants(const IntegralLists& integrals, const StartOptions& options);

}  // namespace ansatz
