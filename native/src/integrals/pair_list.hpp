#pragma once
#include <cstdint>
#include <deque>
#include <vector>

#include "ansatz/basis.hpp"
#include "ansatz/control.hpp"
#include "integrals/eri_class.hpp"
#include "integrals/eri_kernel.hpp"

namespace ansatz {

/** Shell pairs of one class and about one number of primitives, in groups of eight, by falling Schwarz bound. */
struct PairBlock {
  const PairClass* pairClass;
  int nPairs = 0;
  int nGroups = 0;
  int nFields = 0;
  std::vector<double> prims;            // the groups one after another
  std::vector<std::size_t> primOffset;  // [group]
  std::vector<int> nPrims;              // [group]
  std::vector<double> geometry;         // [group][field][lane]
  std::vector<std::int32_t> shellA, shellB;  // [group × lane]; padding repeats the last pair
  std::vector<double> bound;            // √max|(ab|ab)|; 0 for padding
  std::vector<double> weight;           // 2 for two different shells, 1 for a shell with itself, 0 for padding
  /** Place of group 0 in arrays over all pairs of functions, each group nA·nB·lanes long. */
  std::size_t pairOffset = 0;

  PairGroup group(int g) const {
    return {prims.data() + primOffset[g], geometry.data() + static_cast<std::size_t>(g) * geometryFields * lanes, nPrims[g],
            nFields};
  }
  std::size_t groupSize() const { return static_cast<std::size_t>(pairClass->nA) * pairClass->nB * lanes; }
};

/** Every pair of shells of a basis without Schwarz bounds, for one-electron integrals; classes are kept in `pairClasses`. */
std::vector<PairBlock> makePairBlocks(const CartesianBasis& basis, std::deque<PairClass>& pairClasses,
                                      const Control& control);

/** Pair blocks of two lists of shells, every one of `a` with every one of `b`; classes are kept in `pairClasses`. */
std::vector<PairBlock> makeMixedPairBlocks(const std::vector<CartesianShell>& a, const std::vector<CartesianShell>& b,
                                           double threshold, std::deque<PairClass>& pairClasses, const Control& control = {});

/**
 * Every significant pair of shells of a basis, simplest class first; pairs on one atom and pairs on two are in blocks of their
 * own. Throws Cancelled.
 */
std::vector<PairBlock> makeGradientPairBlocks(const CartesianBasis& basis, double threshold, std::deque<PairClass>& pairClasses,
                                              const Control& control, const Repulsion& repulsion = {});

/** Every significant pair of shells of a basis, and the classes of its quartets. */
struct PairList {
  std::deque<PairClass> pairClasses;
  std::vector<PairBlock> blocks;
  std::size_t pairSize = 0;
  std::vector<std::vector<const EriClass*>> eriClasses;  // [block][block]
  std::deque<EriClass> classStore;
};

/** Pairs whose Schwarz bound times the largest one stays below `threshold` (hartree) are left out. Throws Cancelled. */
PairList makePairList(const CartesianBasis& basis, double threshold, const Control& control = {}, const Repulsion& repulsion = {});

}  // namespace ansatz
