#include "integrals/group_integrals.hpp"

#include <algorithm>

#include "integrals/boys.hpp"

namespace ansatz {

GroupIntegrals::GroupIntegrals(const CartesianBasis& basis, const PairList& pairs, double threshold, const Control& control)
    : basis_(basis), pairs_(pairs), threshold_(threshold), control_(control), n_(basis.nCartesian), kernel_(ANSATZ_SELECT(eriGroup)) {
  std::size_t scratch = 0;
  std::size_t out = 0;
  for (const EriClass& c : pairs.classStore) {
    scratch = std::max(scratch, eriScratchSize(c));
    out = std::max(out, static_cast<std::size_t>(c.bra->nA * c.bra->nB * c.ket->nA * c.ket->nB) * lanes);
  }
  scratch_.resize(scratch);
  out_.resize(out);
}

const std::vector<double>& GroupIntegrals::compute(std::size_t block, int group) {
  const PairBlock& own = pairs_.blocks[block];
  const std::size_t n2 = static_cast<std::size_t>(n_) * n_;
  rows_.assign(own.groupSize() * n2, 0.0);
  for (std::size_t other = 0; other < pairs_.blocks.size(); ++other) {
    if (other >= block) ownAsKet(block, group, other);
    else ownAsBra(block, group, other);
  }
  return rows_;
}

double* GroupIntegrals::row(int function, int lane) {
  return rows_.data() + (static_cast<std::size_t>(function) * lanes + lane) * n_ * n_;
}

void GroupIntegrals::ownAsKet(std::size_t block, int group, std::size_t other) {
  const PairBlock& own = pairs_.blocks[block];
  const PairBlock& bras = pairs_.blocks[other];
  const EriClass& c = *pairs_.eriClasses[other][block];
  const int nOwn = own.pairClass->nA * own.pairClass->nB;
  for (int bra = 0; bra < bras.nPairs; ++bra) {
    if (bras.bound[bra] * own.bound[group * lanes] < threshold_) break;
    control_.check();
    kernel_(c, bras.group(bra / lanes), bra % lanes, own.group(group), BoysTable::instance().order(c.degree), out_.data(),
            scratch_.data());
    const int x0 = basis_.shells[bras.shellA[bra]].offset;
    const int y0 = basis_.shells[bras.shellB[bra]].offset;
    const double* from = out_.data();
    for (int x = x0; x < x0 + bras.pairClass->nA; ++x)
      for (int y = y0; y < y0 + bras.pairClass->nB; ++y)
        for (int f = 0; f < nOwn; ++f, from += lanes)
          for (int lane = 0; lane < lanes; ++lane) put(f, lane, x, y, from[lane]);
  }
}

void GroupIntegrals::ownAsBra(std::size_t block, int group, std::size_t other) {
  const PairBlock& own = pairs_.blocks[block];
  const PairBlock& kets = pairs_.blocks[other];
  const EriClass& c = *pairs_.eriClasses[block][other];
  const int nOwn = own.pairClass->nA * own.pairClass->nB;
  for (int lane = 0; lane < lanes && group * lanes + lane < own.nPairs; ++lane)
    for (int g = 0; g < kets.nGroups; ++g) {
      if (own.bound[group * lanes + lane] * kets.bound[g * lanes] < threshold_) break;
      control_.check();
      kernel_(c, own.group(group), lane, kets.group(g), BoysTable::instance().order(c.degree), out_.data(), scratch_.data());
      const double* from = out_.data();
      for (int f = 0; f < nOwn; ++f)
        for (int x = 0; x < kets.pairClass->nA; ++x)
          for (int y = 0; y < kets.pairClass->nB; ++y, from += lanes)
            for (int k = 0; k < lanes && g * lanes + k < kets.nPairs; ++k)
              put(f, lane, basis_.shells[kets.shellA[g * lanes + k]].offset + x,
                  basis_.shells[kets.shellB[g * lanes + k]].offset + y, from[k]);
    }
}

void GroupIntegrals::put(int function, int lane, int x, int y, double value) {
  double* to = row(function, lane);
  to[static_cast<std::size_t>(x) * n_ + y] = value;
  to[static_cast<std::size_t>(y) * n_ + x] = value;
}

}  // namespace ansatz
