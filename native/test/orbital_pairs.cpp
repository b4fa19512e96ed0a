#include "coupled_cluster/orbital_pairs.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "check.hpp"
#include "hydride.hpp"
#include "random.hpp"
#include "slow_integrals.hpp"

namespace ansatz::test {
namespace {

/** Of random coefficients: nothing here asks that orbitals are orthogonal, nor that there are no more of them than functions. */
Mp2Orbitals someOrbitals(Random& random, int nBasis, int nOccupied, int nVirtual) {
  Mp2Orbitals orbitals{Matrix(nBasis, 1), Matrix(nBasis, nOccupied), Matrix(nBasis, nVirtual), random.vector(nOccupied), random.vector(nVirtual)};
  for (Matrix* m : {&orbitals.frozen, &orbitals.occupied, &orbitals.virtuals}) m->data = random.vector(m->data.size());
  return orbitals;
}

/** Coefficients of orbital p, occupied ones first; of s and p shells Cartesian functions and those of the basis are the same. */
std::vector<double> column(const Mp2Orbitals& orbitals, int p) {
  const Matrix& own = p < orbitals.occupied.cols ? orbitals.occupied : orbitals.virtuals;
  const int at = p < orbitals.occupied.cols ? p : p - orbitals.occupied.cols;
  std::vector<double> c(static_cast<std::size_t>(own.rows));
  for (int i = 0; i < own.rows; ++i) c[static_cast<std::size_t>(i)] = own(i, at);
  return c;
}

/** The largest difference of all (pq|rs) from sums over the integrals one by one. */
double worst(const PairMatrix& pairs, const Mp2Orbitals& bra, const Mp2Orbitals& ket, const SlowIntegrals& slow) {
  double largest = 0.0;
  for (int p = 0; p < pairs.bra.nOrbitals(); ++p)
    for (int q = 0; q <= p; ++q) {
      const std::vector<double> cloud = slow.cloud(column(bra, p), column(bra, q));
      for (int r = 0; r < pairs.ket.nOrbitals(); ++r) {
        const std::vector<double> x = column(ket, r);
        for (int s = 0; s <= r; ++s) {
          const std::vector<double> y = column(ket, s);
          double expected = 0.0;
          for (std::size_t c = 0; c < x.size(); ++c)
            for (std::size_t d = 0; d < x.size(); ++d) expected += x[c] * y[d] * cloud[c * x.size() + d];
          largest = std::max(largest, std::abs(pairs.row(pairs.bra.of(p, q))[pairs.ket.of(r, s)] - expected));
        }
      }
    }
  return largest;
}

}  // namespace

/** Of more orbitals than are taken together, in one pass and in as many as a small memory asks for. */
void testOrbitalPairs(Check& check) {
  Random random;
  const System system = sAndPHydride(2, 2);
  const int n = system.basis.nCartesian;
  const Mp2Orbitals bra = someOrbitals(random, n, 2, 4), ket = someOrbitals(random, n, 3, 25);
  const SlowIntegrals slow(system.basis);
  for (const auto& [kilobytes, passes] : {std::pair{1024, 1}, {100, 4}, {1, 28}}) {
    std::int32_t block[5] = {};
    TransformOptions options{1e-14, static_cast<std::size_t>(kilobytes) * 1000, 1, Control(block)};
    const PairMatrix pairs = orbitalIntegralPairs(system, bra, ket, options);
    const std::string what = " with " + std::to_string(kilobytes) + " kB";
    const double off = worst(pairs, bra, ket, slow);
    check.that(off < 1e-11, "integrals over two sets of orbitals" + what + ", off by " + std::to_string(off));
    check.that(block[1] == passes && block[2] == passes, "passes over the integrals" + what + ": " + std::to_string(block[2]));
    options.threads = 3;
    const PairMatrix parallel = orbitalIntegralPairs(system, bra, ket, options);
    const std::size_t size = pairs.bra.count() * pairs.ket.count();
    check.that(std::equal(pairs.data.get(), pairs.data.get() + size, parallel.data.get()),
               "integrals over orbitals have the same bits on three threads" + what);
  }
}

}  // namespace ansatz::test
