#pragma once
#include <vector>

#include "ansatz/matrix.hpp"

namespace ansatz {

/** Occupied and virtual block of a correlation density of one spin, both symmetric. */
struct PairDensity {
  Matrix occupied;
  Matrix virtuals;

  PairDensity(int nOccupied, int nVirtual) : occupied(nOccupied, nOccupied), virtuals(nVirtual, nVirtual) {}

  /**
   * Takes in the pairs with one electron in a fixed orbital: −Σ_ba x[b,i,a] y[b,k,a] to the occupied block (i, k),
   * Σ_bi x[b,i,a] y[b,i,c] to the virtual block (a, c). Both tensors [nPartner, nOccupied, nVirtual].
   */
  void add(int nPartner, const std::vector<double>& x, const std::vector<double>& y);
};

}  // namespace ansatz
