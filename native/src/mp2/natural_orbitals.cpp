#include "mp2/natural_orbitals.hpp"

#include "ansatz/linalg.hpp"
#include "ansatz/one_electron.hpp"

namespace ansatz {
namespace {

/** Frozen, occupied and virtual orbitals side by side. */
Matrix allOrbitals(const Mp2Orbitals& o) {
  Matrix all(o.occupied.rows, o.frozen.cols + o.occupied.cols + o.virtuals.cols);
  int first = 0;
  for (const Matrix* part : {&o.frozen, &o.occupied, &o.virtuals}) {
    for (int i = 0; i < part->rows; ++i)
      for (int p = 0; p < part->cols; ++p) all(i, first + p) = (*part)(i, p);
    first += part->cols;
  }
  return all;
}

/** The density over allOrbitals; each occupied orbital holds `electrons`. */
Matrix fullDensity(const Mp2Orbitals& o, const PairDensity& correlation, double electrons) {
  const int nFrozen = o.frozen.cols;
  const int nHole = nFrozen + o.occupied.cols;
  const int n = nHole + o.virtuals.cols;
  Matrix density(n, n);
  for (int i = 0; i < nHole; ++i) density(i, i) = electrons;
  for (int i = nFrozen; i < nHole; ++i)
    for (int k = nFrozen; k < nHole; ++k) density(i, k) += correlation.occupied(i - nFrozen, k - nFrozen);
  for (int a = nHole; a < n; ++a)
    for (int c = nHole; c < n; ++c) density(a, c) = correlation.virtuals(a - nHole, c - nHole);
  return density;
}

}  // namespace

NaturalOrbitals naturalOrbitals(const System& system, const std::vector<Mp2Orbitals>& orbitals,
                                const std::vector<PairDensity>& densities) {
  const bool closed = orbitals.size() == 1;
  const Matrix basis = allOrbitals(orbitals[0]);
  Matrix density = fullDensity(orbitals[0], densities[0], closed ? 2.0 : 1.0);
  if (!closed) {
    const Matrix overlap = fromCartesian(system.basis, oneElectronIntegrals(system.basis, {0.0, 0.0, 0.0}).overlap);
    // β orbitals in those of α: both span the same space
    const Matrix betaInAlpha = multiply(transpose(basis), multiply(overlap, allOrbitals(orbitals[1])));
    const Matrix beta = congruence(transpose(betaInAlpha), fullDensity(orbitals[1], densities[1], 1.0));
    for (std::size_t k = 0; k < density.data.size(); ++k) density.data[k] += beta.data[k];
  }
  const Eigen eigen = eigh(density);
  const int n = density.rows;
  Matrix falling(n, n);
  NaturalOrbitals result;
  for (int k = 0; k < n; ++k) {
    result.occupations.push_back(eigen.values[n - 1 - k]);
    for (int p = 0; p < n; ++p) falling(p, k) = eigen.vectors(p, n - 1 - k);
  }
  result.orbitals = multiply(basis, falling);
  return result;
}

}  // namespace ansatz
