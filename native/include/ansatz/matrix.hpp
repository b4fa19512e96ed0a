#pragma once
#include <cstddef>
#include <vector>

namespace ansatz {

/** A dense row-major matrix. */
struct Matrix {
  int rows = 0;
  int cols = 0;
  std::vector<double> data;

  Matrix() = default;
  Matrix(int nRows, int nCols) : rows(nRows), cols(nCols), data(static_cast<std::size_t>(nRows) * nCols, 0.0) {}

  double& operator()(int i, int j) { return data[static_cast<std::size_t>(i) * cols + j]; }
  double operator()(int i, int j) const { return data[static_cast<std::size_t>(i) * cols + j]; }
  double* row(int i) { return data.data() + static_cast<std::size_t>(i) * cols; }
  const double* row(int i) const { return data.data() + static_cast<std::size_t>(i) * cols; }
};

}  // namespace ansatz
