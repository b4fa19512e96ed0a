#include "scf/orthogonaliser.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace ansatz {

OverlapSpectrum overlapSpectrum(const Matrix& overlap, const Control& control) {
  OverlapSpectrum spectrum{eigh(overlap, control), 0};
  const std::vector<double>& values = spectrum.eigen.values;
  spectrum.nDropped = static_cast<int>(std::lower_bound(values.begin(), values.end(), linearDependence) - values.begin());
  return spectrum;
}

Matrix orthogonaliser(const OverlapSpectrum& spectrum, const Control& control) {
  const auto& [s, nDropped] = spectrum;
  if (nDropped > 0) {
    Matrix x(s.vectors.rows, s.vectors.cols - nDropped);
    for (int i = 0; i < x.rows; ++i)
      for (int k = 0; k < x.cols; ++k) x(i, k) = s.vectors(i, nDropped + k) / std::sqrt(s.values[nDropped + k]);
    return x;
  }
  Matrix scaled = transpose(s.vectors);
  for (int i = 0; i < scaled.rows; ++i)
    for (int j = 0; j < scaled.cols; ++j) scaled(i, j) /= std::sqrt(std::sqrt(s.values[i]));
  return multiply(transpose(scaled), scaled, control);
}

}  // namespace ansatz
