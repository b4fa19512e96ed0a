#pragma once
#include <tuple>
#include <vector>

#include "ansatz/scf.hpp"

namespace ansatz::test {

/** Of one primitive. */
inline Shell shell(int l, int atom, const Point& centre, double exponent) { return {l, true, atom, centre, {exponent}, {1.0}}; }

struct Hydride {
  int nBeta = 2;
  /** Bohr. */
  double distance = 3.0;
  bool hasF = false;
};

/** LiH, or LiH⁺ with one β electron: s, p and d functions of one primitive each. */
inline System lithiumHydride(const Hydride& asked) {
  const Point hydrogen{0, 0, asked.distance};
  System system;
  system.nuclei = {{{0, 0, 0}, 3.0}, {hydrogen, 1.0}};
  std::vector<Shell> shells;
  for (const double exponent : {0.1, 0.5, 2.0, 9.0}) shells.push_back(shell(0, 0, {0, 0, 0}, exponent));
  shells.push_back(shell(1, 0, {0, 0, 0}, 0.5));
  shells.push_back(shell(2, 0, {0, 0, 0}, 0.7));
  if (asked.hasF) shells.push_back(shell(3, 0, {0, 0, 0}, 0.9));
  for (const double exponent : {0.2, 0.5, 1.5}) shells.push_back(shell(0, 1, hydrogen, exponent));
  shells.push_back(shell(1, 1, hydrogen, 0.5));
  system.basis = makeCartesianBasis(shells);
  system.nAlpha = 2;
  system.nBeta = asked.nBeta;
  return system;
}

/**
 * Lithium hydride along no axis, of s and p functions alone, so few that every integral can be had one by one; of such shells Cartesian
 * functions are those of the basis.
 */
inline System sAndPHydride(int nAlpha, int nBeta) {
  System system;
  system.nuclei = {{{0, 0, 0}, 3.0}, {{0.5, -0.8, 2.8}, 1.0}};
  std::vector<Shell> shells;
  for (const auto& [l, atom, exponent] : {std::tuple{0, 0, 0.2}, {0, 0, 2.0}, {1, 0, 0.6}, {0, 1, 0.4}, {1, 1, 0.9}})
    shells.push_back(shell(l, atom, system.nuclei[static_cast<std::size_t>(atom)].position, exponent));
  system.basis = makeCartesianBasis(shells);
  system.nAlpha = nAlpha;
  system.nBeta = nBeta;
  return system;
}

}  // namespace ansatz::test
