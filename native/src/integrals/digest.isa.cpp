#include "integrals/digest.hpp"

#include "integrals/simd.hpp"

namespace ansatz::ANSATZ_ISA {
namespace {

/** Exchange blocks of a quartet group: densities gathered, contributions to be scattered. */
struct Block {
  Vec* density;
  Vec* exchange;
};

/** block[i][j][lane] = D[row + i][columns[lane] + j] */
void gather(const double* D, int n, int row, int nRows, const std::int32_t* columns, int nColumns, Block& block) {
  for (int i = 0; i < nRows; ++i)
    for (int j = 0; j < nColumns; ++j) {
      const double* from = D + static_cast<long>(row + i) * n + j;
      Vec v;
      for (int lane = 0; lane < lanes; ++lane) v[lane] = from[columns[lane]];
      block.density[i * nColumns + j] = v;
      block.exchange[i * nColumns + j] = broadcast(0.0);
    }
}

void scatter(const Block& block, int n, int row, int nRows, const std::int32_t* columns, int nColumns, double* K) {
  for (int i = 0; i < nRows; ++i)
    for (int j = 0; j < nColumns; ++j) {
      double* to = K + static_cast<long>(row + i) * n + j;
      const Vec v = block.exchange[i * nColumns + j];
      for (int lane = 0; lane < lanes; ++lane) to[columns[lane]] += v[lane];
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
    gather(t.density, q.n, q.a, q.nA, q.c, NC, ac);
    gather(t.density, q.n, q.a, q.nA, q.d, ND, ad);
    gather(t.density, q.n, q.b, q.nB, q.c, NC, bc);
    gather(t.density, q.n, q.b, q.nB, q.d, ND, bd);
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
    scatter(ac, q.n, q.a, q.nA, q.c, NC, t.exchange);
    scatter(ad, q.n, q.a, q.nA, q.d, ND, t.exchange);
    scatter(bc, q.n, q.b, q.nB, q.c, NC, t.exchange);
    scatter(bd, q.n, q.b, q.nB, q.d, ND, t.exchange);
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
