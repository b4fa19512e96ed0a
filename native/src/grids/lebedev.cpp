#include "grids/lebedev.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#include "grids/lebedev_table.hpp"

namespace ansatz {
namespace {

using lebedev::Orbit;
using lebedev::Term;

/** One point of the orbit, its coordinates rising. */
Point representative(const Term& term) {
  const auto rest = [](double squares) { return std::sqrt(std::max(0.0, 1.0 - squares)); };
  Point p{};
  switch (term.orbit) {
    case Orbit::vertices: p = {0.0, 0.0, 1.0}; break;
    case Orbit::edges: p = {0.0, std::sqrt(0.5), std::sqrt(0.5)}; break;
    case Orbit::faces: p = {std::sqrt(1.0 / 3.0), std::sqrt(1.0 / 3.0), std::sqrt(1.0 / 3.0)}; break;
    case Orbit::diagonal: p = {term.a, term.a, rest(2.0 * term.a * term.a)}; break;
    case Orbit::plane: p = {0.0, term.a, rest(term.a * term.a)}; break;
    case Orbit::general: p = {term.a, term.b, rest(term.a * term.a + term.b * term.b)}; break;
  }
  std::sort(p.begin(), p.end());
  return p;
}

/** All permutations with all signs. */
void addOrbit(const Term& term, SphereRule& rule) {
  Point p = representative(term);
  do {
    for (int signs = 0; signs < 8; ++signs) {
      Point signedPoint = p;
      bool isNew = true;
      for (int k = 0; k < 3; ++k)
        if (signs & (1 << k)) {
          isNew = isNew && p[k] != 0.0;
          signedPoint[k] = -p[k];
        }
      if (!isNew) continue;
      rule.points.push_back(signedPoint);
      rule.weights.push_back(term.weight);
    }
  } while (std::next_permutation(p.begin(), p.end()));
}

}  // namespace

std::vector<int> lebedevSizes() {
  std::vector<int> sizes;
  for (const lebedev::Rule& rule : lebedev::rules) sizes.push_back(rule.points);
  return sizes;
}

SphereRule lebedevRule(int points) {
  for (const lebedev::Rule& entry : lebedev::rules) {
    if (entry.points != points) continue;
    SphereRule rule{entry.degree, {}, {}};
    for (std::size_t i = 0; i < entry.nTerms; ++i) addOrbit(entry.terms[i], rule);
    return rule;
  }
  throw std::logic_error("no Lebedev rule of " + std::to_string(points) + " points");
}

}  // namespace ansatz
