#pragma once
#include <vector>

#include "ansatz/basis.hpp"

namespace ansatz::test {

/** Repulsion integrals over the Cartesian functions of a basis, one by one. */
class SlowIntegrals {
 public:
  explicit SlowIntegrals(const CartesianBasis& basis);

  /** (xy|cd) of one charge cloud x y with every other, [c][d]. */
  std::vector<double> cloud(const std::vector<double>& x, const std::vector<double>& y) const;

 private:
  std::size_t n_;
  std::vector<double> values_;  // [a][b][c][d]
};

}  // namespace ansatz::test
