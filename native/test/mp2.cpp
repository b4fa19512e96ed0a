// Second order against its definition over spin orbitals.
#include "ansatz/mp2.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "ansatz/linalg.hpp"
#include "ansatz/one_electron.hpp"
#include "check.hpp"
#include "hydride.hpp"
#include "slow_integrals.hpp"

namespace ansatz::test {
namespace {

constexpr double tolerance = 1e-9;

struct SpinOrbital {
  int spin;
  double energy;
  std::vector<double> c;
};

struct SpinOrbitals {
  std::vector<SpinOrbital> frozen, occupied, virtuals;
};

/** Orbitals of a field, the lowest `frozen` of each spin left out of the excitations. */
std::vector<Mp2Orbitals> orbitalsOf(const System& system, const ScfResult& field, int frozen) {
  std::vector<Mp2Orbitals> sets;
  for (std::size_t spin = 0; spin < field.orbitals.size(); ++spin) {
    const Matrix& all = field.orbitals[spin];
    const int n = spin == 0 ? system.nAlpha : system.nBeta;
    const auto columns = [&](int first, int last) {
      Matrix some(all.rows, last - first);
      for (int i = 0; i < all.rows; ++i)
        for (int p = first; p < last; ++p) some(i, p - first) = all(i, p);
      return some;
    };
    const auto energies = field.orbitalEnergies[spin].begin();
    sets.push_back({columns(0, frozen), columns(frozen, n), columns(n, all.cols), {energies + frozen, energies + n},
                    {energies + n, energies + all.cols}});
  }
  return sets;
}

SpinOrbitals spinOrbitalsOf(const std::vector<Mp2Orbitals>& sets) {
  SpinOrbitals orbitals;
  for (int spin = 0; spin < 2; ++spin) {
    const Mp2Orbitals& own = sets[sets.size() == 1 ? 0 : static_cast<std::size_t>(spin)];
    const auto add = [&](std::vector<SpinOrbital>& to, const Matrix& columns, const std::vector<double>& energies) {
      for (int p = 0; p < columns.cols; ++p) {
        to.push_back({spin, energies.empty() ? 0.0 : energies[static_cast<std::size_t>(p)], {}});
        for (int i = 0; i < columns.rows; ++i) to.back().c.push_back(columns(i, p));
      }
    };
    add(orbitals.frozen, own.frozen, {});
    add(orbitals.occupied, own.occupied, own.occupiedEnergies);
    add(orbitals.virtuals, own.virtuals, own.virtualEnergies);
  }
  return orbitals;
}

double inMetric(const std::vector<double>& x, const Matrix& m, const std::vector<double>& y) {
  double sum = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i)
    for (std::size_t j = 0; j < y.size(); ++j) sum += x[i] * m.data[i * y.size() + j] * y[j];
  return sum;
}

/** What second order is: t_ij^ab = ⟨ij||ab⟩ / Δ, ¼ Σ t ⟨ij||ab⟩, and the density of the amplitudes over the functions. */
struct SlowSecondOrder {
  double sameSpin = 0.0, oppositeSpin = 0.0, largestAmplitude = 0.0, spinSquareChange = 0.0;
  Matrix density;

