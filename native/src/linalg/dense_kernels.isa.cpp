#include "linalg/dense_kernels.hpp"

#include "integrals/simd.hpp"

namespace ansatz::ANSATZ_ISA {
namespace {

// Accumulators that fit the registers: 8 × 3 of 32 with AVX-512, fewer elsewhere (a Vec is two or four registers there).
#if defined(ANSATZ_ISA_avx512)
constexpr int tileRows = 8;
constexpr int tileVecs = 3;
#elif defined(ANSATZ_ISA_avx2)
constexpr int tileRows = 6;
constexpr int tileVecs = 1;
#else
constexpr int tileRows = 2;
constexpr int tileVecs = 1;
#endif
static_assert(gemmPanelWidth % (tileVecs * lanes) == 0);

template <int rows>
ANSATZ_INLINE void tile(int k, const double* a, int lda, const double* panel, double* c, int ldc, int width) {
  Vec acc[rows][tileVecs];
  for (int i = 0; i < rows; ++i)
    for (int j = 0; j < tileVecs; ++j) acc[i][j] = broadcast(0.0);
  for (int p = 0; p < k; ++p) {
    Vec b[tileVecs];
    for (int j = 0; j < tileVecs; ++j) b[j] = load(panel + p * gemmPanelWidth + j * lanes);
    for (int i = 0; i < rows; ++i) {
      const Vec x = broadcast(a[static_cast<long>(i) * lda + p]);
      for (int j = 0; j < tileVecs; ++j) acc[i][j] += x * b[j];
    }
  }
  for (int i = 0; i < rows; ++i)
    for (int j = 0; j < tileVecs; ++j) {
      double* to = c + static_cast<long>(i) * ldc + j * lanes;
      const int left = width - j * lanes;
      if (left >= lanes) store(to, load(to) + acc[i][j]);
      else
        for (int l = 0; l < left; ++l) to[l] += acc[i][j][l];
    }
}

/** A row of a panel, filled up with zeros. */
ANSATZ_INLINE void pack(const double* from, int width, double* to) {
  int j = 0;
  for (; j + lanes <= width; j += lanes) store(to + j, load(from + j));
  for (; j < width; ++j) to[j] = from[j];
  for (; j < gemmPanelWidth; ++j) to[j] = 0.0;
}

/** The rows that are left, fewer than a tile's. */
template <int rows>
ANSATZ_INLINE void lastRows(int left, int k, const double* a, int lda, const double* panel, double* c, int ldc, int width) {
  if constexpr (rows > 0) {
    if (left == rows) tile<rows>(k, a, lda, panel, c, ldc, width);
    else lastRows<rows - 1>(left, k, a, lda, panel, c, ldc, width);
  }
}

}  // namespace

void gemm(int m, int n, int k, const double* a, int lda, const double* b, int ldb, double* c, int ldc, double* panel) {
  constexpr int kBlock = 256;
  for (int k0 = 0; k0 < k; k0 += kBlock) {
    const int kn = k - k0 < kBlock ? k - k0 : kBlock;
    for (int j0 = 0; j0 < n; j0 += gemmPanelWidth) {
      const int width = n - j0 < gemmPanelWidth ? n - j0 : gemmPanelWidth;
      for (int p = 0; p < kn; ++p) pack(b + static_cast<long>(k0 + p) * ldb + j0, width, panel + p * gemmPanelWidth);
      for (int jt = 0; jt < width; jt += tileVecs * lanes) {
        int i = 0;
        for (; i + tileRows <= m; i += tileRows)
          tile<tileRows>(kn, a + static_cast<long>(i) * lda + k0, lda, panel + jt, c + static_cast<long>(i) * ldc + j0 + jt,
                         ldc, width - jt);
        lastRows<tileRows - 1>(m - i, kn, a + static_cast<long>(i) * lda + k0, lda, panel + jt,
                               c + static_cast<long>(i) * ldc + j0 + jt, ldc, width - jt);
      }
    }
  }
}

double dotKernel(int n, const double* x, const double* y) {
  Vec t0 = broadcast(0.0);
  Vec t1 = broadcast(0.0);
  int i = 0;
  for (; i + 2 * lanes <= n; i += 2 * lanes) {
    t0 += load(x + i) * load(y + i);
    t1 += load(x + i + lanes) * load(y + i + lanes);
  }
  double rest = 0.0;
  for (; i < n; ++i) rest += x[i] * y[i];
  return sum(t0 + t1) + rest;
}

void axpy(int n, double a, const double* x, double* y) {
  for (int i = 0; i < n; ++i) y[i] += a * x[i];
}

void rank2Update(int first, int n, double* a, int lda, const double* v, const double* w) {
  for (int i = first; i < n; ++i) {
    double* row = a + static_cast<long>(i) * lda;
    const double vi = v[i];
    const double wi = w[i];
    for (int j = first; j < n; ++j) row[j] -= vi * w[j] + wi * v[j];
  }
}

void rotate(int n, double* x, double* y, double c, double s) {
  for (int i = 0; i < n; ++i) {
    const double xi = x[i];
    const double yi = y[i];
    x[i] = c * xi - s * yi;
    y[i] = s * xi + c * yi;
  }
}

}  // namespace ansatz::ANSATZ_ISA
