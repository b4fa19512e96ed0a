#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <string>
#include <vector>

#include "check.hpp"
#include "integrals/aligned.hpp"
#include "integrals/boys.hpp"
#include "integrals/pair_list.hpp"
#include "random.hpp"
#include "random_shells.hpp"
#include "slow_repulsion.hpp"

namespace ansatz::test {
namespace {

/** Of the largest integral of a sample: recurrences of degree 14 lose four digits at most. */
constexpr double tolerance = 1e-12;

/** The kernels of one instruction set. */
struct Kernels {
  const char* name;
  EriKernel* group;
  const NamedKernel* quartets;
};

std::vector<Kernels> availableKernels() {
  std::vector<Kernels> list{{"baseline", &baseline::eriGroup, baseline::quartetKernels()}};
#if defined(__x86_64__) || defined(_M_X64)
  if (machineIsa() >= Isa::avx2) list.push_back({"avx2", &avx2::eriGroup, avx2::quartetKernels()});
  if (machineIsa() >= Isa::avx512) list.push_back({"avx512", &avx512::eriGroup, avx512::quartetKernels()});
#endif
  return list;
}

/** Five shells with one: a group of eight lanes of which three are padding. */
struct PairSample {
  std::vector<CartesianShell> a, b;
  std::deque<PairClass> classes;
  std::vector<PairBlock> blocks;

  PairSample(Random& random, const std::vector<int>& partsA, const std::vector<int>& partsB)
      : a(randomShells(random, partsA, 5)), b(randomShells(random, partsB, 1)), blocks(makeMixedPairBlocks(a, b, 0.0, classes)) {}
};

/** An integral of one bra pair with one lane of a ket group: its place in the kernel's output and what the twin gives. */
struct Sample {
  std::size_t place;
  double expected;
};

std::vector<Sample> sampleIntegrals(Random& random, const std::array<CartesianShell, 4>& shells, int lane) {
  std::array<std::vector<Function>, 4> functions;
  for (int x = 0; x < 4; ++x) functions[x] = functionsOf(shells[x]);
  std::vector<Sample> samples;
  for (int n = 0; n < 4; ++n) {
    std::array<const Function*, 4> chosen{};
    std::size_t place = 0;
    for (int x = 0; x < 4; ++x) {
      const int i = random.below(static_cast<int>(functions[x].size()));
      chosen[x] = &functions[x][i];
      place = place * functions[x].size() + i;
    }
    samples.push_back({place * lanes + lane, slowRepulsion(*chosen[0], *chosen[1], *chosen[2], *chosen[3])});
  }
  return samples;
}

/** Every kernel of one class of pairs with another against the slow twin. */
void testClass(Random& random, const PairSample& bras, const PairSample& kets, Check& check) {
  const std::vector<Kernels> available = availableKernels();
  std::vector<double> difference(available.size(), 0.0);
  double largest = 0.0;
  const std::string name = pairName(bras.classes.front()) + "|" + pairName(kets.classes.front());
  for (const PairBlock& bra : bras.blocks)
    for (const PairBlock& ket : kets.blocks) {
      const int pair = random.below(bra.nPairs);
      const int lane = random.below(std::min(ket.nPairs, lanes));
      const std::vector<Sample> samples =
          sampleIntegrals(random, {bras.a[bra.shellA[pair]], bras.b[bra.shellB[pair]], kets.a[ket.shellA[lane]], kets.b[ket.shellB[lane]]}, lane);
      for (const Sample& sample : samples) largest = std::max(largest, std::abs(sample.expected));
      EriClass c = makeEriClass(*bra.pairClass, *ket.pairClass);
      AlignedVector scratch(eriScratchSize(c));
      AlignedVector values(static_cast<std::size_t>(bra.pairClass->nA * bra.pairClass->nB) * ket.groupSize());
      for (std::size_t k = 0; k < available.size(); ++k) {
        c.generated = nullptr;
        for (const NamedKernel* entry = available[k].quartets; entry->name != nullptr; ++entry)
          if (name == entry->name) c.generated = entry->kernel;
        available[k].group(c, bra.group(pair / lanes), pair % lanes, ket.group(0), BoysTable::instance().order(c.degree),
                           values.data(), scratch.data());
        for (const Sample& sample : samples)
          difference[k] = std::max(difference[k], std::abs(values[sample.place] - sample.expected));
      }
    }
  for (std::size_t k = 0; k < available.size(); ++k)
    check.that(difference[k] <= tolerance * largest, std::string(available[k].name) + " (" + name + "): differs from the slow twin by " +
                                                         std::to_string(difference[k]) + " of " + std::to_string(largest));
}

}  // namespace

void testRepulsionKernels(Check& check) {
  Random random;
  const std::vector<int> s{0}, p{1}, sp{0, 1}, d{2}, f{3}, g{4}, i{6};
  std::deque<PairSample> pairs;
  for (const auto& [a, b] : {std::pair(s, s), {p, s}, {sp, s}, {p, p}, {sp, p}, {sp, sp}, {d, s}, {d, p}, {d, sp}, {d, d}, {f, s},
                             {f, p}, {f, sp}, {f, d}, {f, f}, {g, s}})
    pairs.emplace_back(random, a, b);
  // the derivatives of p, sp, d and f shells, and the highest of a fitting set
  std::deque<PairSample> others;
  for (const auto& [a, b] : {std::pair(std::vector{0, 2}, p), {std::vector{0, 1, 2}, sp}, {std::vector{1, 3}, d}, {std::vector{2, 4}, f}, {i, s}})
    others.emplace_back(random, a, b);
  for (const PairSample& ket : pairs) {
    for (const PairSample& bra : pairs) testClass(random, bra, ket, check);
    for (const PairSample& bra : others) testClass(random, bra, ket, check);
  }
}

}  // namespace ansatz::test
