#include "selected_ci/configurations.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "ansatz/error.hpp"
#include "parallel/checked_sort.hpp"

namespace ansatz {
namespace {

/** Of the configurations of a start, one in so many at least is of each symmetry; and one in so many is added about the lowest orbitals. */
constexpr std::size_t shareOfSymmetry = 6, shareOfLowestOrbitals = 3;

struct Ranked {
  double energy;
  Determinant determinant;
  friend bool operator<(const Ranked& a, const Ranked& b) {
    return a.energy != b.energy ? a.energy < b.energy : a.determinant < b.determinant;
  }
};

/** A string and those one move away. */
std::vector<String> movedStrings(String string, int norb) {
  std::vector<String> found{string};
  eachOrbital(string, [&](int q) {
    eachOrbital(lowestOrbitals(norb) & ~string, [&](int p) { found.push_back(string ^ bit(p) ^ bit(q)); });
  });
  return found;
}

/** Calls body for a determinant and those one move of each spin away, each with its energy. */
template <class Body>
void eachAround(const IntegralLists& integrals, const Determinant& d, const Control& control, const Body& body) {
  const std::vector<String> betas = movedStrings(d.beta, integrals.norb());
  std::vector<double> ofBeta;
  for (const String beta : betas) ofBeta.push_back(integrals.ofOneSpin(beta));
  for (const String alpha : movedStrings(d.alpha, integrals.norb())) {
    control.check();
    const double ofAlpha = integrals.ofOneSpin(alpha);
    const std::vector<double> coulomb = integrals.coulombOf(alpha);
    for (std::size_t k = 0; k < betas.size(); ++k) {
      double energy = ofAlpha + ofBeta[k];
      eachOrbital(betas[k], [&](int p) { energy += coulomb[static_cast<std::size_t>(p)]; });
      body(Ranked{energy, {alpha, betas[k]}});
    }
  }
}

/** A determinant and those one move of each spin away, by rising energy. */
std::vector<Ranked> around(const IntegralLists& integrals, const Determinant& d, const Control& control) {
  std::vector<Ranked> found;
  eachAround(integrals, d, control, [&](const Ranked& one) { found.push_back(one); });
  checkedSort(found.begin(), found.end(), control);
  return found;
}

/** A determinant that no move of one electron, or of one of each spin, lowers. */
Determinant descend(const IntegralLists& integrals, Determinant d, const Control& control) {
  for (;;) {
    Ranked lowest{integrals.diagonal(d), d};
    eachAround(integrals, d, control, [&](const Ranked& one) { lowest = std::min(lowest, one); });
    if (lowest.determinant == d) return d;
    d = lowest.determinant;
  }
}

/** Determinants of a configuration with `nalpha` α electrons. */
std::size_t countOf(const Configuration& configuration, int nalpha) {
  const int open = std::popcount(configuration.singles), up = nalpha - std::popcount(configuration.pairs);
  return up < 0 || up > open ? 0 : binomial(open, up);
}

/** Configurations of a first space, as many as their determinants leave room for. */
class Start {
 public:
  Start(int nalpha, std::size_t most) : nalpha_(nalpha), most_(most) {}

  /** False where it does not fit. */
  bool add(const Configuration& configuration) {
    if (chosen_.contains(configuration)) return true;
    const std::size_t count = countOf(configuration, nalpha_);
    if (count > most_ - held_) return false;
    held_ += count;
    chosen_.insert(configuration);
    return true;
  }
  std::size_t size() const { return chosen_.size(); }

  std::vector<Determinant> determinants(const Control& control) const {
    std::vector<Determinant> all;
    all.reserve(held_);
    for (const Configuration& configuration : chosen_) addDeterminants(configuration, nalpha_, all, control);
    checkedSort(all.begin(), all.end(), control);
    return all;
  }

 private:
  int nalpha_;
  std::size_t most_, held_ = 0;
  std::set<Configuration> chosen_;
};

InvalidInput tooManyOpenShells(const Configuration& configuration, const StartOptions& options) {
  return {"not-supported",
          "Selected CI: expected a lowest configuration of at most " + std::to_string(options.most) + " determinants, got " +
              std::to_string(countOf(configuration, options.nalpha)) + " of " + std::to_string(std::popcount(configuration.singles)) +
              " orbitals with one electron each. Take delocalised orbitals, as those of a mean field, of which most hold two electrons or "
              "none; or ask for so many determinants and allow the memory for them."};
}

}  // namespace

void addDeterminants(const Configuration& configuration, int nalpha, std::vector<Determinant>& to, const Control& control) {
  constexpr std::size_t atOnce = 4096;
  std::vector<int> orbitals;
  eachOrbital(configuration.singles, [&](int p) { orbitals.push_back(p); });
  const int open = static_cast<int>(orbitals.size()), up = nalpha - std::popcount(configuration.pairs);
  if (up < 0 || up > open) return;
  String chosen = lowestOrbitals(up);
  const std::size_t count = binomial(open, up);
  for (std::size_t k = 0; k < count; ++k) {
    if (k % atOnce == 0) control.check();
    String alpha = configuration.pairs;
    eachOrbital(chosen, [&](int i) { alpha |= bit(orbitals[static_cast<std::size_t>(i)]); });
    to.push_back({alpha, configuration.pairs | (configuration.singles & ~alpha)});
    if (k + 1 == count) break;
    // The next larger number with as many bits set.
    const String least = chosen & (~chosen + 1), ripple = chosen + least;
    chosen = (((ripple ^ chosen) >> 2) >> std::countr_zero(least)) | ripple;
  }
}

std::vector<Determinant> grown(const std::vector<Determinant>& space, const std::vector<Candidate>& candidates,
                               const SpaceLimits& limits, const Control& control) {
  std::vector<Determinant> all = space;
  std::set<Configuration> added;
  for (const Candidate& candidate : candidates) {
    control.check();
    const int nalpha = std::popcount(candidate.determinant.alpha);
    const Configuration configuration = configurationOf(candidate.determinant);
    if (all.size() >= limits.wanted || all.size() + countOf(configuration, nalpha) > limits.most) break;
    if (added.insert(configuration).second) addDeterminants(configuration, nalpha, all, control);
  }
  checkedSort(all.begin(), all.end(), control);
  return all;
}

std::vector<Determinant> startingDeterminants(const IntegralLists& integrals, const StartOptions& options) {
  const std::size_t count = options.configurations;
  const Determinant lowestOnes{lowestOrbitals(options.nalpha), lowestOrbitals(options.nbeta)};
  const Determinant lowest = descend(integrals, lowestOnes, options.control);
  Start start(options.nalpha, options.most);
  if (!start.add(configurationOf(lowestOnes)) || !start.add(configurationOf(lowest)))
    throw tooManyOpenShells(configurationOf(lowest), options);
  std::map<int, std::set<Configuration>> ofLabel;
  for (const auto& [energy, d] : around(integrals, lowest, options.control)) {
    options.control.check();
    std::set<Configuration>& same = ofLabel[integrals.label(d.alpha) ^ integrals.label(d.beta)];
    if (start.size() >= count && same.size() >= count / shareOfSymmetry) continue;
    if (start.add(configurationOf(d))) same.insert(configurationOf(d));
  }
  const std::size_t last = start.size() + count / shareOfLowestOrbitals;
  for (const auto& [energy, d] : around(integrals, lowestOnes, options.control)) {
    options.control.check();
    if (start.size() < last) start.add(configurationOf(d));
  }
  return start.determinants(options.control);
}

}  // namespace ansatz
