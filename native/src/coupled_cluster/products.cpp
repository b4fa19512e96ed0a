#include "coupled_cluster/products.hpp"

#include "integrals/aligned.hpp"

namespace ansatz {

void addProduct(int m, int n, int k, const double* a, int lda, const double* b, int ldb, double* c, int ldc) {
  thread_local AlignedVector panel(256 * gemmPanelWidth);
  ANSATZ_SELECT(gemm)(m, n, k, a, lda, b, ldb, c, ldc, panel.data());
}

void Workers::addProduct(int m, int n, int k, const double* a, int lda, const double* b, int ldb, double* c, int ldc) const {
  constexpr int rows = 96;
  constexpr int columns = 32 * gemmPanelWidth;
  constexpr int sums = 2048;
  const int across = (n + columns - 1) / columns;
  forEach((m + rows - 1) / rows * across, [&](int part) {
    const int i = part / across * rows;
    const int j = part % across * columns;
    for (int p = 0; p < k; p += sums) {
      control.check();
      ansatz::addProduct(std::min(rows, m - i), std::min(columns, n - j), std::min(sums, k - p), a + static_cast<std::ptrdiff_t>(i) * lda + p, lda,
                         b + static_cast<std::ptrdiff_t>(p) * ldb + j, ldb, c + static_cast<std::ptrdiff_t>(i) * ldc + j, ldc);
    }
  });
}

}  // namespace ansatz
