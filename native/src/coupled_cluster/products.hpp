#pragma once
#include <algorithm>

#include "ansatz/control.hpp"
#include "linalg/dense_kernels.hpp"
#include "parallel/parallel_for.hpp"

namespace ansatz {

/** c[m][n] += a[m][k] b[k][n] on this thread, row-major with the given row lengths. */
void addProduct(int m, int n, int k, const double* a, int lda, const double* b, int ldb, double* c, int ldc);

/** Work that is shared among threads in parts that do not depend on their number. */
struct Workers {
  int threads = 1;
  Control control;

  /** As addProduct, in parts of a few milliseconds. Throws Cancelled. */
  void addProduct(int m, int n, int k, const double* a, int lda, const double* b, int ldb, double* c, int ldc) const;

  /** body(0) … body(n − 1), each of which writes memory of its own. Throws Cancelled. */
  template <class Body>
  void forEach(int n, const Body& body) const {
    parallelFor(n, threads, [&](int i) {
      control.check();
      body(i);
    });
  }
};

}  // namespace ansatz
