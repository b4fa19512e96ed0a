#include "integrals/boys.hpp"

#include <cmath>
#include <numbers>

namespace ansatz {

double boysReference(int m, double T) {
  if (T > BoysTable::maxArgument + 1.0) {
    double value = 0.5 * std::sqrt(std::numbers::pi / T);
    for (int i = 1; i <= m; ++i) value *= (2 * i - 1) / (2.0 * T);
    return value;
  }
  // exp(−T) Σ (2T)^i / ((2m+1)(2m+3) … (2m+2i+1)): all terms positive, nothing cancels
  double term = 1.0 / (2 * m + 1);
  double total = term;
  for (int i = 1; term > 1e-17 * total; ++i) {
    term *= 2.0 * T / (2 * m + 2 * i + 1);
    total += term;
  }
  return std::exp(-T) * total;
}

BoysTable::BoysTable() : values_(static_cast<std::size_t>(maxOrder + 1) * rows * rowLength) {
  constexpr int highest = maxOrder + terms - 1;
  std::vector<double> f(highest + 1);
  for (int row = 0; row < rows; ++row) {
    const double T = static_cast<double>(row) / pointsPerUnit;
    f[highest] = boysReference(highest, T);
    for (int m = highest; m > 0; --m) f[m - 1] = (2.0 * T * f[m] + std::exp(-T)) / (2 * m - 1);
    for (int m = 0; m <= maxOrder; ++m) {
      double* to = values_.data() + (static_cast<std::size_t>(m) * rows + row) * rowLength;
      double factorial = 1.0;
      for (int k = 0; k < terms; ++k) {
        if (k > 0) factorial *= k;
        to[k] = f[m + k] / factorial;
      }
      to[terms] = std::exp(-T);
    }
  }
}

const BoysTable& BoysTable::instance() {
  static const BoysTable table;
  return table;
}

}  // namespace ansatz
