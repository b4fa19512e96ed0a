#include <algorithm>
#include <deque>
#include <vector>

#include "ansatz/one_electron.hpp"
#include "integrals/aligned.hpp"
#include "integrals/boys.hpp"
#include "integrals/pair_list.hpp"

namespace ansatz {
namespace {

/** Charges in groups of eight, the last one filled up with charge 0. */
AlignedVector layOutCharges(const std::vector<PointCharge>& charges) {
  const std::size_t nGroups = (charges.size() + lanes - 1) / lanes;
  AlignedVector data(nGroups * 4 * lanes);
  for (std::size_t i = 0; i < nGroups * lanes; ++i) {
    const PointCharge& charge = charges[std::min(i, charges.size() - 1)];
    double* field = data.data() + (i / lanes) * 4 * lanes + i % lanes;
    for (int k = 0; k < 3; ++k) field[k * lanes] = charge.position[k];
    field[3 * lanes] = i < charges.size() ? charge.charge : 0.0;
  }
  return data;
}

}  // namespace

Matrix nuclearAttraction(const CartesianBasis& basis, const std::vector<PointCharge>& charges, const Control& control) {
  Matrix result(basis.nCartesian, basis.nCartesian);
  if (charges.empty()) return result;
  std::deque<PairClass> pairClasses;
  const std::vector<PairBlock> blocks = makePairBlocks(basis, pairClasses, control);
  const AlignedVector data = layOutCharges(charges);
  const PairClass none = makePairClass({0}, {0});
  const auto kernel = ANSATZ_SELECT(nuclearGroup);
  for (const PairBlock& block : blocks) {
    const EriClass c = makeEriClass(*block.pairClass, none);
    AlignedVector scratch(eriScratchSize(c));
    AlignedVector out(block.groupSize());
    for (int pair = 0; pair < block.nPairs; ++pair) {
      control.check();
      std::fill(out.begin(), out.end(), 0.0);
      for (std::size_t at = 0; at < data.size(); at += 4 * lanes)
        kernel(c, block.group(pair / lanes), pair % lanes, {data.data() + at}, BoysTable::instance().order(c.degree), out.data(),
               scratch.data());
      const double* from = out.data();
      for (int i = 0; i < block.pairClass->nA; ++i)
        for (int j = 0; j < block.pairClass->nB; ++j, from += lanes) {
          double total = 0.0;
          for (int lane = 0; lane < lanes; ++lane) total += from[lane];
          const int row = basis.shells[block.shellA[pair]].offset + i;
          const int col = basis.shells[block.shellB[pair]].offset + j;
          result(row, col) = total;
          result(col, row) = total;
        }
    }
  }
  return result;
}

}  // namespace ansatz
