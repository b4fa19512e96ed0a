#include "gradient/gradient_class.hpp"

#include <algorithm>

#include "basis/cartesian.hpp"

namespace ansatz {
namespace {

int degreeOf(const Powers& e) { return e[0] + e[1] + e[2]; }

/** Index among all monomials, or Hermite functions, of degree ≥ `lowest`. */
std::uint16_t indexOf(const Powers& e, int lowest = 0) {
  return static_cast<std::uint16_t>(monomialsBelow(degreeOf(e)) - monomialsBelow(lowest) + cartesianIndex(e[0], e[1], e[2]));
}

std::vector<Powers> monomials(int lowest, int highest) {
  std::vector<Powers> list;
  for (int degree = lowest; degree <= highest; ++degree)
    for (int i = 0; i < nCartesian(degree); ++i) list.push_back(cartesianPowers(degree, i));
  return list;
}

Powers moved(Powers e, int axis, int by) {
  e[axis] += by;
  return e;
}

std::vector<HermiteOp> recurrence(int degree) {
  std::vector<HermiteOp> ops;
  for (const Powers& e : monomials(0, degree)) {
    HermiteOp op{};
    int axis = -1;
    for (int i = 0; i < 3; ++i)
      if (e[i] > 0 && (axis < 0 || e[i] < e[axis])) axis = i;
    if (axis >= 0) {
      op.axis = static_cast<std::uint8_t>(axis);
      op.n = static_cast<std::uint8_t>(e[axis] - 1);
      op.x = indexOf(moved(e, axis, -1));
      if (op.n > 0) op.y = indexOf(moved(e, axis, -2));
    }
    ops.push_back(op);
  }
  return ops;
}

/** Every Hermite function in the expansion of each monomial. */
std::vector<HermiteTerm> expansion(int lowest, int highest, bool onOneCentre) {
  std::vector<HermiteTerm> terms;
  const int width = highest + 1;
  for (const Powers& e : monomials(lowest, highest))
    for (int x = 0; x <= e[0]; ++x)
      for (int y = 0; y <= e[1]; ++y)
        for (int z = 0; z <= e[2]; ++z) {
          if (onOneCentre && ((e[0] - x) % 2 != 0 || (e[1] - y) % 2 != 0 || (e[2] - z) % 2 != 0)) continue;
          const int place[3] = {e[0] * width + x, e[1] * width + y, e[2] * width + z};
          HermiteTerm term{indexOf(e, lowest), indexOf({x, y, z}), {}, (x + y + z) % 2 != 0};
          for (int i = 0; i < 3; ++i) term.place[i] = static_cast<std::uint8_t>(place[i]);
          terms.push_back(term);
        }
  return terms;
}

}  // namespace

GradientClass makeGradientClass(const PairClass& bra, const PairClass& ket, bool ketOnOneCentre, const Repulsion& repulsion) {
  GradientClass c{};
  c.bra = &bra;
  c.ket = &ket;
  c.degree = bra.eMax + ket.eMax + 1;
  c.nHermite = monomialsBelow(c.degree + 1);
  c.hermite = recurrence(c.degree);
  const std::vector<Powers> p = monomials(0, bra.eMax + 1);
  const std::vector<Powers> q = monomials(0, ket.eMax);
  c.nP = monomialsBelow(bra.eMax + 1);
  c.nRaised = static_cast<int>(p.size());
  c.nQ = static_cast<int>(q.size());
  for (const Powers& a : p)
    for (const Powers& b : q) c.sums.push_back(indexOf({a[0] + b[0], a[1] + b[1], a[2] + b[2]}));
  for (int i = 0; i < c.nP; ++i)
    for (int axis = 0; axis < 3; ++axis) {
      c.raised.push_back(indexOf(moved(p[i], axis, 1)));
      if (p[i][axis] > 0)
        c.braLowering.push_back({static_cast<std::uint16_t>(i), indexOf(moved(p[i], axis, -1)), static_cast<std::uint8_t>(axis),
                                 static_cast<std::uint8_t>(p[i][axis])});
    }
  c.braTerms = expansion(bra.eMin, bra.eMax, false);
  const int lowest = std::max(ket.eMin - 1, 0);
  c.nF = monomialsBelow(ket.eMax + 1) - monomialsBelow(lowest);
  c.firstF = monomialsBelow(ket.eMin) - monomialsBelow(lowest);
  c.ketTerms = expansion(lowest, ket.eMax, ketOnOneCentre);
  c.ketTermsOf.assign(c.nF + 1, static_cast<std::uint32_t>(c.ketTerms.size()));
  for (std::size_t k = c.ketTerms.size(); k-- > 0;) c.ketTermsOf[c.ketTerms[k].monomial] = static_cast<std::uint32_t>(k);
  for (int axis = 0; axis < 3; ++axis) {
    c.ketLoweringOf.push_back(static_cast<std::uint32_t>(c.ketLowering.size()));
    for (const Powers& f : monomials(ket.eMin, ket.eMax))
      if (f[axis] > 0)
        c.ketLowering.push_back({indexOf(f, ket.eMin), indexOf(moved(f, axis, -1), lowest), static_cast<std::uint8_t>(axis),
                                 static_cast<std::uint8_t>(f[axis])});
  }
  c.ketLoweringOf.push_back(static_cast<std::uint32_t>(c.ketLowering.size()));
  c.singleKet = ket.nParts == 1;
  c.repulsion = repulsion;
  return c;
}

}  // namespace ansatz
