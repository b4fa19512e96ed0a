#include "integrals/pair_list.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>
#include <tuple>

#include "integrals/aligned.hpp"
#include "integrals/boys.hpp"

namespace ansatz {
namespace {

/** Primitive pairs that cannot change an integral by more than about this are dropped. */
constexpr double negligibleCoefficient = 1e-15;

struct Primitive {
  double p;
  Point centre;
  /** α/p, the part of P that moves with A. */
  double shareA;
  std::vector<double> coefficients;
  double largest;
};

struct Pair {
  int a, b;
  std::vector<Primitive> primitives;
  double bound = 0.0;
};

std::vector<Primitive> primitivePairs(const CartesianShell& a, const CartesianShell& b) {
  static const double prefactor = std::sqrt(2.0) * std::pow(std::numbers::pi, 1.25);
  double squared = 0.0;
  for (int k = 0; k < 3; ++k) squared += (a.centre[k] - b.centre[k]) * (a.centre[k] - b.centre[k]);
  std::vector<Primitive> primitives;
  for (std::size_t i = 0; i < a.exponents.size(); ++i)
    for (std::size_t j = 0; j < b.exponents.size(); ++j) {
      const double p = a.exponents[i] + b.exponents[j];
      const double factor = prefactor / p * std::exp(-a.exponents[i] * b.exponents[j] / p * squared);
      Primitive primitive{p, {}, a.exponents[i] / p, {}, 0.0};
      for (int k = 0; k < 3; ++k)
        primitive.centre[k] = (a.exponents[i] * a.centre[k] + b.exponents[j] * b.centre[k]) / p;
      for (const auto& ca : a.coefficients)
        for (const auto& cb : b.coefficients) {
          primitive.coefficients.push_back(factor * ca[i] * cb[j]);
          primitive.largest = std::max(primitive.largest, std::abs(primitive.coefficients.back()));
        }
      if (primitive.largest > negligibleCoefficient) primitives.push_back(std::move(primitive));
    }
  std::stable_sort(primitives.begin(), primitives.end(),
                   [](const Primitive& x, const Primitive& y) { return x.largest > y.largest; });
  return primitives;
}

/** Pairs are put beside pairs of about as many primitives, so that few lanes idle. */
int primitiveBucket(int n) {
  for (const int size : {1, 2, 3, 4, 6, 9, 12, 18, 27, 36, 54})
    if (n <= size) return size;
  return n;
}

/** The two lists that a pair's shells come from. */
struct ShellLists {
  const std::vector<CartesianShell>& a;
  const std::vector<CartesianShell>& b;
};

/** Writes pairs side by side; padding lanes repeat the last pair with coefficients as they are and weight 0. */
PairBlock layOut(const PairClass& pairClass, const ShellLists& shells, const std::vector<Pair>& pairs) {
  PairBlock block;
  block.pairClass = &pairClass;
  block.nPairs = static_cast<int>(pairs.size());
  block.nGroups = (block.nPairs + lanes - 1) / lanes;
  block.nFields = primFields + pairClass.nParts;
  block.geometry.resize(static_cast<std::size_t>(block.nGroups) * geometryFields * lanes);
  for (int g = 0; g < block.nGroups; ++g) {
    int nPrims = 0;
    for (int lane = 0; lane < lanes; ++lane) {
      const std::size_t i = std::min<std::size_t>(g * lanes + lane, pairs.size() - 1);
      nPrims = std::max(nPrims, static_cast<int>(pairs[i].primitives.size()));
    }
    block.nPrims.push_back(nPrims);
    block.primOffset.push_back(block.prims.size());
    block.prims.resize(block.prims.size() + static_cast<std::size_t>(nPrims) * block.nFields * lanes);
    double* prims = block.prims.data() + block.primOffset.back();
    double* geometry = block.geometry.data() + static_cast<std::size_t>(g) * geometryFields * lanes;
    for (int lane = 0; lane < lanes; ++lane) {
      const bool padding = static_cast<std::size_t>(g * lanes + lane) >= pairs.size();
      const Pair& pair = padding ? pairs.back() : pairs[g * lanes + lane];
      const CartesianShell& a = shells.a[pair.a];
      const CartesianShell& b = shells.b[pair.b];
      block.shellA.push_back(pair.a);
      block.shellB.push_back(pair.b);
      block.bound.push_back(padding ? 0.0 : pair.bound);
      block.weight.push_back(padding ? 0.0 : pair.a == pair.b ? 1.0 : 2.0);
      for (int k = 0; k < 3; ++k) {
        geometry[k * lanes + lane] = a.centre[k];
        geometry[(3 + k) * lanes + lane] = a.centre[k] - b.centre[k];
      }
      for (int j = 0; j < nPrims; ++j) {
        double* field = prims + static_cast<std::size_t>(j) * block.nFields * lanes + lane;
        const bool present = j < static_cast<int>(pair.primitives.size());
        const Primitive& primitive = pair.primitives[present ? j : 0];
        field[0] = primitive.p;
        for (int k = 0; k < 3; ++k) field[(1 + k) * lanes] = primitive.centre[k];
        field[4 * lanes] = 0.5 / primitive.p;
        field[5 * lanes] = primitive.shareA;
        for (int part = 0; part < pairClass.nParts; ++part)
          field[(primFields + part) * lanes] = present ? primitive.coefficients[part] : 0.0;
      }
    }
  }
  return block;
}

/** √max|(ab|ab)| over the functions of each pair. */
void computeBounds(const ShellLists& shells, const PairClass& pairClass, std::vector<Pair>& pairs, const Control& control,
                   const Repulsion& repulsion) {
  const EriClass c = makeEriClass(pairClass, pairClass, repulsion);
  const double* table = BoysTable::instance().order(c.degree);
  const auto kernel = ANSATZ_SELECT(eriGroup);
  const int n = pairClass.nA * pairClass.nB;
  AlignedVector scratch(eriScratchSize(c));
  AlignedVector out(static_cast<std::size_t>(n) * n * lanes);
  for (Pair& pair : pairs) {
    control.check();
    const PairBlock single = layOut(pairClass, shells, {pair});
    kernel(c, single.group(0), 0, single.group(0), table, out.data(), scratch.data());
    double largest = 0.0;
    for (int i = 0; i < n; ++i) largest = std::max(largest, std::abs(out[(static_cast<std::size_t>(i) * n + i) * lanes]));
    pair.bound = std::sqrt(largest);
  }
}

using PairKey = std::pair<std::vector<int>, std::vector<int>>;

std::map<PairKey, std::vector<Pair>> collectPairs(const CartesianBasis& basis, const Control& control) {
  std::map<PairKey, std::vector<Pair>> collected;
  const auto rank = [](const CartesianShell& s) { return std::pair(s.parts.back(), s.parts.size()); };
  const int n = static_cast<int>(basis.shells.size());
  for (int i = 0; i < n; ++i) {
    control.check();
    for (int j = 0; j <= i; ++j) {
      const bool swap = rank(basis.shells[i]) < rank(basis.shells[j]);
      Pair pair{swap ? j : i, swap ? i : j, {}};
      pair.primitives = primitivePairs(basis.shells[pair.a], basis.shells[pair.b]);
      if (!pair.primitives.empty())
        collected[{basis.shells[pair.a].parts, basis.shells[pair.b].parts}].push_back(std::move(pair));
    }
  }
  return collected;
}

}  // namespace

namespace {

/** Which pairs stand in one block. */
enum class Grouping { byClass, byClassAndCentres };

/** Blocks of the pairs collected, those below the threshold left out; without bounds for a threshold of 0. */
std::vector<PairBlock> makeBlocks(const ShellLists& shells, std::map<PairKey, std::vector<Pair>>& collected, double threshold,
                                  std::deque<PairClass>& pairClasses, const Control& control,
                                  Grouping grouping = Grouping::byClass, const Repulsion& repulsion = {}) {
  std::vector<std::pair<const PairClass*, std::vector<Pair>*>> perClass;
  double maxBound = 0.0;
  for (auto& [key, pairs] : collected) {
    pairClasses.push_back(makePairClass(key.first, key.second));
    if (threshold > 0.0) computeBounds(shells, pairClasses.back(), pairs, control, repulsion);
    for (const Pair& pair : pairs) maxBound = std::max(maxBound, pair.bound);
    perClass.emplace_back(&pairClasses.back(), &pairs);
  }
  std::vector<PairBlock> blocks;
  for (const auto& [pairClass, all] : perClass) {
    std::map<std::pair<int, bool>, std::vector<Pair>> buckets;
    for (Pair& pair : *all) {
      const bool apart = grouping == Grouping::byClassAndCentres && shells.a[pair.a].atom != shells.b[pair.b].atom;
      if (pair.bound * maxBound >= threshold)
        buckets[{primitiveBucket(static_cast<int>(pair.primitives.size())), apart}].push_back(std::move(pair));
    }
    for (auto& [size, pairs] : buckets) {
      std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& x, const Pair& y) { return x.bound > y.bound; });
      blocks.push_back(layOut(*pairClass, shells, pairs));
    }
  }
  return blocks;
}

}  // namespace

