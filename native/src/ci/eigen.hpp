#pragma once
#include <cstddef>
#include <vector>

namespace ansatz {

struct SmallEigen {
  /** Ascending. */
  std::vector<double> values;
  /** Column k, element i at vectors[i · n + k]. */
  std::vector<double> vectors;
};

/** All eigenpairs of a small symmetric row-major matrix by cyclic Jacobi rotations; cost about 8 · 6 n³. */
SmallEigen smallEigen(std::size_t n, std::vector<double> matrix);

}  // namespace ansatz
