#include "solvent/surface_integrals.hpp"

#include <algorithm>

#include "integrals/boys.hpp"
#include "parallel/parallel_for.hpp"
#include "solvent/surface_kernels.hpp"

namespace ansatz {
namespace {

/** Points whose integrals with a pair stay in the first cache, in groups of eight. */
constexpr int groupsOfTile = 8;
/** Partial potentials, summed in order. */
constexpr int nParts = 32;

/** Points in groups of eight, the last one filled up with its last point. */
AlignedVector layOut(const std::vector<SurfacePoint>& surface, int nGroups) {
  AlignedVector data(static_cast<std::size_t>(nGroups) * smearedFields * lanes);
  for (int i = 0; i < nGroups * lanes; ++i) {
    const SurfacePoint& point = surface[std::min<std::size_t>(i, surface.size() - 1)];
    double* field = data.data() + static_cast<std::size_t>(i / lanes) * smearedFields * lanes + i % lanes;
    for (int k = 0; k < 3; ++k) field[k * lanes] = point.position[k];
    field[3 * lanes] = 0.0;
    field[4 * lanes] = point.zeta * point.zeta;
  }
  return data;
}

}  // namespace

SurfaceIntegrals::SurfaceIntegrals(const CartesianBasis& basis, const std::vector<SurfacePoint>& surface, std::size_t storeBytes,
                                   int threads, const Control& control)
    : basis_(basis), threads_(threads), control_(control), nPoints_(static_cast<int>(surface.size())),
      nGroups_((nPoints_ + lanes - 1) / lanes), points_(layOut(surface, nGroups_)), none_(makePairClass({0}, {0})) {
  blocks_ = makePairBlocks(basis, pairClasses_, control);
  for (const PairBlock& block : blocks_) {
    eriClasses_.push_back(makeEriClass(*block.pairClass, none_));
    for (int pair = 0; pair < block.nPairs; ++pair)
      pairs_.push_back({&block, &eriClasses_.back(), pair, block.pairClass->nA * block.pairClass->nB, nullptr});
  }
  keep(storeBytes);
}

void SurfaceIntegrals::keep(std::size_t storeBytes) {
  std::size_t left = storeBytes / sizeof(double), count = 0;
  for (PlacedPair& pair : pairs_) {
    const std::size_t size = static_cast<std::size_t>(nGroups_) * pair.nFunctions * lanes;
    if (size > left) break;
    left -= size;
    kept_.emplace_back(size);
    pair.stored = kept_.back().data();
    ++count;
  }
  parallelFor(static_cast<int>(count), threads_, [&](int i) {
    control_.check();
    AlignedVector scratch(eriScratchSize(*pairs_[i].eriClass));
    compute(pairs_[i], 0, nGroups_, kept_[i].data(), scratch);
  });
}

void SurfaceIntegrals::compute(const PlacedPair& pair, int firstGroup, int nGroups, double* out, AlignedVector& scratch) const {
  const auto kernel = ANSATZ_SELECT(smearedGroup);
  const EriClass& c = *pair.eriClass;
  const double* table = BoysTable::instance().order(c.degree);
  for (int group = firstGroup; group < firstGroup + nGroups; ++group, out += pair.nFunctions * lanes)
    kernel(c, pair.block->group(pair.pair / lanes), pair.pair % lanes, points_.data() + static_cast<std::size_t>(group) * smearedFields * lanes,
           table, out, scratch.data());
}

template <class Consume>
void SurfaceIntegrals::forEachTile(const PlacedPair& pair, std::vector<AlignedVector>& memory, const Consume& consume) const {
  control_.check();
  if (pair.stored != nullptr) return consume(nGroups_, 0, pair.stored);
  AlignedVector &scratch = memory[0], &tile = memory[1];
  scratch.resize(std::max(scratch.size(), eriScratchSize(*pair.eriClass)));
  tile.resize(std::max(tile.size(), static_cast<std::size_t>(groupsOfTile) * pair.nFunctions * lanes));
  for (int first = 0; first < nGroups_; first += groupsOfTile) {
    const int n = std::min(groupsOfTile, nGroups_ - first);
    compute(pair, first, n, tile.data(), scratch);
    consume(n, first, tile.data());
  }
}

std::vector<double> SurfaceIntegrals::potential(const Matrix& density) const {
  const auto add = ANSATZ_SELECT(addPotential);
  std::vector<AlignedVector> parts(nParts);
  parallelFor(nParts, threads_, [&](int part) {
    AlignedVector& own = parts[part];
    own.assign(static_cast<std::size_t>(nGroups_) * lanes, 0.0);
    std::vector<AlignedVector> memory(2);
    AlignedVector weighted;
    for (std::size_t i = part; i < pairs_.size(); i += nParts) {
      const PlacedPair& pair = pairs_[i];
      const CartesianShell& a = basis_.shells[pair.block->shellA[pair.pair]];
      const CartesianShell& b = basis_.shells[pair.block->shellB[pair.pair]];
      weighted.clear();
      for (int row = 0; row < pair.block->pairClass->nA; ++row)
        for (int col = 0; col < pair.block->pairClass->nB; ++col)
          weighted.push_back(pair.block->weight[pair.pair] * density(a.offset + row, b.offset + col));
      forEachTile(pair, memory, [&](int nGroups, int first, const double* integrals) {
        add(pair.nFunctions, nGroups, integrals, weighted.data(), own.data() + first * lanes);
      });
    }
  });
  std::vector<double> total(nPoints_, 0.0);
  for (const AlignedVector& part : parts)
    for (int i = 0; i < nPoints_; ++i) total[i] += part[i];
  return total;
}

Matrix SurfaceIntegrals::attraction(const std::vector<double>& charges) const {
  const auto add = ANSATZ_SELECT(addAttraction);
  AlignedVector padded(static_cast<std::size_t>(nGroups_) * lanes, 0.0);
  std::copy(charges.begin(), charges.end(), padded.begin());
  Matrix result(basis_.nCartesian, basis_.nCartesian);
  parallelFor(nParts, threads_, [&](int part) {
    std::vector<AlignedVector> memory(2);
    std::vector<double> sums;
    for (std::size_t i = part; i < pairs_.size(); i += nParts) {
      const PlacedPair& pair = pairs_[i];
      sums.assign(pair.nFunctions, 0.0);
      forEachTile(pair, memory, [&](int nGroups, int first, const double* integrals) {
        add(pair.nFunctions, nGroups, integrals, padded.data() + first * lanes, sums.data());
      });
      const int row = basis_.shells[pair.block->shellA[pair.pair]].offset;
      const int col = basis_.shells[pair.block->shellB[pair.pair]].offset;
      const int nB = pair.block->pairClass->nB;
      for (int ab = 0; ab < pair.nFunctions; ++ab)
        result(row + ab / nB, col + ab % nB) = result(col + ab % nB, row + ab / nB) = -sums[ab];
    }
  });
  return result;
}

}  // namespace ansatz
