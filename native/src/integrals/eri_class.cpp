#include "integrals/eri_class.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include "basis/cartesian.hpp"

namespace ansatz {
namespace {

/** An auxiliary integral [e|f](m). */
struct Auxiliary {
  Powers e, f;
  int m;
  auto operator<=>(const Auxiliary&) const = default;
  int degree() const { return e[0] + e[1] + e[2] + f[0] + f[1] + f[2]; }
};

/** The axis to lower: one whose power is 1 where there is one, since that step is shortest. */
int loweringAxis(const Powers& powers) {
  int best = -1;
  for (int i = 0; i < 3; ++i)
    if (powers[i] > 0 && (best < 0 || powers[i] < powers[best])) best = i;
  return best;
}

/** Finds every auxiliary integral that the targets need and numbers them. */
class VrrPlan {
 public:
  explicit VrrPlan(int degree) : sequence_{degree, {}, {}, {}} {
    for (int m = 0; m <= degree; ++m) numbers_[{{0, 0, 0}, {0, 0, 0}, m}] = next_++;
  }

  int number(const Auxiliary& a) {
    const auto known = numbers_.find(a);
    if (known != numbers_.end()) return known->second;
    VrrOp op{};
    op.ket = a.f != Powers{0, 0, 0};
    const int axis = loweringAxis(op.ket ? a.f : a.e);
    op.axis = static_cast<std::uint8_t>(axis);
    Auxiliary x = a;
    Powers& side = op.ket ? x.f : x.e;
    --side[axis];
    op.n = static_cast<std::uint8_t>(side[axis]);
    op.k = static_cast<std::uint8_t>(op.ket ? a.e[axis] : 0);
    op.x0 = reference(x, 0);
    op.x1 = reference(x, 1);
    if (op.n > 0) {
      Auxiliary y = x;
      --(op.ket ? y.f : y.e)[axis];
      op.y0 = reference(y, 0);
      op.y1 = reference(y, 1);
    }
    if (op.k > 0) {
      Auxiliary z = x;
      --z.e[axis];
      op.z = reference(z, 1);
    }
    op.dst = static_cast<std::uint16_t>(next_);
    numbers_[a] = next_;
    sequence_.ops.push_back(op);
    sequence_.totalDegree.push_back(a.degree());
    return next_++;
  }

  VrrSequence& sequence() { return sequence_; }

 private:
  std::uint16_t reference(Auxiliary a, int dm) {
    a.m += dm;
    return static_cast<std::uint16_t>(number(a));
  }

  std::map<Auxiliary, int> numbers_;
  VrrSequence sequence_;
  int next_ = 0;
};

VrrRun::Kind kindOf(const VrrOp& op) {
  if (!op.ket) return op.n > 0 ? VrrRun::braN : VrrRun::bra;
  if (op.n > 0) return op.k > 0 ? VrrRun::ketNK : VrrRun::ketN;
  return op.k > 0 ? VrrRun::ketK : VrrRun::ket;
}

/** Gives slots to auxiliaries so that one whose last use is past makes room; targets and [0](m) keep theirs. */
int assignSlots(EriClass& c, int nFixed) {
  const std::size_t n = c.vrr.size();
  std::vector<std::size_t> lastUse(nFixed + n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    const VrrOp& op = c.vrr[i];
    for (const int s : {op.x0, op.x1, op.y0, op.y1, op.z}) lastUse[s] = std::max(lastUse[s], i);
  }
  for (const int t : c.targets) lastUse[t] = n;
  std::vector<std::uint16_t> slot(nFixed + n, 0);
  std::vector<std::uint16_t> unused;
  std::vector<std::vector<std::uint16_t>> expiring(n + 1);
  int nSlots = nFixed;
  for (int s = 0; s < nFixed; ++s) slot[s] = static_cast<std::uint16_t>(s);
  for (std::size_t i = 0; i < n; ++i) {
    VrrOp& op = c.vrr[i];
    const int own = op.dst;
    if (unused.empty()) unused.push_back(static_cast<std::uint16_t>(nSlots++));
    slot[own] = unused.back();
    unused.pop_back();
    expiring[std::max(lastUse[own], i)].push_back(slot[own]);
    op = {slot[own], slot[op.x0], slot[op.x1], slot[op.y0], slot[op.y1], slot[op.z], op.axis, op.n, op.k, op.ket};
    if (i + 1 < n)
      for (const std::uint16_t s : expiring[i]) unused.push_back(s);
  }
  for (std::uint16_t& t : c.targets) t = slot[t];
  return nSlots;
}

}  // namespace

VrrSequence makeVrrSequence(const PairClass& bra, const PairClass& ket) {
  VrrPlan plan(bra.eMax + ket.eMax);
  std::vector<std::uint16_t> targets;
  for (int e = bra.eMin; e <= bra.eMax; ++e)
    for (int i = 0; i < nCartesian(e); ++i)
      for (int f = ket.eMin; f <= ket.eMax; ++f)
        for (int j = 0; j < nCartesian(f); ++j)
          targets.push_back(static_cast<std::uint16_t>(plan.number({cartesianPowers(e, i), cartesianPowers(f, j), 0})));
  plan.sequence().targets = targets;
  return plan.sequence();
}

EriClass makeEriClass(const PairClass& bra, const PairClass& ket, const Repulsion& repulsion) {
  const VrrSequence sequence = makeVrrSequence(bra, ket);
  EriClass c{&bra, &ket, sequence.degree, {}, {}, 0, sequence.targets, nullptr, repulsion};
  std::vector<std::size_t> order(sequence.ops.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto rank = [&](std::size_t i) { return std::tuple(sequence.totalDegree[i], kindOf(sequence.ops[i])); };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
  for (std::size_t i = 0; i < order.size(); ++i) {
    const auto index = static_cast<std::uint32_t>(i);
    if (i == 0 || rank(order[i]) != rank(order[i - 1]))
      c.runs.push_back({kindOf(sequence.ops[order[i]]), index, index});
    c.vrr.push_back(sequence.ops[order[i]]);
    c.runs.back().last = index + 1;
  }
  c.nVrrSlots = assignSlots(c, c.degree + 1);
  return c;
}

}  // namespace ansatz
