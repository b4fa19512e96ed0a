#pragma once
#include "integrals/simd.hpp"

namespace ansatz::ANSATZ_ISA {

/** The geometry of one primitive quartet in eight lanes, as the vertical recurrence wants it. */
struct Recurrence {
  Vec pa[3], wp[3], qc[3], wq[3];
  Vec half1p, half1q, half1pq;
  Vec rhoP, rhoQ;
};

}  // namespace ansatz::ANSATZ_ISA
