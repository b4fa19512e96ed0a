#include "selected_ci/configurations.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace ansatz {
namespace {

/** Determinants one or two moves from d with the numbers of electrons kept. */
std::vector<Determinant> neighbours(const Determinant& d, int norb) {
  const String all = lowestOrbitals(norb);
  std::vector<String> alphas{d.alpha}, betas{d.beta};
  const auto addSingles = [&](String string, std::vector<String>& to) {
    eachOrbital(string, [&](int q) { eachOrbital(all & ~string, [&](int p) { to.push_back(string ^ bit(p) ^ bit(q)); }); });
  };
  addSingles(d.alpha, alphas);
  addSingles(d.beta, betas);
  std::vector<Determinant> found;
  for (const String alpha : alphas)
    for (const String beta : betas) found.push_back({alpha, beta});
  return found;
}

/** Of the configurations of a start, one in so many at least is of each symmetry; and one in so many is added about the lowest orbitals. */
constexpr std::size_t shareOfSymmetry = 6, shareOfLowestOrbitals = 3;

struct Ranked {
  double energy;
  Determinant determinant;
  friend bool operator<(const Ranked& a, const Ranked& b) {
    return a.energy != b.energy ? a.energy < b.energy : a.determinant < b.determinant;
  }
};

/** A determinant and those one or two moves away, by rising energy. */
std::vector<Ranked> around(const IntegralLists& integrals, const Determinant& d) {
  std::vector<Ranked> found;
  for (const Determinant& other : neighbours(d, integrals.norb())) found.push_back({integrals.diagonal(other), other});
  std::sort(found.begin(), found.end());
  return found;
}

/** Those around a determinant that no move of one electron, or of one of each spin, lowers. */
std::vector<Ranked> descend(const IntegralLists& integrals, Determinant d) {
  for (;;) {
    std::vector<Ranked> found = around(integrals, d);
    if (found.front().determinant == d) return found;
    d = found.front().determinant;
  }
}

}  // namespace

void addDeterminants(const Configuration& configuration, int nalpha, std::vector<Determinant>& to) {
  std::vector<int> orbitals;
  eachOrbital(configuration.singles, [&](int p) { orbitals.push_back(p); });
  const int open = static_cast<int>(orbitals.size()), up = nalpha - std::popcount(configuration.pairs);
  if (up < 0 || up > open) return;
  String chosen = lowestOrbitals(up);
  const std::size_t count = binomial(open, up);
  for (std::size_t k = 0; k < count; ++k) {
    String alpha = configuration.pairs;
    eachOrbital(chosen, [&](int i) { alpha |= bit(orbitals[static_cast<std::size_t>(i)]); });
    to.push_back({alpha, configuration.pairs | (configuration.singles & ~alpha)});
    if (k + 1 == count) break;
    // The next larger number with as many bits set.
    const String least = chosen & (~chosen + 1), ripple = chosen + least;
    chosen = (((ripple ^ chosen) >> 2) >> std::countr_zero(least)) | ripple;
  }
}

std::vector<Determinant> grown(const std::vector<Determinant>& space, const std::vector<Candidate>& candidates, std::size_t size) {
  std::vector<Determinant> all = space;
  std::set<Configuration> added;
  for (const Candidate& candidate : candidates) {
    if (all.size() >= size) break;
    const Configuration configuration = configurationOf(candidate.determinant);
    if (added.insert(configuration).second) addDeterminants(configuration, std::popcount(candidate.determinant.alpha), all);
  }
  std::sort(all.begin(), all.end());
  return all;
}

std::vector<Determinant> startingDeterminants(const IntegralLists& integrals, int nalpha, int nbeta, std::size_t count) {
  const Determinant lowestOnes{lowestOrbitals(nalpha), lowestOrbitals(nbeta)};
  std::set<Configuration> chosen{configurationOf(lowestOnes)};
  std::map<int, std::set<Configuration>> ofLabel;
  for (const auto& [energy, d] : descend(integrals, lowestOnes)) {
    std::set<Configuration>& same = ofLabel[integrals.label(d.alpha) ^ integrals.label(d.beta)];
    if (chosen.size() >= count && same.size() >= count / shareOfSymmetry) continue;
    same.insert(configurationOf(d));
    chosen.insert(configurationOf(d));
  }
  const std::size_t last = chosen.size() + count / shareOfLowestOrbitals;
  for (const auto& [energy, d] : around(integrals, lowestOnes))
    if (chosen.size() < last) chosen.insert(configurationOf(d));
  std::vector<Determinant> all;
  for (const Configuration& configuration : chosen) addDeterminants(configuration, nalpha, all);
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace ansatz
