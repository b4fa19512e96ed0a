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
using Quad = double __attribute__((vector_size(32)));

ANSATZ_INLINE Quad loadQuad(const double* p) {
  Quad q;
  std::memcpy(&q, p, sizeof q);
  return q;
}

/** Four neighbouring columns of eight rows become four vectors of one column each. */
ANSATZ_INLINE void gatherQuad(const double* from, const std::int32_t* columns, Vec* to) {
  Vec t[4];
  for (int i = 0; i < 4; ++i)
    t[i] = __builtin_shufflevector(loadQuad(from + columns[i]), loadQuad(from + columns[i + 4]), 0, 1, 2, 3, 4, 5, 6, 7);
  const Vec u0 = __builtin_shufflevector(t[0], t[1], 0, 8, 2, 10, 4, 12, 6, 14);
  const Vec u1 = __builtin_shufflevector(t[0], t[1], 1, 9, 3, 11, 5, 13, 7, 15);
  const Vec u2 = __builtin_shufflevector(t[2], t[3], 0, 8, 2, 10, 4, 12, 6, 14);
  const Vec u3 = __builtin_shufflevector(t[2], t[3], 1, 9, 3, 11, 5, 13, 7, 15);
  to[0] = __builtin_shufflevector(u0, u2, 0, 1, 8, 9, 4, 5, 12, 13);
  to[1] = __builtin_shufflevector(u1, u3, 0, 1, 8, 9, 4, 5, 12, 13);
  to[2] = __builtin_shufflevector(u0, u2, 2, 3, 10, 11, 6, 7, 14, 15);
  to[3] = __builtin_shufflevector(u1, u3, 2, 3, 10, 11, 6, 7, 14, 15);
}

/** Its inverse, adding; lanes in order, since two may share columns. */
ANSATZ_INLINE void scatterQuad(const Vec* v, const std::int32_t* columns, double* to) {
  const Vec u0 = __builtin_shufflevector(v[0], v[1], 0, 8, 2, 10, 4, 12, 6, 14);
  const Vec u1 = __builtin_shufflevector(v[0], v[1], 1, 9, 3, 11, 5, 13, 7, 15);
  const Vec u2 = __builtin_shufflevector(v[2], v[3], 0, 8, 2, 10, 4, 12, 6, 14);
  const Vec u3 = __builtin_shufflevector(v[2], v[3], 1, 9, 3, 11, 5, 13, 7, 15);
  const Vec t[4] = {__builtin_shufflevector(u0, u2, 0, 1, 8, 9, 4, 5, 12, 13),
                    __builtin_shufflevector(u1, u3, 0, 1, 8, 9, 4, 5, 12, 13),
                    __builtin_shufflevector(u0, u2, 2, 3, 10, 11, 6, 7, 14, 15),
                    __builtin_shufflevector(u1, u3, 2, 3, 10, 11, 6, 7, 14, 15)};
  for (int i = 0; i < 4; ++i) {
    double* p = to + columns[i];
    const Quad q = loadQuad(p) + __builtin_shufflevector(t[i], t[i], 0, 1, 2, 3);
    std::memcpy(p, &q, sizeof q);
  }
  for (int i = 0; i < 4; ++i) {
    double* p = to + columns[i + 4];
    const Quad q = loadQuad(p) + __builtin_shufflevector(t[i], t[i], 4, 5, 6, 7);
    std::memcpy(p, &q, sizeof q);
  }
}
#else
/** Four neighbouring columns of eight rows become four vectors of one column each. */
ANSATZ_INLINE void gatherQuad(const double* from, const std::int32_t* columns, Vec* to) {
  for (int i = 0; i < pieces; ++i)
    for (int j = 0; j < 4; j += pieceLanes) {
      Piece square[pieceLanes];
      for (int k = 0; k < pieceLanes; ++k) square[k] = loadPiece(from + columns[i * pieceLanes + k] + j);
      transposePieces(square);
      for (int k = 0; k < pieceLanes; ++k) to[j + k].piece[i] = square[k];
    }
}

/** Its inverse, adding; lanes in order, since two may share columns. */
ANSATZ_INLINE void scatterQuad(const Vec* v, const std::int32_t* columns, double* to) {
  for (int i = 0; i < pieces; ++i)
    for (int j = 0; j < 4; j += pieceLanes) {
      Piece square[pieceLanes];
      for (int k = 0; k < pieceLanes; ++k) square[k] = v[j + k].piece[i];
      transposePieces(square);
      for (int k = 0; k < pieceLanes; ++k) {
        double* p = to + columns[i * pieceLanes + k] + j;
        storePiece(p, loadPiece(p) + square[k]);
      }
    }
}
#endif

