#pragma once
#include "integrals/simd.hpp"

namespace ansatz::ANSATZ_ISA {

/** The geometry of a primitive quartet in each lane, as the vertical recurrence wants it. */
template <typename T>
struct RecurrenceOf {
  T pa[3], wp[3], qc[3], wq[3];
  T half1p, half1q, half1pq;
  T rhoP, rhoQ;
};
using Recurrence = RecurrenceOf<Vec>;

/** The same in the lanes of one piece. */
ANSATZ_INLINE RecurrenceOf<Piece> pieceOf(const Recurrence& r, int i) {
  RecurrenceOf<Piece> piece;
  for (int axis = 0; axis < 3; ++axis) {
    piece.pa[axis] = pieceOf(r.pa[axis], i);
    piece.wp[axis] = pieceOf(r.wp[axis], i);
    piece.qc[axis] = pieceOf(r.qc[axis], i);
    piece.wq[axis] = pieceOf(r.wq[axis], i);
  }
  piece.half1p = pieceOf(r.half1p, i);
  piece.half1q = pieceOf(r.half1q, i);
  piece.half1pq = pieceOf(r.half1pq, i);
  piece.rhoP = pieceOf(r.rhoP, i);
  piece.rhoQ = pieceOf(r.rhoQ, i);
  return piece;
}

}  // namespace ansatz::ANSATZ_ISA
