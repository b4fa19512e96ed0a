#include "coupled_cluster/ladder.hpp"

#include <utility>

namespace ansatz {
namespace {

/** Rows of pairs that are built and multiplied together. */
constexpr int rowsTogether = 96;

/** The two orbitals of each pair. */
std::vector<std::pair<int, int>> orbitalsOf(const OrbitalPairs& space) {
  std::vector<std::pair<int, int>> list;
  const int o = space.nOccupied;
  for (int i = 0; i < o; ++i)
    for (int j = 0; j <= i; ++j) list.emplace_back(i, j);
  for (int i = 0; i < o; ++i)
    for (int a = 0; a < space.nVirtual; ++a) list.emplace_back(i, o + a);
  for (int a = 0; a < space.nVirtual; ++a)
    for (int b = 0; b <= a; ++b) list.emplace_back(o + a, o + b);
  return list;
}

/** (pc|qd) ± (pd|qc) for c ≥ d; half of it on the diagonal. `square` is scratch. */
void buildRow(const PairMatrix& integrals, int p, int q, double* square, double* plus, double* minus) {
  const OrbitalPairs& space = integrals.bra;
  const int o = space.nOccupied;
  const int v = space.nVirtual;
  for (int c = 0; c < v; ++c) {
    const double* from = integrals.row(space.of(p, o + c));
    double* to = square + static_cast<std::size_t>(c) * v;
    if (q < o) {
      std::copy_n(from + space.ov(q, 0), v, to);
      continue;
    }
    const int b = q - o;
    std::copy_n(from + space.vv(b, 0), b + 1, to);
    for (int d = b + 1; d < v; ++d) to[d] = from[space.vv(d, b)];
  }
  for (int c = 0; c < v; ++c) {
    for (int d = 0; d < c; ++d) {
      const double direct = square[static_cast<std::size_t>(c) * v + d];
      const double exchange = square[static_cast<std::size_t>(d) * v + c];
      *plus++ = direct + exchange;
      *minus++ = direct - exchange;
    }
    *plus++ = square[static_cast<std::size_t>(c) * v + c];
    *minus++ = 0.0;
  }
}

}  // namespace

Sums sumsOfPairs(const ClosedShellAmplitudes& t, const OrbitalPairs& space, const Workers& workers) {
  const std::size_t nOo = space.nOo();
  const std::size_t v = space.nVirtual;
  const std::size_t n = space.nOv();
  Sums sums{std::vector<double>(space.nVv() * nOo), std::vector<double>(space.nVv() * nOo)};
  workers.forEach(space.nVirtual, [&](int c) {
    for (int d = 0; d <= c; ++d)
      for (int i = 0; i < space.nOccupied; ++i)
        for (int j = 0; j <= i; ++j) {
          const double direct = t.doubles[(i * v + c) * n + j * v + d] + t.singles(i, c) * t.singles(j, d);
          const double exchange = t.doubles[(i * v + d) * n + j * v + c] + t.singles(i, d) * t.singles(j, c);
          const std::size_t at = OrbitalPairs::triangle(c, d) * nOo + OrbitalPairs::triangle(i, j);
          sums.plus[at] = direct + exchange;
          sums.minus[at] = direct - exchange;
        }
  });
  return sums;
}

void particleLadder(const PairMatrix& integrals, const Sums& tau, std::vector<double>& plus, std::vector<double>& minus, const Workers& workers) {
  const OrbitalPairs& space = integrals.bra;
  const std::vector<std::pair<int, int>> orbitals = orbitalsOf(space);
  const int nRows = static_cast<int>(orbitals.size());
  const int nVv = static_cast<int>(space.nVv());
  const int nOo = static_cast<int>(space.nOo());
  plus.assign(orbitals.size() * nOo, 0.0);
  minus.assign(orbitals.size() * nOo, 0.0);
  workers.forEach((nRows + rowsTogether - 1) / rowsTogether, [&](int task) {
    const int first = task * rowsTogether;
    const int rows = std::min(rowsTogether, nRows - first);
    const auto size = static_cast<std::size_t>(rows) * nVv;
    const auto direct = std::make_unique_for_overwrite<double[]>(size);
    const auto exchange = std::make_unique_for_overwrite<double[]>(size);
    const auto square = std::make_unique_for_overwrite<double[]>(static_cast<std::size_t>(space.nVirtual) * space.nVirtual);
    for (int r = 0; r < rows; ++r) {
      workers.control.check();
      const auto at = static_cast<std::size_t>(r) * nVv;
      buildRow(integrals, orbitals[first + r].first, orbitals[first + r].second, square.get(), direct.get() + at, exchange.get() + at);
    }
    constexpr int sums = 2048;
    for (int k = 0; k < nVv; k += sums) {
      workers.control.check();
      const int length = std::min(sums, nVv - k);
      const std::size_t from = static_cast<std::size_t>(k) * nOo;
      const std::size_t to = static_cast<std::size_t>(first) * nOo;
      addProduct(rows, nOo, length, direct.get() + k, nVv, tau.plus.data() + from, nOo, plus.data() + to, nOo);
      addProduct(rows, nOo, length, exchange.get() + k, nVv, tau.minus.data() + from, nOo, minus.data() + to, nOo);
    }
  });
}

}  // namespace ansatz