/** block[i][j][lane] = D[row + i][columns[lane] + j] */
template <int nColumns>
void gather(const double* D, int n, int row, int nRows, const std::int32_t* columns, Block& block) {
  for (int i = 0; i < nRows; ++i) {
    const double* from = D + static_cast<long>(row + i) * n;
    Vec* to = block.density + i * nColumns;
    int j = 0;
    for (; j + 4 <= nColumns; j += 4) gatherQuad(from + j, columns, to + j);
    for (; j < nColumns; ++j)
      for (int lane = 0; lane < lanes; ++lane) to[j][lane] = from[columns[lane] + j];
    for (j = 0; j < nColumns; ++j) block.exchange[i * nColumns + j] = broadcast(0.0);
  }
}

template <int nColumns>
void scatter(const Block& block, int n, int row, int nRows, const std::int32_t* columns, double* K) {
  for (int i = 0; i < nRows; ++i) {
    double* to = K + static_cast<long>(row + i) * n;
    const Vec* from = block.exchange + i * nColumns;
    int j = 0;
    for (; j + 4 <= nColumns; j += 4) scatterQuad(from + j, columns, to + j);
    for (; j < nColumns; ++j)
      for (int lane = 0; lane < lanes; ++lane) to[columns[lane] + j] += from[j][lane];
  }
}

template <int NC, int ND, bool coulomb, bool exchange>
void digestClass(const Quartets& q, const DensityTarget& t) {
  const Vec weight = load(q.weight);
  Vec* memory = reinterpret_cast<Vec*>(q.scratch);
  const auto take = [&memory](int size) {
    Vec* start = memory;
    memory += size;
    return start;
  };
  Block ac{}, ad{}, bc{}, bd{};
  if constexpr (exchange) {
    ac = {take(q.nA * NC), take(q.nA * NC)};
    ad = {take(q.nA * ND), take(q.nA * ND)};
    bc = {take(q.nB * NC), take(q.nB * NC)};
    bd = {take(q.nB * ND), take(q.nB * ND)};
    gather<NC>(t.density, q.n, q.a, q.nA, q.c, ac);
    gather<ND>(t.density, q.n, q.a, q.nA, q.d, ad);
    gather<NC>(t.density, q.n, q.b, q.nB, q.c, bc);
    gather<ND>(t.density, q.n, q.b, q.nB, q.d, bd);
  }
  const double* integral = q.integrals;
  for (int a = 0; a < q.nA; ++a)
    for (int b = 0; b < q.nB; ++b) {
      Vec jab = broadcast(0.0);
      double dab = 0.0;
      if constexpr (coulomb) dab = t.braDensity[(a * q.nB + b) * lanes + q.braLane];
      for (int c = 0; c < NC; ++c) {
        Vec kac = broadcast(0.0);
        Vec kbc = broadcast(0.0);
        for (int d = 0; d < ND; ++d, integral += lanes) {
          const Vec v = load(integral) * weight;
          if constexpr (coulomb) {
            const int cd = (c * ND + d) * lanes;
            jab += v * load(t.ketDensity + cd);
            store(t.ketCoulomb + cd, load(t.ketCoulomb + cd) + v * dab);
          }
          if constexpr (exchange) {
            kac += v * bd.density[b * ND + d];
            kbc += v * ad.density[a * ND + d];
            ad.exchange[a * ND + d] += v * bc.density[b * NC + c];
            bd.exchange[b * ND + d] += v * ac.density[a * NC + c];
          }
        }
        if constexpr (exchange) {
          ac.exchange[a * NC + c] += kac;
          bc.exchange[b * NC + c] += kbc;
        }
      }
      if constexpr (coulomb) t.braCoulomb[(a * q.nB + b) * lanes + q.braLane] += sum(jab);
    }
  if constexpr (exchange) {
    scatter<NC>(ac, q.n, q.a, q.nA, q.c, t.exchange);
    scatter<ND>(ad, q.n, q.a, q.nA, q.d, t.exchange);
    scatter<NC>(bc, q.n, q.b, q.nB, q.c, t.exchange);
    scatter<ND>(bd, q.n, q.b, q.nB, q.d, t.exchange);
  }
}

template <int NC, int ND>
void digestKind(const Quartets& q, const DensityTarget& t) {
  const bool coulomb = t.braCoulomb != nullptr;
  const bool exchange = t.exchange != nullptr;
  if (coulomb && exchange) digestClass<NC, ND, true, true>(q, t);
  else if (coulomb) digestClass<NC, ND, true, false>(q, t);
  else if (exchange) digestClass<NC, ND, false, true>(q, t);
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
