#include "integrals/digest.hpp"

#include <cstring>

#include "integrals/simd.hpp"

namespace ansatz::ANSATZ_ISA {
namespace {

/** Exchange blocks of a quartet group: densities gathered, contributions to be scattered. */
struct Block {
  Vec* density;
  Vec* exchange;
};

#if defined(ANSATZ_ISA_avx512) && (defined(__GNUC__) || defined(__clang__))
using Pair = double __attribute__((vector_size(16)));
using Quad = double __attribute__((vector_size(32)));

template <typename T>
ANSATZ_INLINE T loadAs(const double* p) {
  T v;
  std::memcpy(&v, p, sizeof v);
  return v;
}
template <typename T>
ANSATZ_INLINE void addTo(double* p, const T& v) {
  const T sum = loadAs<T>(p) + v;
  std::memcpy(p, &sum, sizeof sum);
}

/** Two neighbouring numbers of eight lanes become two vectors of one number each. */
ANSATZ_INLINE void gatherPair(const double* from, const std::int32_t* at, Vec* to) {
  Quad t[4];
  for (int i = 0; i < 4; ++i)
    t[i] = __builtin_shufflevector(loadAs<Pair>(from + at[2 * i]), loadAs<Pair>(from + at[2 * i + 1]), 0, 1, 2, 3);
  const Vec low = __builtin_shufflevector(t[0], t[1], 0, 1, 2, 3, 4, 5, 6, 7);
  const Vec high = __builtin_shufflevector(t[2], t[3], 0, 1, 2, 3, 4, 5, 6, 7);
  to[0] = __builtin_shufflevector(low, high, 0, 2, 4, 6, 8, 10, 12, 14);
  to[1] = __builtin_shufflevector(low, high, 1, 3, 5, 7, 9, 11, 13, 15);
}

/** Its inverse, adding; lanes in order, since two may share a place. */
ANSATZ_INLINE void scatterPair(const Vec* v, const std::int32_t* at, double* to) {
  const Vec t[2] = {__builtin_shufflevector(v[0], v[1], 0, 8, 1, 9, 2, 10, 3, 11),
                    __builtin_shufflevector(v[0], v[1], 4, 12, 5, 13, 6, 14, 7, 15)};
  for (int i = 0; i < 2; ++i) {
    addTo(to + at[4 * i], __builtin_shufflevector(t[i], t[i], 0, 1));
    addTo(to + at[4 * i + 1], __builtin_shufflevector(t[i], t[i], 2, 3));
    addTo(to + at[4 * i + 2], __builtin_shufflevector(t[i], t[i], 4, 5));
    addTo(to + at[4 * i + 3], __builtin_shufflevector(t[i], t[i], 6, 7));
  }
}

/** Four neighbouring numbers of eight lanes become four vectors of one number each. */
ANSATZ_INLINE void gatherQuad(const double* from, const std::int32_t* at, Vec* to) {
  Vec t[4];
  for (int i = 0; i < 4; ++i)
    t[i] = __builtin_shufflevector(loadAs<Quad>(from + at[i]), loadAs<Quad>(from + at[i + 4]), 0, 1, 2, 3, 4, 5, 6, 7);
  const Vec u0 = __builtin_shufflevector(t[0], t[1], 0, 8, 2, 10, 4, 12, 6, 14);
  const Vec u1 = __builtin_shufflevector(t[0], t[1], 1, 9, 3, 11, 5, 13, 7, 15);
  const Vec u2 = __builtin_shufflevector(t[2], t[3], 0, 8, 2, 10, 4, 12, 6, 14);
  const Vec u3 = __builtin_shufflevector(t[2], t[3], 1, 9, 3, 11, 5, 13, 7, 15);
  to[0] = __builtin_shufflevector(u0, u2, 0, 1, 8, 9, 4, 5, 12, 13);
  to[1] = __builtin_shufflevector(u1, u3, 0, 1, 8, 9, 4, 5, 12, 13);
  to[2] = __builtin_shufflevector(u0, u2, 2, 3, 10, 11, 6, 7, 14, 15);
  to[3] = __builtin_shufflevector(u1, u3, 2, 3, 10, 11, 6, 7, 14, 15);
}

ANSATZ_INLINE void scatterQuad(const Vec* v, const std::int32_t* at, double* to) {
  const Vec u0 = __builtin_shufflevector(v[0], v[1], 0, 8, 2, 10, 4, 12, 6, 14);
  const Vec u1 = __builtin_shufflevector(v[0], v[1], 1, 9, 3, 11, 5, 13, 7, 15);
  const Vec u2 = __builtin_shufflevector(v[2], v[3], 0, 8, 2, 10, 4, 12, 6, 14);
  const Vec u3 = __builtin_shufflevector(v[2], v[3], 1, 9, 3, 11, 5, 13, 7, 15);
  const Vec t[4] = {__builtin_shufflevector(u0, u2, 0, 1, 8, 9, 4, 5, 12, 13),
                    __builtin_shufflevector(u1, u3, 0, 1, 8, 9, 4, 5, 12, 13),
                    __builtin_shufflevector(u0, u2, 2, 3, 10, 11, 6, 7, 14, 15),
                    __builtin_shufflevector(u1, u3, 2, 3, 10, 11, 6, 7, 14, 15)};
  for (int i = 0; i < 4; ++i) addTo(to + at[i], __builtin_shufflevector(t[i], t[i], 0, 1, 2, 3));
  for (int i = 0; i < 4; ++i) addTo(to + at[i + 4], __builtin_shufflevector(t[i], t[i], 4, 5, 6, 7));
}

/** Eight neighbouring numbers of eight lanes become eight vectors of one number each. */
ANSATZ_INLINE void gatherOctet(const double* from, const std::int32_t* at, Vec* to) {
  for (int lane = 0; lane < lanes; ++lane) to[lane] = load(from + at[lane]);
  transpose(to);
}

ANSATZ_INLINE void scatterOctet(const Vec* v, const std::int32_t* at, double* to) {
  Vec t[lanes];
  for (int i = 0; i < lanes; ++i) t[i] = v[i];
  transpose(t);
  for (int lane = 0; lane < lanes; ++lane) addTo(to + at[lane], t[lane]);
}
#else
/** Two neighbouring numbers of eight lanes become two vectors of one number each. */
ANSATZ_INLINE void gatherPair(const double* from, const std::int32_t* at, Vec* to) {
  for (int j = 0; j < 2; ++j)
    for (int lane = 0; lane < lanes; ++lane) to[j][lane] = from[at[lane] + j];
}

/** Its inverse, adding; lanes in order, since two may share a place. */
ANSATZ_INLINE void scatterPair(const Vec* v, const std::int32_t* at, double* to) {
  for (int j = 0; j < 2; ++j)
    for (int lane = 0; lane < lanes; ++lane) to[at[lane] + j] += v[j][lane];
}

/** Four neighbouring numbers of eight lanes become four vectors of one number each. */
ANSATZ_INLINE void gatherQuad(const double* from, const std::int32_t* at, Vec* to) {
  for (int i = 0; i < pieces; ++i)
    for (int j = 0; j < 4; j += pieceLanes) {
      Piece square[pieceLanes];
      for (int k = 0; k < pieceLanes; ++k) square[k] = loadPiece(from + at[i * pieceLanes + k] + j);
      transposePieces(square);
      for (int k = 0; k < pieceLanes; ++k) to[j + k].piece[i] = square[k];
    }
}

ANSATZ_INLINE void scatterQuad(const Vec* v, const std::int32_t* at, double* to) {
  for (int i = 0; i < pieces; ++i)
    for (int j = 0; j < 4; j += pieceLanes) {
      Piece square[pieceLanes];
      for (int k = 0; k < pieceLanes; ++k) square[k] = v[j + k].piece[i];
      transposePieces(square);
      for (int k = 0; k < pieceLanes; ++k) {
        double* p = to + at[i * pieceLanes + k] + j;
        storePiece(p, loadPiece(p) + square[k]);
      }
    }
}

/** Eight neighbouring numbers of eight lanes become eight vectors of one number each. */
ANSATZ_INLINE void gatherOctet(const double* from, const std::int32_t* at, Vec* to) {
  gatherQuad(from, at, to);
  gatherQuad(from + 4, at, to + 4);
}

ANSATZ_INLINE void scatterOctet(const Vec* v, const std::int32_t* at, double* to) {
  scatterQuad(v, at, to);
  scatterQuad(v + 4, at, to + 4);
}
#endif

/** `width` neighbouring numbers of eight lanes become as many vectors of one number each. */
template <int width>
ANSATZ_INLINE void gatherRun(const double* from, const std::int32_t* at, Vec* to) {
  if constexpr (width >= 8) {
    gatherOctet(from, at, to);
    gatherRun<width - 8>(from + 8, at, to + 8);
  } else if constexpr (width >= 4) {
    gatherQuad(from, at, to);
    gatherRun<width - 4>(from + 4, at, to + 4);
  } else if constexpr (width >= 2) {
    gatherPair(from, at, to);
    gatherRun<width - 2>(from + 2, at, to + 2);
  } else if constexpr (width == 1) {
    for (int lane = 0; lane < lanes; ++lane) (*to)[lane] = from[at[lane]];
  }
}

template <int width>
ANSATZ_INLINE void scatterRun(const Vec* v, const std::int32_t* at, double* to) {
  if constexpr (width >= 8) {
    scatterOctet(v, at, to);
    scatterRun<width - 8>(v + 8, at, to + 8);
  } else if constexpr (width >= 4) {
    scatterQuad(v, at, to);
    scatterRun<width - 4>(v + 4, at, to + 4);
  } else if constexpr (width >= 2) {
    scatterPair(v, at, to);
    scatterRun<width - 2>(v + 2, at, to + 2);
  } else if constexpr (width == 1) {
    for (int lane = 0; lane < lanes; ++lane) to[at[lane]] += (*v)[lane];
  }
}

/** The functions of one bra shell against those of a ket shell in each lane. */
struct Rows {
  int first, count;
  const std::int32_t* columns;
  /** Whether places may be taken along the bra's functions, by symmetry. */
  bool mayTurn;
};

/** Places of the lanes' runs: where a ket shell is a single function, along the bra's functions, by symmetry where there is one, and otherwise along the ket's. */
template <int factor>
ANSATZ_INLINE void places(const std::int32_t* columns, int stride, int offset, std::int32_t* at) {
  for (int lane = 0; lane < lanes; ++lane) at[lane] = factor * (columns[lane] * stride + offset);
}

/** block[i][j][spin][lane] = D[first + i][columns[lane] + j][spin] */
template <int nColumns, int spins>
void gather(const double* D, int n, const Rows& rows, Block& block) {
  std::int32_t at[lanes];
  for (int x = 0; x < rows.count * nColumns * spins; ++x) block.exchange[x] = broadcast(0.0);
  if (nColumns == 1 && rows.count == 4 && rows.mayTurn) {
    places<spins>(rows.columns, n, rows.first, at);
    return gatherRun<4 * spins>(D, at, block.density);
  }
  places<spins>(rows.columns, 1, rows.first * n, at);
  for (int i = 0; i < rows.count; ++i)
    gatherRun<nColumns * spins>(D + static_cast<long>(i) * n * spins, at, block.density + i * nColumns * spins);
}

/** K[first + i][columns[lane] + j][spin], or K[columns[lane] + j][first + i][spin], grows by block[i][j][spin][lane]. */
template <int nColumns, int spins>
void scatter(const Block& block, int n, const Rows& rows, double* K) {
  std::int32_t at[lanes];
  if (nColumns == 1 && rows.count == 4 && rows.mayTurn) {
    places<spins>(rows.columns, n, rows.first, at);
    return scatterRun<4 * spins>(block.exchange, at, K);
  }
  places<spins>(rows.columns, 1, rows.first * n, at);
  for (int i = 0; i < rows.count; ++i)
    scatterRun<nColumns * spins>(block.exchange + i * nColumns * spins, at, K + static_cast<long>(i) * n * spins);
}

template <int NC, int ND, bool coulomb, int spins>
void digestClass(const Quartets& q, const DensityTarget& t) {
  const Vec weight = load(q.weight);
  Vec* memory = reinterpret_cast<Vec*>(q.scratch);
  const auto take = [&memory](int size) {
    Vec* start = memory;
    memory += size * spins;
    return start;
  };
  Block ac{}, ad{}, bc{}, bd{};
  const bool mayTurn = t.isSymmetric;
  const Rows aInC{q.a, q.nA, q.c, mayTurn}, aInD{q.a, q.nA, q.d, mayTurn}, bInC{q.b, q.nB, q.c, mayTurn}, bInD{q.b, q.nB, q.d, mayTurn};
  if constexpr (spins > 0) {
    ac = {take(q.nA * NC), take(q.nA * NC)};
    ad = {take(q.nA * ND), take(q.nA * ND)};
    bc = {take(q.nB * NC), take(q.nB * NC)};
    bd = {take(q.nB * ND), take(q.nB * ND)};
    gather<NC, spins>(t.density, q.n, aInC, ac);
    gather<ND, spins>(t.density, q.n, aInD, ad);
    gather<NC, spins>(t.density, q.n, bInC, bc);
    gather<ND, spins>(t.density, q.n, bInD, bd);
  }
  const double* integral = q.integrals;
  for (int a = 0; a < q.nA; ++a)
    for (int b = 0; b < q.nB; ++b) {
      Vec jab = broadcast(0.0);
      double dab = 0.0;
      if constexpr (coulomb) dab = t.braDensity[(a * q.nB + b) * lanes + q.braLane];
      for (int c = 0; c < NC; ++c) {
        Vec kac[spins + 1], kbc[spins + 1];
        for (int s = 0; s < spins; ++s) kac[s] = kbc[s] = broadcast(0.0);
        for (int d = 0; d < ND; ++d, integral += lanes) {
          const Vec v = load(integral) * weight;
          if constexpr (coulomb) {
            const int cd = (c * ND + d) * lanes;
            jab += v * load(t.ketDensity + cd);
            store(t.ketCoulomb + cd, load(t.ketCoulomb + cd) + v * dab);
          }
          for (int s = 0; s < spins; ++s) {
            kac[s] += v * bd.density[(b * ND + d) * spins + s];
            kbc[s] += v * ad.density[(a * ND + d) * spins + s];
            ad.exchange[(a * ND + d) * spins + s] += v * bc.density[(b * NC + c) * spins + s];
            bd.exchange[(b * ND + d) * spins + s] += v * ac.density[(a * NC + c) * spins + s];
          }
        }
        for (int s = 0; s < spins; ++s) {
          ac.exchange[(a * NC + c) * spins + s] += kac[s];
          bc.exchange[(b * NC + c) * spins + s] += kbc[s];
        }
      }
      if constexpr (coulomb) t.braCoulomb[(a * q.nB + b) * lanes + q.braLane] += sum(jab);
    }
  if constexpr (spins > 0) {
    scatter<NC, spins>(ac, q.n, aInC, t.exchange);
    scatter<ND, spins>(ad, q.n, aInD, t.exchange);
    scatter<NC, spins>(bc, q.n, bInC, t.exchange);
    scatter<ND, spins>(bd, q.n, bInD, t.exchange);
  }
}

template <int NC, int ND>
void digestKind(const Quartets& q, const DensityTarget& t) {
  const bool coulomb = t.braCoulomb != nullptr;
  if (coulomb && t.spins == 2) digestClass<NC, ND, true, 2>(q, t);
  else if (coulomb && t.spins == 1) digestClass<NC, ND, true, 1>(q, t);
  else if (coulomb) digestClass<NC, ND, true, 0>(q, t);
  else if (t.spins == 2) digestClass<NC, ND, false, 2>(q, t);
  else if (t.spins == 1) digestClass<NC, ND, false, 1>(q, t);
}

/** The first shell of a pair never has fewer functions than the second. */
template <int NC, int ND>
void digestPair(const Quartets& q, const DensityTarget& t) {
  if constexpr (NC >= ND) digestKind<NC, ND>(q, t);
}

template <int NC>
void digestRow(const Quartets& q, const DensityTarget& t) {
  switch (q.nD) {
    case 1: return digestPair<NC, 1>(q, t);
    case 3: return digestPair<NC, 3>(q, t);
    case 4: return digestPair<NC, 4>(q, t);
    case 6: return digestPair<NC, 6>(q, t);
    case 10: return digestPair<NC, 10>(q, t);
  }
}

}  // namespace

void digest(const Quartets& q, const DensityTarget& t) {
  switch (q.nC) {
    case 1: return digestRow<1>(q, t);
    case 3: return digestRow<3>(q, t);
    case 4: return digestRow<4>(q, t);
    case 6: return digestRow<6>(q, t);
    case 10: return digestRow<10>(q, t);
  }
}

}  // namespace ansatz::ANSATZ_ISA
