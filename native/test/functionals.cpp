#include "ansatz/functional.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "check.hpp"
#include "functionals/b97.hpp"
#include "random.hpp"

namespace ansatz::test {
namespace {

using Values = std::vector<double>;

struct Slopes {
  double energy;
  Values slopes, changes;
};

/** One point. */
Slopes at(const Functional& functional, bool isClosed, const Values& variables, const Values& along = {}) {
  Slopes result{0.0, Values(variables.size()), Values(variables.size())};
  FunctionalInput input{1, isClosed, {}, {}};
  FunctionalOutput output{&result.energy, {}, {}};
  for (std::size_t k = 0; k < variables.size(); ++k) {
    input.variables.push_back(&variables[k]);
    if (!along.empty()) input.changes.push_back(&along[k]);
    output.slopes.push_back(&result.slopes[k]);
    output.slopeChanges.push_back(&result.changes[k]);
  }
  functional.evaluate(input, output);
  return result;
}

/** Densities that orbitals could have: σ of a sum of vectors, τ above σ / 8ρ. */
Values openVariables(Random& random, int count) {
  Values spins[2];
  double gradients[2][3];
  for (int s = 0; s < 2; ++s) {
    const double rho = std::pow(10.0, random.between(-3.0, 1.0));
    double sigma = 0.0;
    for (int k = 0; k < 3; ++k) {
      gradients[s][k] = random.between(-1.0, 1.0) * 3.0 * std::pow(rho, 4.0 / 3.0);
      sigma += gradients[s][k] * gradients[s][k];
    }
    spins[s] = {rho, sigma, sigma / (8.0 * rho) + std::pow(rho, 5.0 / 3.0) * random.between(0.0, 12.0)};
  }
  double mixed = 0.0;
  for (int k = 0; k < 3; ++k) mixed += gradients[0][k] * gradients[1][k];
  Values all{spins[0][0], spins[1][0], spins[0][1], mixed, spins[1][1], spins[0][2], spins[1][2]};
  all.resize(count);
  return all;
}

/** Central differences over a step that is small beside each variable. */
void testSlopes(Check& check, const Functional& functional) {
  constexpr double relative = 1e-5;
  Random random;
  double worst = 0.0, worstChange = 0.0;
  for (int point = 0; point < 200; ++point) {
    const Values v = openVariables(random, functional.nVariables(false));
    Values along = v;
    for (double& x : along) x *= random.between(-1.0, 1.0);
    const Slopes here = at(functional, false, v);
    Values up = v, down = v;
    for (std::size_t k = 0; k < v.size(); ++k) {
      up[k] += relative * along[k];
      down[k] -= relative * along[k];
    }
    const Slopes above = at(functional, false, up), below = at(functional, false, down), changed = at(functional, false, v, along);
    double slope = 0.0, scale = std::abs(here.energy);
    for (std::size_t k = 0; k < v.size(); ++k) {
      slope += here.slopes[k] * along[k];
      scale += std::abs(here.slopes[k] * along[k]);
    }
    worst = std::max(worst, std::abs((above.energy - below.energy) / (2.0 * relative) - slope) / scale);
    for (std::size_t k = 0; k < v.size(); ++k) {
      const double change = (above.slopes[k] - below.slopes[k]) / (2.0 * relative);
      worstChange = std::max(worstChange, std::abs(change - changed.changes[k]) / (std::abs(here.slopes[k]) + std::abs(change)));
      check.that(changed.slopes[k] == here.slopes[k] || std::abs(changed.slopes[k] - here.slopes[k]) < 1e-12 * std::abs(here.slopes[k]),
                 "slopes are the same with and without changes");
    }
  }
  const std::string name(functional.name);
  check.that(worst < 1e-8, name + ": slopes are those of the energy");
  check.that(worstChange < 1e-5, name + ": changes are those of the slopes");
}

/** A closed shell is an open one of two equal spins. */
void testClosed(Check& check, const Functional& functional) {
  Random random;
  double worst = 0.0;
  for (int point = 0; point < 100; ++point) {
    Values open = openVariables(random, 7);
    open[1] = open[0];
    open[3] = open[4] = open[2];
    open[6] = open[5];
    Values closed{2.0 * open[0], 4.0 * open[2], 2.0 * open[5]};
    open.resize(functional.nVariables(false));
    closed.resize(functional.nVariables(true));
    const Slopes a = at(functional, false, open), b = at(functional, true, closed);
    worst = std::max({worst, std::abs(a.energy / b.energy - 1.0), std::abs(a.slopes[0] / b.slopes[0] - 1.0)});
    if (functional.ingredients == Ingredients::density) continue;
    const double bySigma = 0.25 * (a.slopes[2] + a.slopes[3] + a.slopes[4]);
    worst = std::max(worst, std::abs(bySigma / b.slopes[1] - 1.0));
  }
  check.that(worst < 1e-10, std::string(functional.name) + ": closed shells are open ones with equal spins");
}

/** Where a spin has no electrons, or there are none at all, numbers stay finite. */
void testEdges(Check& check, const Functional& functional) {
  bool isFinite = true;
  for (const double rho : {0.0, 1e-20, 1e-14, 1e-9, 1e-3, 300.0})
    for (const double other : {0.0, 1e-30, 1e-16, 1e-12}) {
      Values v{rho, other, rho * rho, 0.0, other * other, rho, other};
      v.resize(functional.nVariables(false));
      const Slopes s = at(functional, false, v);
      isFinite = isFinite && std::isfinite(s.energy);
      for (const double slope : s.slopes) isFinite = isFinite && std::isfinite(slope);
    }
  check.that(isFinite, std::string(functional.name) + ": finite at the edges");
}

/** The part of exchange that is of short range: 1 − (8/3) √π a of dense gases, 1/(36 a²) of thin ones, and one function between. */
void testShortRange(Check& check) {
  const auto share = [](double a) { return b97::shortRangeShare(a); };
  check.that(std::abs(share(1e-6) - (1.0 - 8.0 / 3.0 * std::sqrt(std::numbers::pi) * 1e-6)) < 1e-11, "dense gases have exchange of short range");
  check.that(std::abs(share(1e4) * 36e8 - 1.0) < 1e-7, "thin gases have none");
  const double below = share(0.5 * (1.0 - 1e-13)), above = share(0.5 * (1.0 + 1e-13));
  check.that(std::abs(below / above - 1.0) < 1e-11, "the series of thin gases goes on where the formula ends");
  using Number = Dual<1>;
  for (const double a : {0.3, 0.49, 0.51, 2.0}) {
    const double h = 1e-5;
    const double slope = b97::shortRangeShare(Number::variable(a, 0)).by[0];
    check.that(std::abs((share(a + h) - share(a - h)) / (2.0 * h) - slope) < 1e-8, "the slope of the part of short range");
  }
}

}  // namespace

void testFunctionals(Check& check) {
  check.that(findFunctional("b3lyp") != nullptr && findFunctional("b4lyp") == nullptr, "functionals are found by name");
  testShortRange(check);
  for (const Functional& functional : functionals()) {
    testSlopes(check, functional);
    testClosed(check, functional);
    testEdges(check, functional);
  }
}

}  // namespace ansatz::test
