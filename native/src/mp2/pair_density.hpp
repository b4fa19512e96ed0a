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
   * Takes in the pairs with one electron in a fixed orbital: −Σ_ab x[i,a,b] y[k,a,b] to the occupied block (i, k),
   * Σ_ib x[i,a,b] y[i,c,b] to the virtual block (a, c). Both tensors [nOccupied, nVirtual, nPartner].
   */
  void add(int nPartner, const std::vector<double>& x, const std::vector<double>& y);
};

}  // namespace ansatz
