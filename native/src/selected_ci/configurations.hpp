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
void addDeterminants(const Configuration& configuration, int nalpha, std::vector<Determinant>& to);

/** Ascending, with the determinants of the candidates' configurations, in the order of candidates until `size` is reached. */
std::vector<Determinant> grown(const std::vector<Determinant>& space, const std::vector<Candidate>& candidates, std::size_t size);

/**
 * Determinants that a search may start from: the configuration of lowest energy that moves of one and two electrons lead to from
 * the lowest orbitals, and the lowest `count` of those one and two moves away, some of every symmetry among them; and some about the
 * lowest orbitals themselves, whose states may have a symmetry that the integrals do not show in these orbitals.
 */
std::vector<Determinant> startingDeterminants(const IntegralLists& integrals, int nalpha, int nbeta, std::size_t count);

}  // namespace ansatz
