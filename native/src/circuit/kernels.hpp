#pragma once
#include <cstddef>

#include "ansatz/isa.hpp"

/** Gates on 2^n complex amplitudes in two arrays; bit q of an index is qubit q. */
namespace ansatz {

/** Row-major 2 × 2 complex matrix. */
struct Matrix2 {
  double re[4];
  double im[4];
};

ANSATZ_DECLARE(
    template <class Real>
    void applyMatrix(int n, int q, const Matrix2& m, Real* re, Real* im);
    /** Multiplies |0⟩ and |1⟩ of q by m's diagonal. */
    template <class Real>
    void applyDiagonal(int n, int q, const Matrix2& m, Real* re, Real* im);
    template <class Real>
    void applyControlledX(int n, int control, int target, Real* re, Real* im);
    /** Multiplies |11⟩ by c + i s. */
    template <class Real>
    void applyControlledPhase(int n, int a, int b, double c, double s, Real* re, Real* im);
    /** |a=1, b=0⟩ ← c|10⟩ + s|01⟩, |01⟩ ← c|01⟩ − s|10⟩. */
    template <class Real>
    void applyGivens(int n, int a, int b, double c, double s, Real* re, Real* im);)

}  // namespace ansatz
