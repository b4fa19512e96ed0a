#pragma once
#include <vector>

#include "ansatz/basis.hpp"

namespace ansatz {

/** A basis whose shells share primitives where they can, and the function of the original that each of its functions is. */
struct MergedBasis {
  CartesianBasis basis;
  std::vector<int> original;
};

/**
 * Contractions of one angular momentum over the same primitives become parts of one shell, as in cc-pVDZ: the primitives of
 * a quartet are then computed once for all of them. Only s and p: d shells of several parts would need too much memory.
 */
MergedBasis mergeContractions(const CartesianBasis& basis);

}  // namespace ansatz
