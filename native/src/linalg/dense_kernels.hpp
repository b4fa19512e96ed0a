#pragma once
#include "ansatz/isa.hpp"

namespace ansatz {

/** c[m][n] += a[m][k] b[k][n], row-major with the given row lengths; `panel` holds gemmPanelSize(k) doubles, aligned. */
using Gemm = void(int m, int n, int k, const double* a, int lda, const double* b, int ldb, double* c, int ldc, double* panel);
constexpr int gemmPanelWidth = 24;

/** Σ x_i y_i */
using Dot = double(int n, const double* x, const double* y);

/** a[i][j] −= v_i w_j + w_i v_j for i, j in [first, n) of a symmetric matrix kept in full. */
using Rank2Update = void(int first, int n, double* a, int lda, const double* v, const double* w);

/** (x, y) ← (c x − s y, s x + c y), a plane rotation of two rows. */
using Rotate = void(int n, double* x, double* y, double c, double s);

/** y += a x */
using Axpy = void(int n, double a, const double* x, double* y);

ANSATZ_DECLARE(Gemm gemm; Dot dotKernel; Rank2Update rank2Update; Rotate rotate; Axpy axpy;)

}  // namespace ansatz
