#pragma once
#include <array>

#include "ansatz/basis.hpp"

namespace ansatz {

/** Powers of x, y, z. */
using Powers = std::array<int, 3>;

constexpr long long doubleFactorial(int n) {
  long long product = 1;
  for (; n > 1; n -= 2) product *= n;
  return product;
}

/** The `index`-th Cartesian monomial of degree l in the order xx, xy, xz, yy, yz, zz. */
constexpr Powers cartesianPowers(int l, int index) {
  int rest = 0;  // l - x
  while (index > rest) index -= ++rest;
  return {l - rest, rest - index, index};
}

/** Its inverse. */
constexpr int cartesianIndex(int, int y, int z) {
  const int rest = y + z;
  return rest * (rest + 1) / 2 + z;
}

}  // namespace ansatz