std::vector<PairBlock> makeMixedPairBlocks(const std::vector<CartesianShell>& a, const std::vector<CartesianShell>& b,
                                           double threshold, std::deque<PairClass>& pairClasses, const Control& control) {
  std::map<PairKey, std::vector<Pair>> collected;
  for (int i = 0; i < static_cast<int>(a.size()); ++i)
    for (int j = 0; j < static_cast<int>(b.size()); ++j) {
      Pair pair{i, j, primitivePairs(a[i], b[j])};
      if (!pair.primitives.empty()) collected[{a[i].parts, b[j].parts}].push_back(std::move(pair));
    }
  return makeBlocks({a, b}, collected, threshold, pairClasses, control);
}

std::vector<PairBlock> makePairBlocks(const CartesianBasis& basis, std::deque<PairClass>& pairClasses,
                                      const Control& control) {
  auto collected = collectPairs(basis, control);
  return makeBlocks({basis.shells, basis.shells}, collected, 0.0, pairClasses, control);
}

std::vector<PairBlock> makeGradientPairBlocks(const CartesianBasis& basis, double threshold, std::deque<PairClass>& pairClasses,
                                              const Control& control, const Repulsion& repulsion) {
  auto collected = collectPairs(basis, control);
  auto blocks =
      makeBlocks({basis.shells, basis.shells}, collected, threshold, pairClasses, control, Grouping::byClassAndCentres, repulsion);
  std::stable_sort(blocks.begin(), blocks.end(),
                   [](const PairBlock& x, const PairBlock& y) { return isSimpler(*x.pairClass, *y.pairClass); });
  return blocks;
}

