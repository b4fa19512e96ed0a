#include "gradient/derivative_shell.hpp"

#include <algorithm>

#include "basis/cartesian.hpp"

namespace ansatz {
namespace {

struct Part {
  int l;
  int parent;  // part of the parent shell
  bool raised;
};

}  // namespace

int functionCount(const CartesianShell& shell) {
  int n = 0;
  for (const int l : shell.parts) n += nCartesian(l);
  return n;
}

DerivativeShell differentiate(const CartesianShell& parent, int offset) {
  std::vector<Part> parts;
  for (int i = 0; i < static_cast<int>(parent.parts.size()); ++i) {
    parts.push_back({parent.parts[i] + 1, i, true});
    if (parent.parts[i] > 0) parts.push_back({parent.parts[i] - 1, i, false});
  }
  std::stable_sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return a.l < b.l; });

  DerivativeShell result{{parent.atom, parent.centre, parent.exponents, {}, {}, offset}, {}};
  std::vector<int> first;
  int n = 0;
  for (const Part& part : parts) {
    std::vector<double> c = parent.coefficients[part.parent];
    if (part.raised)
      for (std::size_t k = 0; k < c.size(); ++k) c[k] *= 2.0 * parent.exponents[k];
    result.shell.parts.push_back(part.l);
    result.shell.coefficients.push_back(std::move(c));
    first.push_back(n);
    n += nCartesian(part.l);
  }
  for (int i = 0; i < static_cast<int>(parent.parts.size()); ++i)
    for (int f = 0; f < nCartesian(parent.parts[i]); ++f) {
      const Powers powers = cartesianPowers(parent.parts[i], f);
      result.derivatives.emplace_back();
      for (int axis = 0; axis < 3; ++axis)
        for (std::size_t k = 0; k < parts.size(); ++k) {
          if (parts[k].parent != i || (!parts[k].raised && powers[axis] == 0)) continue;
          Powers moved = powers;
          moved[axis] += parts[k].raised ? 1 : -1;
          result.derivatives.back()[axis].push_back(
              {first[k] + cartesianIndex(moved[0], moved[1], moved[2]), parts[k].raised ? 1.0 : -double(powers[axis])});
        }
    }
  return result;
}

}  // namespace ansatz
