#include "integrals/eri_kernel.hpp"

#include "integrals/boys_simd.hpp"
#include "integrals/recurrence.hpp"
#include "integrals/simd.hpp"

namespace ansatz::ANSATZ_ISA {
namespace {

void runVrr(const EriClass& c, const Recurrence& r, Vec* s) {
  const VrrOp* ops = c.vrr.data();
  for (const VrrRun *run = c.runs.data(), *end = run + c.runs.size(); run != end; ++run) {
    const VrrOp* op = ops + run->first;
    const VrrOp* last = ops + run->last;
    switch (run->kind) {
      case VrrRun::bra:
        for (; op != last; ++op) s[op->dst] = r.pa[op->axis] * s[op->x0] + r.wp[op->axis] * s[op->x1];
        break;
      case VrrRun::braN:
        for (; op != last; ++op)
          s[op->dst] = r.pa[op->axis] * s[op->x0] + r.wp[op->axis] * s[op->x1] +
                       (r.half1p * double(op->n)) * (s[op->y0] - r.rhoP * s[op->y1]);
        break;
      case VrrRun::ket:
        for (; op != last; ++op) s[op->dst] = r.qc[op->axis] * s[op->x0] + r.wq[op->axis] * s[op->x1];
        break;
      case VrrRun::ketN:
        for (; op != last; ++op)
          s[op->dst] = r.qc[op->axis] * s[op->x0] + r.wq[op->axis] * s[op->x1] +
                       (r.half1q * double(op->n)) * (s[op->y0] - r.rhoQ * s[op->y1]);
        break;
      case VrrRun::ketK:
        for (; op != last; ++op)
          s[op->dst] = r.qc[op->axis] * s[op->x0] + r.wq[op->axis] * s[op->x1] +
                       (r.half1pq * double(op->k)) * s[op->z];
        break;
      case VrrRun::ketNK:
        for (; op != last; ++op)
          s[op->dst] = r.qc[op->axis] * s[op->x0] + r.wq[op->axis] * s[op->x1] +
                       (r.half1q * double(op->n)) * (s[op->y0] - r.rhoQ * s[op->y1]) +
                       (r.half1pq * double(op->k)) * s[op->z];
        break;
    }
  }
}

/** Fills the recurrence and [0](m) for bra primitive i (a scalar) and ket primitive j (eight lanes). */
ANSATZ_INLINE void beginQuartet(const EriClass& c, const double* bra, int lane, const double* A, const double* ket,
                                const double* C, const double* boysTable, Recurrence& r, Vec* s) {
  const double p = bra[lane];
  const Vec q = load(ket);
  const Vec inverse = 1.0 / (q + p);
  const Vec rhoP = q * inverse;
  const Vec rhoQ = p * inverse;
  Vec squared = broadcast(0.0);
  for (int i = 0; i < 3; ++i) {
    const double P = bra[(i + 1) * lanes + lane];
    const Vec Q = load(ket + (i + 1) * lanes);
    const Vec PQ = P - Q;
    squared += PQ * PQ;
    r.pa[i] = broadcast(P - A[i * lanes + lane]);
    r.qc[i] = Q - load(C + i * lanes);
    r.wp[i] = -1.0 * rhoP * PQ;
    r.wq[i] = rhoQ * PQ;
  }
  r.half1p = broadcast(bra[4 * lanes + lane]);
  r.half1q = load(ket + 4 * lanes);
  r.half1pq = 0.5 * inverse;
  r.rhoP = rhoP;
  r.rhoQ = rhoQ;
  const Vec rho = p * rhoP;
  boysOf(c.repulsion, c.degree, boysTable, rho, rho * squared, s);
  const Vec prefactor = squareRoot(inverse);
  for (int m = 0; m <= c.degree; ++m) s[m] *= prefactor;
}

void ketHrr(const PairClass& ket, const double* geometry, int nRows, Vec* h) {
  Vec cd[3];
  for (int i = 0; i < 3; ++i) cd[i] = load(geometry + (3 + i) * lanes);
  const int n = static_cast<int>(ket.hrr.size());
  const HrrOp* ops = ket.hrr.data();
  for (int row = 0; row < nRows; ++row) {
    Vec* s = h + row * ket.nHrrSlots;
    for (int i = 0; i < n; ++i) s[ops[i].dst] = s[ops[i].x] + cd[ops[i].axis] * s[ops[i].y];
  }
}

/** Bra transfer on rows of `stride` vectors, for the columns listed. */
void braHrr(const PairClass& bra, const double* geometry, int lane, const std::uint16_t* columns, int nColumns, int stride,
            Vec* h) {
  const int n = static_cast<int>(bra.hrr.size());
  const HrrOp* ops = bra.hrr.data();
  for (int i = 0; i < n; ++i) {
    const double ab = geometry[(3 + ops[i].axis) * lanes + lane];
    Vec* dst = h + ops[i].dst * stride;
    const Vec* x = h + ops[i].x * stride;
    const Vec* y = h + ops[i].y * stride;
    for (int j = 0; j < nColumns; ++j) {
      const int k = columns[j];
      dst[k] = x[k] + ab * y[k];
    }
  }
}

ANSATZ_INLINE void clear(Vec* v, int n) {
  for (int i = 0; i < n; ++i) v[i] = broadcast(0.0);
}

/** bra coefficients times one primitive's ket-contracted integrals, added to rows of h. */
void contractBra(const PairClass& bra, const double* prim, int lane, int nKet, int stride, const Vec* acc, Vec* h) {
  const int nComponents = static_cast<int>(bra.components.size());
  for (int i = 0; i < nComponents; ++i) {
    const PairComponent component = bra.components.data()[i];
    const double coefficient = prim[(primFields + component.part) * lanes + lane];
    const Vec* from = acc + component.monomial * nKet;
    Vec* to = h + i * stride;
    for (int j = 0; j < nKet; ++j) to[j] += coefficient * from[j];
  }
}

}  // namespace

void eriGroup(const EriClass& c, const PairGroup& braGroup, int lane, const PairGroup& ketGroup, const double* boysTable,
              double* out, double* scratch) {
  const PairClass& bra = *c.bra;
  const PairClass& ket = *c.ket;
  const int nKet = static_cast<int>(ket.components.size());
  const int nBra = static_cast<int>(bra.components.size());
  Vec* s = reinterpret_cast<Vec*>(scratch);
  Vec* acc = s + c.nVrrSlots;
  Vec* h = acc + bra.nMonomials * nKet;
  const int stride = ket.nHrrSlots;
  for (int i = 0; i < nBra; ++i) clear(h + i * stride, nKet);

  Recurrence r;
  for (int i = 0; i < braGroup.nPrims; ++i) {
    const double* braPrim = braGroup.prims + i * braGroup.nFields * lanes;
    clear(acc, bra.nMonomials * nKet);
    for (int j = 0; j < ketGroup.nPrims; ++j) {
      const double* ketPrim = ketGroup.prims + j * ketGroup.nFields * lanes;
      beginQuartet(c, braPrim, lane, braGroup.geometry, ketPrim, ketGroup.geometry, boysTable, r, s);
      if (c.generated != nullptr) {
        c.generated(&r, s, ketPrim + primFields * lanes, acc);
        continue;
      }
      runVrr(c, r, s);
      const std::uint16_t* target = c.targets.data();
      for (int e = 0; e < bra.nMonomials; ++e, target += ket.nMonomials)
        for (int k = 0; k < nKet; ++k) {
          const PairComponent component = ket.components.data()[k];
          acc[e * nKet + k] += load(ketPrim + (primFields + component.part) * lanes) * s[target[component.monomial]];
        }
    }
    contractBra(bra, braPrim, lane, nKet, stride, acc, h);
  }
  ketHrr(ket, ketGroup.geometry, nBra, h);
  const int nFunctions = ket.nA * ket.nB;
  braHrr(bra, braGroup.geometry, lane, ket.functions.data(), nFunctions, stride, h);
  for (int i = 0; i < bra.nA * bra.nB; ++i) {
    const Vec* row = h + bra.functions.data()[i] * stride;
    for (int j = 0; j < nFunctions; ++j) store(out + (i * nFunctions + j) * lanes, row[ket.functions.data()[j]]);
  }
}

namespace {

/** (a|φ|b) but for 2^½ π^¼/π of eight charges, into the slots of h; smeared ones are Gaussians with the exponents of field 4. */
template <bool isSmeared>
ANSATZ_INLINE const Vec* attraction(const EriClass& c, const PairGroup& braGroup, int lane, const double* charges, const double* boysTable,
                                    double* scratch) {
  const PairClass& bra = *c.bra;
  Vec* s = reinterpret_cast<Vec*>(scratch);
  Vec* acc = s + c.nVrrSlots;
  Vec* h = acc + bra.nMonomials;
  clear(h, bra.nHrrSlots);
  Recurrence r;
  r.rhoP = broadcast(1.0);
  for (int i = 0; i < braGroup.nPrims; ++i) {
    const double* prim = braGroup.prims + i * braGroup.nFields * lanes;
    const double p = prim[lane];
    if constexpr (isSmeared) {
      const Vec q = load(charges + 4 * lanes);
      r.rhoP = q / (q + p);
    }
    Vec squared = broadcast(0.0);
    for (int k = 0; k < 3; ++k) {
      const double P = prim[(k + 1) * lanes + lane];
      const Vec PC = P - load(charges + k * lanes);
      squared += PC * PC;
      r.pa[k] = broadcast(P - braGroup.geometry[k * lanes + lane]);
      if constexpr (isSmeared) r.wp[k] = -1.0 * r.rhoP * PC;
      else r.wp[k] = -1.0 * PC;
    }
    r.half1p = broadcast(prim[4 * lanes + lane]);
    if constexpr (isSmeared) {
      boys(c.degree, boysTable, p * r.rhoP * squared, s);
      const Vec prefactor = squareRoot(r.rhoP);
      for (int m = 0; m <= c.degree; ++m) s[m] *= prefactor;
    } else {
      boys(c.degree, boysTable, p * squared, s);
    }
    runVrr(c, r, s);
    for (int e = 0; e < bra.nMonomials; ++e) acc[e] = s[c.targets.data()[e]];
    contractBra(bra, prim, lane, 1, 1, acc, h);
  }
  const std::uint16_t column = 0;
  braHrr(bra, braGroup.geometry, lane, &column, 1, 1, h);
  return h;
}

/** 2π/p F_m(p PC²) from coefficients that hold √2 π^(5/4)/p */
constexpr double ofPointCharge = 1.4142135623730951 / 1.3313353638003897;

}  // namespace

void nuclearGroup(const EriClass& c, const PairGroup& braGroup, int lane, const ChargeGroup& charges,
                  const double* boysTable, double* out, double* scratch) {
  const PairClass& bra = *c.bra;
  const Vec charge = load(charges.data + 3 * lanes) * -ofPointCharge;
  const Vec* h = attraction<false>(c, braGroup, lane, charges.data, boysTable, scratch);
  for (int i = 0; i < bra.nA * bra.nB; ++i)
    store(out + i * lanes, load(out + i * lanes) + charge * h[bra.functions.data()[i]]);
}

void smearedGroup(const EriClass& c, const PairGroup& braGroup, int lane, const double* charges, const double* boysTable, double* out,
                  double* scratch) {
  const PairClass& bra = *c.bra;
  const Vec* h = attraction<true>(c, braGroup, lane, charges, boysTable, scratch);
  for (int i = 0; i < bra.nA * bra.nB; ++i) store(out + i * lanes, ofPointCharge * h[bra.functions.data()[i]]);
}

}  // namespace ansatz::ANSATZ_ISA