  SlowSecondOrder(const System& system, const std::vector<Mp2Orbitals>& sets, const Matrix& overlap)
      : density(system.basis.nBasis(), system.basis.nBasis()) {
    const SpinOrbitals all = spinOrbitalsOf(sets);
    const auto& [frozen, occupied, virtuals] = all;
    const SlowIntegrals slow(system.basis);
    const std::size_t o = occupied.size(), v = virtuals.size();
    std::vector<double> g(o * v * o * v), t(g.size());  // (ia|jb), then t [i][a][j][b]
    const auto at = [&](std::size_t i, std::size_t a, std::size_t j, std::size_t b) { return ((i * v + a) * o + j) * v + b; };
    for (std::size_t i = 0; i < o; ++i)
      for (std::size_t a = 0; a < v; ++a) {
        if (occupied[i].spin != virtuals[a].spin) continue;
        Matrix cloud(density.rows, density.cols);
        cloud.data = slow.cloud(occupied[i].c, virtuals[a].c);
        for (std::size_t j = 0; j < o; ++j)
          for (std::size_t b = 0; b < v; ++b)
            if (occupied[j].spin == virtuals[b].spin) g[at(i, a, j, b)] = inMetric(occupied[j].c, cloud, virtuals[b].c);
      }
    for (std::size_t i = 0; i < o; ++i)
      for (std::size_t a = 0; a < v; ++a)
        for (std::size_t j = 0; j < o; ++j)
          for (std::size_t b = 0; b < v; ++b) {
            const double both = g[at(i, a, j, b)] - g[at(i, b, j, a)];
            const double amplitude = both / (occupied[i].energy + occupied[j].energy - virtuals[a].energy - virtuals[b].energy);
            t[at(i, a, j, b)] = amplitude;
            (occupied[i].spin == occupied[j].spin ? sameSpin : oppositeSpin) += 0.25 * amplitude * both;
            // i → a of α and j → b of β
            if (occupied[i].spin != 0 || occupied[j].spin != 1 || virtuals[a].spin != 0 || virtuals[b].spin != 1) continue;
            largestAmplitude = std::max(largestAmplitude, std::abs(amplitude));
            spinSquareChange -= 2.0 * amplitude * inMetric(virtuals[a].c, overlap, occupied[j].c) * inMetric(occupied[i].c, overlap, virtuals[b].c);
          }
    for (const SpinOrbital& k : frozen) add(1.0, k, k);
    for (std::size_t i = 0; i < o; ++i) {
      add(1.0, occupied[i], occupied[i]);
      for (std::size_t k = 0; k < o; ++k) {
        double sum = 0.0;
        for (std::size_t a = 0; a < v; ++a)
          for (std::size_t j = 0; j < o; ++j)
            for (std::size_t b = 0; b < v; ++b) sum += t[at(i, a, j, b)] * t[at(k, a, j, b)];
        add(-0.5 * sum, occupied[i], occupied[k]);
      }
    }
    for (std::size_t a = 0; a < v; ++a)
      for (std::size_t c = 0; c < v; ++c) {
        double sum = 0.0;
        for (std::size_t i = 0; i < o; ++i)
          for (std::size_t j = 0; j < o; ++j)
            for (std::size_t b = 0; b < v; ++b) sum += t[at(i, a, j, b)] * t[at(i, c, j, b)];
        add(0.5 * sum, virtuals[a], virtuals[c]);
      }
  }

 private:
  void add(double factor, const SpinOrbital& x, const SpinOrbital& y) {
    for (int i = 0; i < density.rows; ++i)
      for (int j = 0; j < density.cols; ++j) density(i, j) += factor * x.c[static_cast<std::size_t>(i)] * y.c[static_cast<std::size_t>(j)];
  }
};

double largest(const Matrix& m) {
  double found = 0.0;
  for (const double x : m.data) found = std::max(found, std::abs(x));
  return found;
}

void againstDefinition(int nAlpha, int nBeta, int frozen, Check& check) {
  const std::string what = " of " + std::to_string(nAlpha) + "+" + std::to_string(nBeta) + " electrons, " + std::to_string(frozen) + " frozen";
  const System system = sAndPHydride(nAlpha, nBeta);
  ScfOptions scf;
  scf.kind = nAlpha == nBeta ? ScfKind::rhf : ScfKind::uhf;
  FockBuilder builder(system.basis, scf.fock);
  const std::vector<Mp2Orbitals> orbitals = orbitalsOf(system, selfConsistentField(system, scf, builder), frozen);
  const Matrix overlap = oneElectronIntegrals(system.basis, {0, 0, 0}).overlap;
  const SlowSecondOrder slow(system, orbitals, overlap);
  for (const std::size_t memory : {std::size_t{1}, std::size_t{1} << 30}) {
    Mp2Options options;
    options.threshold = 1e-14;
    options.naturalOrbitals = true;
    options.memoryBytes = memory;
    options.threads = 2;
    const Mp2Result found = mp2(system, orbitals, options);
    check.that(std::abs(found.sameSpin - slow.sameSpin) < tolerance && std::abs(found.oppositeSpin - slow.oppositeSpin) < tolerance, "MP2" + what);
    check.that(std::abs(found.largestAmplitude - slow.largestAmplitude) < tolerance, "the largest amplitude" + what);
    if (nAlpha != nBeta) check.that(std::abs(found.spinSquareChange - slow.spinSquareChange) < tolerance, "what the doubles add to ⟨S²⟩" + what);
    const auto& [occupations, columns] = found.natural;
    check.that(std::is_sorted(occupations.rbegin(), occupations.rend()), "natural occupations fall" + what);
    Matrix rest = slow.density, unit = congruence(columns, overlap);
    for (int p = 0; p < columns.cols; ++p) {
      unit(p, p) -= 1.0;
      for (int i = 0; i < rest.rows; ++i)
        for (int j = 0; j < rest.cols; ++j) rest(i, j) -= occupations[static_cast<std::size_t>(p)] * columns(i, p) * columns(j, p);
    }
    check.that(largest(rest) < tolerance, "natural orbitals and occupations are the density" + what);
    check.that(largest(unit) < tolerance, "natural orbitals are orthonormal" + what);
  }
}

}  // namespace

void testMp2(Check& check) {
  againstDefinition(2, 2, 0, check);
  againstDefinition(2, 2, 1, check);
  againstDefinition(3, 2, 1, check);
  againstDefinition(3, 1, 0, check);
}

}  // namespace ansatz::test
