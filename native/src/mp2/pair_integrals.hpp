#pragma once
#include <functional>

#include "ansatz/mp2.hpp"
#include "integrals/pair_list.hpp"

namespace ansatz {

/** Orbitals over Cartesian functions, one a row. */
struct ExcitationSpace {
  Matrix occupied;
  Matrix virtuals;
};

ExcitationSpace excitationSpace(const System& system, const Mp2Orbitals& orbitals);

/**
 * Calls consume(j, K) for every occupied j of `first` in order, with K[b][i][a] = (ia|jb), i and a of `second`.
 *
 * As many j as fit `memoryBytes` share one pass over the integrals.
 */
void forEachOccupied(const System& system, const PairList& pairs, const ExcitationSpace& first, const ExcitationSpace& second,
                     const Mp2Options& options, const std::function<void(int, const std::vector<double>&)>& consume);

}  // namespace ansatz