PairList makePairList(const CartesianBasis& basis, double threshold, const Control& control, const Repulsion& repulsion) {
  PairList list;
  auto collected = collectPairs(basis, control);
  list.blocks = makeBlocks({basis.shells, basis.shells}, collected, threshold, list.pairClasses, control, Grouping::byClass, repulsion);
  for (PairBlock& block : list.blocks) {
    block.pairOffset = list.pairSize;
    list.pairSize += block.nGroups * block.groupSize();
  }
  std::stable_sort(list.blocks.begin(), list.blocks.end(),
                   [](const PairBlock& x, const PairBlock& y) { return isSimpler(*x.pairClass, *y.pairClass); });
  std::map<std::pair<const PairClass*, const PairClass*>, const EriClass*> known;
  for (std::size_t i = 0; i < list.blocks.size(); ++i) {
    list.eriClasses.emplace_back();
    for (std::size_t j = 0; j <= i; ++j) {
      const EriClass*& c = known[{list.blocks[i].pairClass, list.blocks[j].pairClass}];
      if (c == nullptr) {
        list.classStore.push_back(makeEriClass(*list.blocks[i].pairClass, *list.blocks[j].pairClass, repulsion));
        list.classStore.back().generated = findQuartetKernel(*list.blocks[i].pairClass, *list.blocks[j].pairClass);
        c = &list.classStore.back();
      }
      list.eriClasses.back().push_back(c);
    }
  }
  return list;
}

QuartetKernel* findQuartetKernel(const PairClass& bra, const PairClass& ket) {
  const std::string name = pairName(bra) + "|" + pairName(ket);
  for (const NamedKernel* entry = ANSATZ_SELECT(quartetKernels)(); entry->name != nullptr; ++entry)
    if (name == entry->name) return entry->kernel;
  return nullptr;
}

std::size_t eriScratchSize(const EriClass& c) {
  return static_cast<std::size_t>(lanes) *
         (c.nVrrSlots + c.bra->nMonomials * c.ket->components.size() +
          static_cast<std::size_t>(c.bra->nHrrSlots) * c.ket->nHrrSlots);
}

}  // namespace ansatz
