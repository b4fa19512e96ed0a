#include "ansatz/active_space.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "ansatz/linalg.hpp"
#include "check.hpp"

namespace ansatz::test {
namespace {

constexpr double tolerance = 1e-10;

Shell shell(int l, const Point& centre, double exponent) { return {l, true, 0, centre, {exponent}, {1.0}}; }

System atoms() {
  System system;
  system.nuclei = {{{0, 0, 0}, 3.0}, {{0, 0, 2.5}, 1.0}};
  std::vector<Shell> shells;
  for (const double exponent : {0.4, 1.3, 4.0}) shells.push_back(shell(0, {0, 0, 0}, exponent));
  shells.push_back(shell(1, {0, 0, 0}, 0.6));
  shells.push_back(shell(0, {0, 0, 2.5}, 0.8));
  system.basis = makeCartesianBasis(shells);
  system.nAlpha = system.nBeta = 2;
  return system;
}

}  // namespace

/** Integrals for the derivatives of an active space against sums over all integrals of all orbitals. */
void testActiveSpaces(Check& check) {
  const System system = atoms();
  FockOptions options;
  options.threads = 2;
  FockBuilder fock(system.basis, options);
  const Matrix orbitals = selfConsistentField(system, {}, fock).orbitals[0];
  const int n = orbitals.cols, nCore = 1, nActive = 3;
  std::vector<int> every;
  for (int p = 0; p < n; ++p) every.push_back(p);
  const ActiveHamiltonian all = activeHamiltonian(system, orbitals, {}, every, fock);
  const auto two = [&](int p, int q, int r, int s) { return all.twoBodyTensor[static_cast<std::size_t>(((p * n + q) * n + r) * n + s)]; };
  const OrbitalIntegrals found = orbitalIntegrals(system, orbitals, nCore, nActive, fock);
  double ofFock = 0.0, ofMixed = 0.0;
  for (int p = 0; p < n; ++p)
    for (int q = 0; q < n; ++q) {
      const double expected = all.oneBodyTensor[static_cast<std::size_t>(p * n + q)] + 2.0 * two(p, q, 0, 0) - two(p, 0, 0, q);
      ofFock = std::max(ofFock, std::abs(found.coreFock[static_cast<std::size_t>(p * n + q)] - expected));
    }
  for (int p = 0; p < n; ++p)
    for (int u = 0; u < nActive; ++u)
      for (int v = 0; v < nActive; ++v)
        for (int x = 0; x < nActive; ++x)
          ofMixed = std::max(ofMixed, std::abs(found.mixed[static_cast<std::size_t>(((p * nActive + u) * nActive + v) * nActive + x)] -
                                               two(p, nCore + u, nCore + v, nCore + x)));
  check.that(ofFock < tolerance, "the Fock operator of a core");
  check.that(ofMixed < tolerance, "integrals of three active orbitals and any other");
  const double energy = all.coreEnergy + 2.0 * all.oneBodyTensor[0] + two(0, 0, 0, 0);
  check.that(std::abs(found.coreEnergy - energy) < tolerance, "the energy of a core");

  Matrix active(orbitals.rows, nActive), density(nActive, nActive);
  for (int i = 0; i < active.rows; ++i)
    for (int t = 0; t < nActive; ++t) active(i, t) = orbitals(i, nCore + t);
  for (int t = 0; t < nActive; ++t)
    for (int u = 0; u < nActive; ++u) density(t, u) = t == u ? 1.2 - 0.3 * t : 0.1 * (t + u);
  const Matrix field = congruence(orbitals, activeField(system, active, density, fock));
  double ofField = 0.0;
  for (int p = 0; p < n; ++p)
    for (int q = 0; q < n; ++q) {
      double expected = 0.0;
      for (int t = 0; t < nActive; ++t)
        for (int u = 0; u < nActive; ++u)
          expected += density(t, u) * (two(p, q, nCore + t, nCore + u) - 0.5 * two(p, nCore + t, nCore + u, q));
      ofField = std::max(ofField, std::abs(field(p, q) - expected));
    }
  check.that(ofField < tolerance, "the field of active electrons");
}

}  // namespace ansatz::test
