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

/** K[i][a][b] = (ia|jb) for i and a of a second space; j and b are of the first. */
using Partners = std::function<std::vector<double>(const ExcitationSpace& second)>;

/**
 * Calls consume(s, j, partners) for every occupied j of every space s in order.
 *
 * As many j, of whichever spaces, as fit `memoryBytes` share one pass over the integrals.
 */
void forEachOccupied(const System& system, const PairList& pairs, const std::vector<ExcitationSpace>& spaces,
                     const Mp2Options& options, const std::function<void(std::size_t, int, const Partners&)>& consume);

}  // namespace ansatz
