#pragma once
#include <cstddef>
#include <vector>

namespace ansatz {

/**
 * F_m(T) = ∫₀¹ t^2m exp(−T t²) dt on a grid, for Taylor expansion about the nearest point.
 *
 * Row i of order m fills one cache line: F_{m+k}(i/16)/k! for k = 0 … 6, then exp(−i/16). With |T − T_i| ≤ 1/32 the first
 * term left out is below 6e-15 F_{m+7}.
 */
class BoysTable {
 public:
  static constexpr int maxOrder = 16;
  static constexpr int terms = 7;
  static constexpr int rowLength = 8;
  static constexpr int pointsPerUnit = 16;
  static constexpr int maxArgument = 64;
  static constexpr int rows = maxArgument * pointsPerUnit + 1;

  static const BoysTable& instance();
  const double* order(int m) const { return values_.data() + static_cast<std::size_t>(m) * rows * rowLength; }

 private:
  BoysTable();
  std::vector<double> values_;
};

/** F_m(T) by its series, or for T beyond the table by its asymptotic form: the slow readable twin. */
double boysReference(int m, double T);

}  // namespace ansatz
