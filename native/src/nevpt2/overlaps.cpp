#include "nevpt2/overlaps.hpp"

#include <algorithm>

#include "integrals/aligned.hpp"
#include "linalg/dense_kernels.hpp"

namespace ansatz {

Matrix overlapsOf(const std::vector<std::vector<double>>& left, const std::vector<std::vector<double>>& right, std::size_t length,
                  const Control& control) {
  constexpr std::size_t piece = 1024;
  const int m = static_cast<int>(left.size()), n = static_cast<int>(right.size());
  Matrix sums(m, n);
  AlignedVector panel(256 * gemmPanelWidth);
  for (std::size_t first = 0; first < length; first += piece) {
    control.check();
    const int width = static_cast<int>(std::min(piece, length - first));
    Matrix a(m, width), b(width, n);
    for (int x = 0; x < m; ++x)
      if (const std::vector<double>& from = left[static_cast<std::size_t>(x)]; !from.empty())
        std::copy_n(from.data() + first, width, a.row(x));
    for (int y = 0; y < n; ++y)
      if (const std::vector<double>& from = right[static_cast<std::size_t>(y)]; !from.empty())
        for (int k = 0; k < width; ++k) b(k, y) = from[first + static_cast<std::size_t>(k)];
    ANSATZ_SELECT(gemm)(m, n, width, a.data.data(), width, b.data.data(), n, sums.data.data(), n, panel.data());
  }
  return sums;
}

}  // namespace ansatz
