#include "nevpt2/ladder.hpp"

#include <bit>
#include <cstdint>

#include "ci/kernels.hpp"
#include "ci/tables.hpp"

namespace ansatz {
namespace {

/** Where each string of a space goes under a ladder operator; sign 0 where nowhere. */
struct Move {
  std::size_t target = 0;
  double sign = 0.0;
};

std::vector<Move> moves(const StringSpace& from, const StringSpace& to, const LadderOperator& op) {
  std::vector<Move> list(from.size());
  const String bit = String{1} << op.orbital;
  for (std::size_t i = 0; i < from.size(); ++i) {
    const String string = from[i];
    if (((string & bit) != 0) == op.creates) continue;
    list[i] = {to.address(string ^ bit), std::popcount(string & (bit - 1)) % 2 == 0 ? 1.0 : -1.0};
  }
  return list;
}

}  // namespace

const StringSpace& Ladder::space(int nelec) { return spaces_.try_emplace(nelec, norb_, nelec).first->second; }

SectorVector Ladder::zero(int nalpha, int nbeta) {
  const auto exists = [this](int n) { return n >= 0 && n <= norb_; };
  if (!exists(nalpha) || !exists(nbeta)) return {nalpha, nbeta, {}};
  return {nalpha, nbeta, std::vector<double>(space(nalpha).size() * space(nbeta).size(), 0.0)};
}

SectorVector Ladder::apply(const LadderOperator& op, const SectorVector& state) {
  control_.check();
  const int step = op.creates ? 1 : -1;
  const bool isAlpha = op.spin == Spin::alpha;
  SectorVector result = zero(state.nalpha + (isAlpha ? step : 0), state.nbeta + (isAlpha ? 0 : step));
  if (result.c.empty() || state.c.empty()) return {result.nalpha, result.nbeta, {}};
  const std::size_t columns = space(state.nbeta).size(), newColumns = space(result.nbeta).size();
  const auto list = isAlpha ? moves(space(state.nalpha), space(result.nalpha), op) : moves(space(state.nbeta), space(result.nbeta), op);
  const std::size_t rows = space(state.nalpha).size();
  // The α electrons stand before a β operator.
  const double passing = state.nalpha % 2 == 0 ? 1.0 : -1.0;
  for (std::size_t row = 0; row < rows; ++row) {
    const double* from = state.c.data() + row * columns;
    if (isAlpha) {
      if (list[row].sign == 0.0) continue;
      double* to = result.c.data() + list[row].target * columns;
      for (std::size_t k = 0; k < columns; ++k) to[k] = list[row].sign * from[k];
    } else {
      double* to = result.c.data() + row * newColumns;
      for (std::size_t k = 0; k < columns; ++k)
        if (list[k].sign != 0.0) to[list[k].target] = passing * list[k].sign * from[k];
    }
  }
  return result;
}

SectorVector Ladder::apply(const LadderProduct& product, const SectorVector& state) {
  SectorVector result = state;
  for (const LadderOperator& op : product) result = apply(op, result);
  return result;
}

void Ladder::addOneBody(std::span<const double> t, double constant, const SectorVector& state, SectorVector& to) {
  const StringSpace &alpha = space(state.nalpha), &beta = space(state.nbeta);
  const std::size_t columns = beta.size();
  const auto axpy = ANSATZ_SELECT(axpy);
  axpy(state.c.size(), constant, state.c.data(), to.c.data());
  const auto alphaLists = transitionLists(alpha), betaLists = transitionLists(beta);
  for (std::size_t pq = 0; pq < alphaLists.size(); ++pq) {
    control_.check();
    const Transitions& a = alphaLists[pq];
    for (std::size_t k = 0; k < a.target.size(); ++k)
      axpy(columns, t[pq] * a.sign[k], state.c.data() + a.source[k] * columns, to.c.data() + a.target[k] * columns);
    const Transitions& b = betaLists[pq];
    for (std::size_t row = 0; row < alpha.size(); ++row)
      for (std::size_t k = 0; k < b.target.size(); ++k)
        to.c[row * columns + b.target[k]] += t[pq] * b.sign[k] * state.c[row * columns + b.source[k]];
  }
}

}  // namespace ansatz
