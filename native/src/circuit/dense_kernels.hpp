#pragma once
#include "ansatz/isa.hpp"

namespace ansatz {

ANSATZ_DECLARE(
    /**
     * Applies a matrix on `count` qubits (ascending, at most 3) to 2^n amplitudes; n at least `count`. `entries` has the real
     * parts, row-major [2^count, 2^count], then the imaginary parts, which are not read where the matrix is real.
     */
    template <class Real>
    void applyDense(int n, int count, const int* qubits, bool isReal, const Real* entries, Real* re, Real* im);)

}  // namespace ansatz
