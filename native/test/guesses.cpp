#include "scf/guess.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "ansatz/one_electron.hpp"
#include "check.hpp"
#include "hydride.hpp"

namespace ansatz::test {
namespace {

/** Neutral atoms and their electrons in s, p, d and f. */
struct Shells {
  int charge;
  std::array<int, 4> electrons;
};

/** As many shells of each angular momentum as the heaviest atom here fills, and one of g, which none does. */
std::vector<Shell> someShells(int atom, const Point& centre) {
  constexpr std::array<int, 5> counts{6, 5, 3, 1, 1};
  std::vector<Shell> shells;
  for (int l = 0; l < static_cast<int>(counts.size()); ++l)
    for (int k = 0; k < counts[static_cast<std::size_t>(l)]; ++k) shells.push_back(shell(l, atom, centre, 0.3 * std::pow(3.5, k)));
  return shells;
}

/** Σ D S over functions of each angular momentum of one atom, and of the others too. */
std::array<double, 5> electronsOf(const System& system, const Matrix& density, int atom) {
  const Matrix overlap = oneElectronIntegrals(system.basis, {0, 0, 0}).overlap;
  std::array<double, 5> electrons{};
  for (const CartesianShell& own : system.basis.shells) {
    if (own.atom != atom) continue;
    int i = own.offset;
    for (const int l : own.parts)
      for (const int last = i + nCartesian(l); i < last; ++i)
        for (int j = 0; j < density.cols; ++j) electrons[static_cast<std::size_t>(l)] += density(i, j) * overlap(j, i);
  }
  return electrons;
}

}  // namespace

/** Superposed atoms have the electrons of free ones in each angular momentum; a ghost has none. */
void testGuesses(Check& check) {
  for (const auto& [charge, expected] : {Shells{2, {2, 0, 0, 0}}, {8, {4, 4, 0, 0}}, {18, {6, 12, 0, 0}}, {25, {8, 12, 5, 0}}, {36, {8, 18, 10, 0}},
                                         {54, {10, 24, 20, 0}}, {64, {12, 24, 20, 8}}, {86, {12, 30, 30, 14}}}) {
    System system;
    system.nuclei = {{{0, 0, 0}, static_cast<double>(charge)}, {{0, 0, 3.0}, 0.0}, {{0, 2.5, 0}, static_cast<double>(charge)}};
    std::vector<Shell> shells;
    for (int atom = 0; atom < 3; ++atom)
      for (const Shell& own : someShells(atom, system.nuclei[static_cast<std::size_t>(atom)].position)) shells.push_back(own);
    system.basis = makeCartesianBasis(shells);
    const Matrix density = superposedAtomicDensity(system, {});
    double worst = 0.0;
    for (int atom = 0; atom < 3; ++atom) {
      const std::array<double, 5> found = electronsOf(system, density, atom);
      for (std::size_t l = 0; l < found.size(); ++l)
        worst = std::max(worst, std::abs(found[l] - (atom == 1 || l == 4 ? 0 : expected[l])));
    }
    check.that(worst < 1e-8, "electrons of a free atom of charge " + std::to_string(charge) + " off by " + std::to_string(worst));
  }
}

}  // namespace ansatz::test
