#include "gradient/gradient_kernel.hpp"

#include <cmath>

#include "integrals/boys_simd.hpp"
#include "integrals/simd.hpp"

namespace ansatz::ANSATZ_ISA {
namespace {

ANSATZ_INLINE void clear(Vec* v, int n) {
  for (int i = 0; i < n; ++i) v[i] = broadcast(0.0);
}

/** to[i][j][lane] = factor[lane] D[row + i][columns[lane] + j] */
void gather(const double* D, int n, int row, int nRows, const std::int32_t* columns, int nColumns, const Vec& factor, Vec* to) {
  for (int i = 0; i < nRows; ++i) {
    const double* from = D + static_cast<long>(row + i) * n;
    for (int j = 0; j < nColumns; ++j, ++to) {
      Vec v = broadcast(0.0);
      for (int lane = 0; lane < lanes; ++lane) v[lane] = from[columns[lane] + j];
      *to = v * factor;
    }
  }
}

/** Coefficients [power][order] of the Hermite functions in (x − A)^power about a Gaussian at a distance from A. */
template <class T>
ANSATZ_INLINE void expand(int highest, const T& distance, const T& half1p, const T& zero, const T& one, T* e) {
  const int width = highest + 1;
  for (int i = 0; i < width * width; ++i) e[i] = zero;
  e[0] = one;
  for (int power = 0; power < highest; ++power) {
    const T* from = e + power * width;
    T* to = e + (power + 1) * width;
    for (int t = 0; t <= power; ++t) {
      to[t + 1] = to[t + 1] + half1p * from[t];
      to[t] = to[t] + distance * from[t];
      if (t > 0) to[t - 1] = to[t - 1] + from[t] * double(t);
    }
  }
}

/** Working memory of a quartet group, cut up. */
struct Memory {
  Vec* next;
  Vec* take(int n) {
    Vec* start = next;
    next += n;
    return start;
  }
};

/** Derivatives by the geometry of one primitive quartet. */
struct Slopes {
  Vec P[3];   // P, the bra as a whole
  Vec PA[3];  // P − A at fixed P
  Vec QC[3];
  Vec energy;
};

/** Density against Hermite integrals: U [p][f], V [p][f]. */
ANSATZ_INLINE void slopesOf(const GradientClass& c, const Vec* U, const Vec* V, PairCentres centres, Slopes& s) {
  const int nK = c.ket->nMonomials;
  const std::uint16_t* raised = c.raised.data();
  Vec x = broadcast(0.0), y = x, z = x, energy = x;
  for (int p = 0; p < c.nP; ++p, raised += 3) {
    const Vec* u = U + p * nK;
    const Vec* v = V + p * c.nF + c.firstF;
    const Vec* vx = V + raised[0] * c.nF + c.firstF;
    const Vec* vy = V + raised[1] * c.nF + c.firstF;
    const Vec* vz = V + raised[2] * c.nF + c.firstF;
    for (int f = 0; f < nK; ++f) {
      x += u[f] * vx[f];
      y += u[f] * vy[f];
      z += u[f] * vz[f];
      energy += u[f] * v[f];
    }
  }
  s.P[0] = x;
  s.P[1] = y;
  s.P[2] = z;
  s.energy = energy;
  for (int i = 0; i < 3; ++i) s.PA[i] = s.QC[i] = broadcast(0.0);
  if (centres.braOnTwo)
    for (const Lowering *l = c.braLowering.data(), *end = l + c.braLowering.size(); l != end; ++l) {
      const Vec* u = U + l->from * nK;
      const Vec* v = V + l->to * c.nF + c.firstF;
      Vec sum = broadcast(0.0);
      for (int f = 0; f < nK; ++f) sum += u[f] * v[f];
      s.PA[l->axis] += sum * double(l->n);
    }
  if (centres.ketOnTwo)
    for (int axis = 0; axis < 3; ++axis) {
      Vec total = broadcast(0.0);
      const Lowering* end = c.ketLowering.data() + c.ketLoweringOf.data()[axis + 1];
      for (const Lowering* l = c.ketLowering.data() + c.ketLoweringOf.data()[axis]; l != end; ++l) {
        Vec sum = broadcast(0.0);
        for (int p = 0; p < c.nP; ++p) sum += U[p * nK + l->from] * V[p * c.nF + l->to];
        total += sum * double(l->n);
      }
      s.QC[axis] = total;
    }
}

/** The transposed horizontal recurrence: gamma [ab][cd] to rows of ket slots for each bra component; bra slots stay in `bras`. */
void transposeHrr(const GradientClass& c, const PairGroup& bra, int lane, const PairGroup& ket, const double* gamma, Vec* bras,
                  Vec* rows) {
  const PairClass& b = *c.bra;
  const PairClass& k = *c.ket;
  const int nCD = k.nA * k.nB;
  clear(bras, b.nHrrSlots * nCD);
  for (int i = 0; i < b.nA * b.nB; ++i) {
    Vec* to = bras + b.functions.data()[i] * nCD;
    for (int j = 0; j < nCD; ++j) to[j] = load(gamma + (i * nCD + j) * lanes);
  }
  for (int i = static_cast<int>(b.hrr.size()) - 1; i >= 0; --i) {
    const HrrOp op = b.hrr.data()[i];
    const double ab = bra.geometry[(3 + op.axis) * lanes + lane];
    const Vec* from = bras + op.dst * nCD;
    Vec* x = bras + op.x * nCD;
    Vec* y = bras + op.y * nCD;
    for (int j = 0; j < nCD; ++j) {
      x[j] += from[j];
      y[j] += ab * from[j];
    }
  }
  Vec cd[3];
  for (int i = 0; i < 3; ++i) cd[i] = load(ket.geometry + (3 + i) * lanes);
  const int nHrr = static_cast<int>(k.hrr.size());
  const int nBra = static_cast<int>(b.components.size());
  clear(rows, nBra * k.nHrrSlots);
  for (int row = 0; row < nBra; ++row) {
    Vec* to = rows + row * k.nHrrSlots;
    for (int j = 0; j < nCD; ++j) to[k.functions.data()[j]] = bras[row * nCD + j];
    for (int i = nHrr - 1; i >= 0; --i) {
      const HrrOp op = k.hrr.data()[i];
      to[op.x] += to[op.dst];
      to[op.y] += cd[op.axis] * to[op.dst];
    }
  }
}

/** Runs the horizontal recurrences on contracted integrals (their components in `values`) and adds their explicit slopes. */
void addHrrSlopes(const GradientClass& c, const PairGroup& bra, int lane, const PairGroup& ket, const Vec* bras, const Vec* rows,
                  Vec* values, Vec* braValues, Vec* byA, Vec* byC) {
  const PairClass& b = *c.bra;
  const PairClass& k = *c.ket;
  const int nCD = k.nA * k.nB;
  const int nBra = static_cast<int>(b.components.size());
  Vec cd[3];
  for (int i = 0; i < 3; ++i) cd[i] = load(ket.geometry + (3 + i) * lanes);
  const int nHrr = static_cast<int>(k.hrr.size());
  for (int row = 0; row < nBra; ++row) {
    Vec* v = values + row * k.nHrrSlots;
    const Vec* slope = rows + row * k.nHrrSlots;
    for (int i = 0; i < nHrr; ++i) {
      const HrrOp op = k.hrr.data()[i];
      byC[op.axis] += slope[op.dst] * v[op.y];
      v[op.dst] = v[op.x] + cd[op.axis] * v[op.y];
    }
    for (int j = 0; j < nCD; ++j) braValues[row * nCD + j] = v[k.functions.data()[j]];
  }
  for (int i = 0, n = static_cast<int>(b.hrr.size()); i < n; ++i) {
    const HrrOp op = b.hrr.data()[i];
    const double ab = bra.geometry[(3 + op.axis) * lanes + lane];
    const Vec* slope = bras + op.dst * nCD;
    const Vec* x = braValues + op.x * nCD;
    const Vec* y = braValues + op.y * nCD;
    Vec* to = braValues + op.dst * nCD;
    Vec total = broadcast(0.0);
    for (int j = 0; j < nCD; ++j) {
      total += slope[j] * y[j];
      to[j] = x[j] + ab * y[j];
    }
    byA[op.axis] += total;
  }
}

constexpr int maxWidth = 8;

}  // namespace

void quartetDensity(const QuartetDensities& q, double* gamma, double* scratch) {
  Memory memory{reinterpret_cast<Vec*>(scratch)};
  const Vec weight = load(q.weight);
  const Vec one = broadcast(1.0);
  const Vec coulomb = weight * q.coulombFactor;
  const Vec factor = weight * (-q.exchangeFactor);
  const int nCD = q.nC * q.nD;
  Vec* cd = memory.take(nCD);
  Vec* ac = memory.take(q.nA * q.nC);
  Vec* ad = memory.take(q.nA * q.nD);
  Vec* bc = memory.take(q.nB * q.nC);
  Vec* bd = memory.take(q.nB * q.nD);
  for (int i = 0; i < q.nC; ++i)
    for (int j = 0; j < q.nD; ++j) {
      Vec v = broadcast(0.0);
      for (int lane = 0; lane < lanes; ++lane) v[lane] = q.total[static_cast<long>(q.c[lane] + i) * q.n + q.d[lane] + j];
      cd[i * q.nD + j] = v * coulomb;
    }
  for (int a = 0; a < q.nA; ++a)
    for (int b = 0; b < q.nB; ++b) {
      const double ab = q.total[static_cast<long>(q.a + a) * q.n + q.b + b];
      double* to = gamma + (a * q.nB + b) * nCD * lanes;
      for (int k = 0; k < nCD; ++k) store(to + k * lanes, cd[k] * ab);
    }
  for (int spin = 0; spin < q.nSpins; ++spin) {
    const double* D = q.spins[spin];
    gather(D, q.n, q.a, q.nA, q.c, q.nC, factor, ac);
    gather(D, q.n, q.a, q.nA, q.d, q.nD, factor, ad);
    gather(D, q.n, q.b, q.nB, q.c, q.nC, one, bc);
    gather(D, q.n, q.b, q.nB, q.d, q.nD, one, bd);
    double* to = gamma;
    for (int a = 0; a < q.nA; ++a)
      for (int b = 0; b < q.nB; ++b)
        for (int i = 0; i < q.nC; ++i) {
          const Vec vac = ac[a * q.nC + i];
          const Vec vbc = bc[b * q.nC + i];
          for (int j = 0; j < q.nD; ++j, to += lanes)
            store(to, load(to) + vac * bd[b * q.nD + j] + ad[a * q.nD + j] * vbc);
        }
  }
}

void gradientGroup(const GradientClass& c, const PairGroup& braGroup, int lane, const PairGroup& ketGroup, PairCentres centres,
                   const double* gamma, const double* boysTable, double* out, double* scratch) {
  const PairClass& bra = *c.bra;
  const PairClass& ket = *c.ket;
  const int nCD = ket.nA * ket.nB;
  const int nBra = static_cast<int>(bra.components.size());
  const int nKet = static_cast<int>(ket.components.size());
  const int nK = ket.nMonomials;
  const int nTerms = static_cast<int>(c.ketTerms.size());
  const int firstF = centres.ketOnTwo ? 0 : c.firstF;
  const bool explicitSlopes = (centres.braOnTwo && bra.hrr.size() > 0) || (centres.ketOnTwo && ket.hrr.size() > 0);

  Memory memory{reinterpret_cast<Vec*>(scratch)};
  Vec* bras = memory.take(bra.nHrrSlots * nCD);
  Vec* rows = memory.take(nBra * ket.nHrrSlots);
  Vec* values = memory.take(nBra * ket.nHrrSlots);
  Vec* braValues = memory.take(bra.nHrrSlots * nCD);
  Vec* byMonomial = memory.take(bra.nMonomials * nKet);
  Vec* W = memory.take(c.nP * nKet);
  Vec* weighted = memory.take(c.nP * nK);
  Vec* V = memory.take(c.nRaised * c.nF);
  Vec* contracted = memory.take(c.nP * nKet);
  Vec* R = memory.take(c.nHermite);
  Vec* other = memory.take(c.nHermite);
  Vec* s = memory.take(c.degree + 1);
  Vec* ketCoefficients = memory.take(ketGroup.nPrims * nTerms);

  transposeHrr(c, braGroup, lane, ketGroup, gamma, bras, rows);
  if (explicitSlopes)
    for (int row = 0; row < nBra; ++row) clear(values + row * ket.nHrrSlots, nKet);

  for (int j = 0; j < ketGroup.nPrims; ++j) {
    const double* prim = ketGroup.prims + j * ketGroup.nFields * lanes;
    Vec e[3 * maxWidth * maxWidth];
    const int size = c.ketWidth() * c.ketWidth();
    for (int i = 0; i < 3; ++i)
      expand(ket.eMax, centres.ketOnTwo ? load(prim + (1 + i) * lanes) - load(ketGroup.geometry + i * lanes) : broadcast(0.0),
             load(prim + 4 * lanes), broadcast(0.0), broadcast(1.0), e + i * size);
    Vec* to = ketCoefficients + j * nTerms;
    for (int k = 0; k < nTerms; ++k) {
      const HermiteTerm term = c.ketTerms.data()[k];
      const Vec product = e[term.place[0]] * e[size + term.place[1]] * e[2 * size + term.place[2]];
      to[k] = term.negative ? product * -1.0 : product;
    }
  }

  Vec byA[3], byC[3], byP[3];
  for (int i = 0; i < 3; ++i) byA[i] = byC[i] = byP[i] = broadcast(0.0);
  double AB[3];
  Vec CD[3];
  for (int i = 0; i < 3; ++i) {
    AB[i] = braGroup.geometry[(3 + i) * lanes + lane];
    CD[i] = load(ketGroup.geometry + (3 + i) * lanes);
  }

  for (int ip = 0; ip < braGroup.nPrims; ++ip) {
    const double* braPrim = braGroup.prims + ip * braGroup.nFields * lanes;
    const double p = braPrim[lane];
    const double share = braPrim[5 * lanes + lane];
    double e[3 * maxWidth * maxWidth];
    const int size = c.braWidth() * c.braWidth();
    for (int i = 0; i < 3; ++i)
      expand(bra.eMax, centres.braOnTwo ? braPrim[(1 + i) * lanes + lane] - braGroup.geometry[i * lanes + lane] : 0.0,
             braPrim[4 * lanes + lane], 0.0, 1.0, e + i * size);
    clear(byMonomial, bra.nMonomials * nKet);
    for (int b = 0; b < nBra; ++b) {
      const PairComponent component = bra.components.data()[b];
      const double coefficient = braPrim[(primFields + component.part) * lanes + lane];
      Vec* to = byMonomial + component.monomial * nKet;
      const Vec* from = rows + b * ket.nHrrSlots;
      for (int k = 0; k < nKet; ++k) to[k] += coefficient * from[k];
    }
    clear(W, c.nP * nKet);
    const HermiteTerm* termsEnd = c.braTerms.data() + c.braTerms.size();
    for (const HermiteTerm* term = c.braTerms.data(); term != termsEnd; ++term) {
      const double coefficient = e[term->place[0]] * e[size + term->place[1]] * e[2 * size + term->place[2]];
      if (coefficient == 0.0) continue;
      Vec* to = W + term->hermite * nKet;
      const Vec* from = byMonomial + term->monomial * nKet;
      for (int k = 0; k < nKet; ++k) to[k] += coefficient * from[k];
    }
    if (explicitSlopes) clear(contracted, c.nP * nKet);

    for (int j = 0; j < ketGroup.nPrims; ++j) {
      const double* ketPrim = ketGroup.prims + j * ketGroup.nFields * lanes;
      const double* coefficients = ketPrim + primFields * lanes;
      const Vec q = load(ketPrim);
      const Vec inverse = 1.0 / (q + p);
      const Vec rho = q * inverse * p;
      Vec PQ[3];
      Vec squared = broadcast(0.0);
      for (int i = 0; i < 3; ++i) {
        PQ[i] = braPrim[(1 + i) * lanes + lane] - load(ketPrim + (1 + i) * lanes);
        squared += PQ[i] * PQ[i];
      }
      boysOf(c.repulsion, c.degree, boysTable, rho, rho * squared, s);
      Vec scale;
      for (int i = 0; i < lanes; ++i) scale[i] = std::sqrt(inverse[i]);
      if (c.singleKet) scale = scale * load(coefficients);
      const Vec step = rho * -2.0;
      for (int m = 0; m <= c.degree; ++m) {
        s[m] = s[m] * scale;
        scale = scale * step;
      }
      // R_tuv(0), each level from the one above it
      Vec* level = R;
      Vec* above = other;
      level[0] = s[c.degree];
      for (int m = c.degree - 1; m >= 0; --m) {
        Vec* swap = level;
        level = above;
        above = swap;
        level[0] = s[m];
        const int n = monomialsBelow(c.degree - m + 1);
        const HermiteOp* op = c.hermite.data();
        for (int k = 1; k < n; ++k) {
          Vec v = PQ[op[k].axis] * above[op[k].x];
          if (op[k].n > 0) v += above[op[k].y] * double(op[k].n);
          level[k] = v;
        }
      }
      // [p|f) = Σ_q E^f_q (−1)^q R_{p+q}
      const Vec* ketCoefficient = ketCoefficients + j * nTerms;
      const HermiteTerm* ketTerms = c.ketTerms.data();
      for (int h = 0; h < c.nRaised; ++h) {
        const std::uint16_t* sum = c.sums.data() + h * c.nQ;
        for (int f = h < c.nP ? firstF : c.firstF; f < c.nF; ++f) {
          const std::uint32_t last = c.ketTermsOf.data()[f + 1];
          std::uint32_t k = c.ketTermsOf.data()[f];
          Vec v = ketCoefficient[k] * level[sum[ketTerms[k].hermite]];
          for (++k; k < last; ++k) v += ketCoefficient[k] * level[sum[ketTerms[k].hermite]];
          V[h * c.nF + f] = v;
        }
      }
      const Vec* U = W;
      if (!c.singleKet) {
        clear(weighted, c.nP * nK);
        for (int k = 0; k < nKet; ++k) {
          const PairComponent component = ket.components.data()[k];
          const Vec coefficient = load(coefficients + component.part * lanes);
          for (int h = 0; h < c.nP; ++h) weighted[h * nK + component.monomial] += coefficient * W[h * nKet + k];
        }
        U = weighted;
      }
      Slopes slopes;
      slopesOf(c, U, V, centres, slopes);
      const Vec shareC = load(ketPrim + 5 * lanes);
      const Vec rest = 1.0 - shareC;
      const Vec stretch = q * shareC * rest * 2.0 * slopes.energy;
      for (int i = 0; i < 3; ++i) {
        byP[i] += slopes.P[i];
        if (centres.braOnTwo)
          byA[i] += slopes.P[i] * share - slopes.PA[i] * (2.0 * p * (1.0 - share)) -
                    slopes.energy * (2.0 * p * share * (1.0 - share) * AB[i]);
        if (centres.ketOnTwo) byC[i] += -1.0 * (slopes.P[i] * shareC + slopes.QC[i] * rest + stretch * CD[i]);
      }
      if (!explicitSlopes) continue;
      for (int h = 0; h < c.nP; ++h) {
        Vec* to = contracted + h * nKet;
        const Vec* from = V + h * c.nF + c.firstF;
        if (c.singleKet)
          for (int k = 0; k < nKet; ++k) to[k] += from[k];
        else
          for (int k = 0; k < nKet; ++k) {
            const PairComponent component = ket.components.data()[k];
            to[k] += load(coefficients + component.part * lanes) * from[component.monomial];
          }
      }
    }

    if (!explicitSlopes) continue;
    clear(byMonomial, bra.nMonomials * nKet);
    for (const HermiteTerm* term = c.braTerms.data(); term != termsEnd; ++term) {
      const double coefficient = e[term->place[0]] * e[size + term->place[1]] * e[2 * size + term->place[2]];
      if (coefficient == 0.0) continue;
      Vec* to = byMonomial + term->monomial * nKet;
      const Vec* from = contracted + term->hermite * nKet;
      for (int k = 0; k < nKet; ++k) to[k] += coefficient * from[k];
    }
    for (int b = 0; b < nBra; ++b) {
      const PairComponent component = bra.components.data()[b];
      const double coefficient = braPrim[(primFields + component.part) * lanes + lane];
      Vec* to = values + b * ket.nHrrSlots;
      const Vec* from = byMonomial + component.monomial * nKet;
      for (int k = 0; k < nKet; ++k) to[k] += coefficient * from[k];
    }
  }
  if (explicitSlopes) addHrrSlopes(c, braGroup, lane, ketGroup, bras, rows, values, braValues, byA, byC);
  for (int i = 0; i < 3; ++i) {
    store(out + i * lanes, byA[i]);
    store(out + (3 + i) * lanes, byC[i]);
    store(out + (6 + i) * lanes, byP[i]);
  }
}

}  // namespace ansatz::ANSATZ_ISA
