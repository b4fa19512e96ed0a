#include "ansatz/mp2.hpp"

#include <algorithm>
#include <cmath>

#include "mp2/pair_integrals.hpp"

namespace ansatz {
namespace {

/** Index of (i, a) in the block of virtual b. */
struct Tensor {
  const std::vector<double>& k;
  int nOccupied, nVirtual;
  double operator()(int b, int i, int a) const {
    return k[(static_cast<std::size_t>(b) * nOccupied + i) * nVirtual + a];
  }
};

/** Adds the pairs of one spin with itself: Σ_{ij,ab} v (v − v') / Δ, v = (ia|jb), v' = (ib|ja). */
void sameSpinPairs(const Mp2Orbitals& o, int j, const std::vector<double>& k, double& coulomb, double& exchange, double& largest) {
  const int nVirtual = static_cast<int>(o.virtualEnergies.size());
  const Tensor v{k, static_cast<int>(o.occupiedEnergies.size()), nVirtual};
  for (int b = 0; b < nVirtual; ++b)
    for (int i = 0; i < v.nOccupied; ++i)
      for (int a = 0; a < nVirtual; ++a) {
        const double gap = o.occupiedEnergies[i] + o.occupiedEnergies[j] - o.virtualEnergies[a] - o.virtualEnergies[b];
        const double amplitude = v(b, i, a) / gap;
        coulomb += amplitude * v(b, i, a);
        exchange += amplitude * v(a, i, b);
        largest = std::max(largest, std::abs(amplitude));
      }
}

}  // namespace

Mp2Result mp2(const System& system, const std::vector<Mp2Orbitals>& orbitals, const Mp2Options& options) {
  const PairList pairs = makePairList(system.basis, options.threshold);
  std::vector<ExcitationSpace> spaces;
  for (const Mp2Orbitals& o : orbitals) spaces.push_back(excitationSpace(system, o));
  Mp2Result result;
  const bool closed = orbitals.size() == 1;
  for (std::size_t spin = 0; spin < orbitals.size(); ++spin)
    forEachOccupied(system, pairs, spaces[spin], spaces[spin], options, [&](int j, const std::vector<double>& k) {
      options.control.report(Phase::mp2, j + 1, spaces[spin].occupied.rows);
      double coulomb = 0.0;
      double exchange = 0.0;
      double largest = 0.0;
      sameSpinPairs(orbitals[spin], j, k, coulomb, exchange, largest);
      result.sameSpin += (closed ? 1.0 : 0.5) * (coulomb - exchange);
      if (closed) {
        result.oppositeSpin += coulomb;
        result.largestAmplitude = std::max(result.largestAmplitude, largest);
      }
    });
  if (closed) return result;
  const Mp2Orbitals& alpha = orbitals[0];
  const Mp2Orbitals& beta = orbitals[1];
  forEachOccupied(system, pairs, spaces[1], spaces[0], options, [&](int j, const std::vector<double>& k) {
    const Tensor v{k, static_cast<int>(alpha.occupiedEnergies.size()), static_cast<int>(alpha.virtualEnergies.size())};
    for (int b = 0; b < static_cast<int>(beta.virtualEnergies.size()); ++b)
      for (int i = 0; i < v.nOccupied; ++i)
        for (int a = 0; a < v.nVirtual; ++a) {
          const double gap = alpha.occupiedEnergies[i] + beta.occupiedEnergies[j] - alpha.virtualEnergies[a] - beta.virtualEnergies[b];
          result.oppositeSpin += v(b, i, a) * v(b, i, a) / gap;
          result.largestAmplitude = std::max(result.largestAmplitude, std::abs(v(b, i, a) / gap));
        }
  });
  return result;
}

}  // namespace ansatz
