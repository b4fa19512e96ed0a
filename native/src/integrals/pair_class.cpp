#include <algorithm>
#include <map>
#include <tuple>

#include "basis/cartesian.hpp"
#include "integrals/eri_class.hpp"

namespace ansatz {
namespace {

int countFunctions(const std::vector<int>& parts) {
  int n = 0;
  for (const int l : parts) n += nCartesian(l);
  return n;
}

/** Index of a monomial among all of degree ≥ `lowest`. */
int monomialIndex(const Powers& e, int lowest) {
  const int degree = e[0] + e[1] + e[2];
  return monomialsBelow(degree) - monomialsBelow(lowest) + cartesianIndex(e[0], e[1], e[2]);
}

/** Plans (ab| = (a+1, b−1| + AB (a, b−1| for one pair of parts. */
class HrrPlan {
 public:
  HrrPlan(PairClass& pair, int part) : pair_(pair), part_(part) {}

  void addComponents(int la, int lb) {
    for (int degree = la; degree <= la + lb; ++degree)
      for (int i = 0; i < nCartesian(degree); ++i) {
        const Powers e = cartesianPowers(degree, i);
        slots_[{e, {0, 0, 0}}] = static_cast<int>(pair_.components.size());
        pair_.components.push_back({static_cast<std::uint16_t>(monomialIndex(e, pair_.eMin)),
                                    static_cast<std::uint16_t>(part_)});
      }
  }

  int slot(const Powers& a, const Powers& b) {
    const auto known = slots_.find({a, b});
    if (known != slots_.end()) return known->second;
    const int axis = b[0] > 0 ? 0 : b[1] > 0 ? 1 : 2;
    Powers up = a;
    Powers down = b;
    ++up[axis];
    --down[axis];
    const int x = slot(up, down);
    const int y = slot(a, down);
    const int dst = pair_.nHrrSlots++;
    pair_.hrr.push_back({static_cast<std::uint16_t>(dst), static_cast<std::uint16_t>(x), static_cast<std::uint16_t>(y),
                         static_cast<std::uint8_t>(axis)});
    slots_[{a, b}] = dst;
    return dst;
  }

 private:
  PairClass& pair_;
  int part_;
  std::map<std::pair<Powers, Powers>, int> slots_;
};

}  // namespace

PairClass makePairClass(const std::vector<int>& partsA, const std::vector<int>& partsB) {
  PairClass pair{};
  pair.partsA = partsA;
  pair.partsB = partsB;
  pair.nA = countFunctions(partsA);
  pair.nB = countFunctions(partsB);
  pair.eMin = partsA.front();
  pair.eMax = partsA.back() + partsB.back();
  pair.nMonomials = monomialsBelow(pair.eMax + 1) - monomialsBelow(pair.eMin);
  pair.nParts = static_cast<int>(partsA.size() * partsB.size());

  std::vector<HrrPlan> plans;
  for (int part = 0; part < pair.nParts; ++part) {
    plans.emplace_back(pair, part);
    plans.back().addComponents(partsA[part / partsB.size()], partsB[part % partsB.size()]);
  }
  pair.nHrrSlots = static_cast<int>(pair.components.size());
  int firstA = 0;
  pair.functions.resize(static_cast<std::size_t>(pair.nA) * pair.nB);
  for (std::size_t i = 0; i < partsA.size(); ++i) {
    int firstB = 0;
    for (std::size_t j = 0; j < partsB.size(); ++j) {
      HrrPlan& plan = plans[i * partsB.size() + j];
      for (int a = 0; a < nCartesian(partsA[i]); ++a)
        for (int b = 0; b < nCartesian(partsB[j]); ++b)
          pair.functions[(firstA + a) * pair.nB + firstB + b] = static_cast<std::uint16_t>(
              plan.slot(cartesianPowers(partsA[i], a), cartesianPowers(partsB[j], b)));
      firstB += nCartesian(partsB[j]);
    }
    firstA += nCartesian(partsA[i]);
  }
  return pair;
}

std::string pairName(const PairClass& pair) {
  std::string name;
  for (const int l : pair.partsA) name += "spdfghi"[l];
  name += ',';
  for (const int l : pair.partsB) name += "spdfghi"[l];
  return name;
}

bool isSimpler(const PairClass& a, const PairClass& b) {
  return std::tie(a.eMax, a.nMonomials, a.nParts, a.partsA, a.partsB) <
         std::tie(b.eMax, b.nMonomials, b.nParts, b.partsA, b.partsB);
}

}  // namespace ansatz
