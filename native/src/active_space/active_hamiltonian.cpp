#include <algorithm>

#include "ansatz/active_space.hpp"
#include "ansatz/linalg.hpp"
#include "ansatz/one_electron.hpp"

namespace ansatz {
namespace {

Matrix columns(const Matrix& m, const std::vector<int>& which) {
  Matrix part(m.rows, static_cast<int>(which.size()));
  for (int i = 0; i < part.rows; ++i)
    for (int j = 0; j < part.cols; ++j) part(i, j) = m(i, which[j]);
  return part;
}

/** Densities of so many orbital pairs are taken through the integrals together. */
constexpr int pairsPerBuild = 32;

/** (pq|rs) from the Coulomb matrices of the products of active orbitals. */
std::vector<double> twoBody(const System& system, const Matrix& active, FockBuilder& fock) {
  const int n = active.cols;
  std::vector<std::pair<int, int>> pairs;
  for (int p = 0; p < n; ++p)
    for (int q = 0; q <= p; ++q) pairs.emplace_back(p, q);
  std::vector<double> tensor(static_cast<std::size_t>(n) * n * n * n);
  const auto at = [n](int p, int q, int r, int s) { return ((static_cast<std::size_t>(p) * n + q) * n + r) * n + s; };
  for (std::size_t first = 0; first < pairs.size(); first += pairsPerBuild) {
    const std::size_t last = std::min(pairs.size(), first + pairsPerBuild);
    std::vector<Matrix> densities;
    for (std::size_t i = first; i < last; ++i) {
      Matrix density(active.rows, active.rows);
      for (int x = 0; x < active.rows; ++x)
        for (int y = 0; y < active.rows; ++y)
          density(x, y) = 0.5 * (active(x, pairs[i].first) * active(y, pairs[i].second) +
                                 active(y, pairs[i].first) * active(x, pairs[i].second));
      densities.push_back(toCartesian(system.basis, density));
    }
    std::vector<const Matrix*> references;
    for (const Matrix& d : densities) references.push_back(&d);
    const CoulombExchange jk = fock.build(references, {});
    for (std::size_t i = first; i < last; ++i) {
      const auto [p, q] = pairs[i];
      const Matrix j = congruence(active, fromCartesian(system.basis, jk.coulomb[i - first]));
      for (int r = 0; r < n; ++r)
        for (int s = 0; s < n; ++s) tensor[at(p, q, r, s)] = tensor[at(q, p, r, s)] = j(r, s);
    }
  }
  return tensor;
}

}  // namespace

CoreField coreField(const System& system, const Matrix& core, FockBuilder& fock) {
  std::vector<PointCharge> charges = system.nuclei;
  charges.insert(charges.end(), system.pointCharges.begin(), system.pointCharges.end());
  CoreField result{nuclearRepulsion(charges) - nuclearRepulsion(system.pointCharges), coreIntegrals(system).hamiltonian};
  if (core.cols == 0) return result;
  const Matrix density = multiply(core, transpose(core));
  const Matrix cartesian = toCartesian(system.basis, density);
  const CoulombExchange jk = fock.build({&cartesian}, {&cartesian});
  const Matrix j = fromCartesian(system.basis, jk.coulomb[0]);
  const Matrix k = fromCartesian(system.basis, jk.exchange[0]);
  Matrix& field = result.fock;
  double energy = dot(density, field);
  for (std::size_t i = 0; i < field.data.size(); ++i) field.data[i] += 2.0 * j.data[i] - k.data[i];
  energy += dot(density, field);
  result.energy += energy;
  return result;
}

Matrix activeField(const System& system, const Matrix& active, const Matrix& density, FockBuilder& fock) {
  const Matrix cartesian = toCartesian(system.basis, multiply(active, multiply(density, transpose(active))));
  const CoulombExchange jk = fock.build({&cartesian}, {&cartesian});
  Matrix result = fromCartesian(system.basis, jk.coulomb[0]);
  const Matrix k = fromCartesian(system.basis, jk.exchange[0]);
  for (std::size_t i = 0; i < result.data.size(); ++i) result.data[i] -= 0.5 * k.data[i];
  return result;
}

ActiveHamiltonian activeHamiltonian(const System& system, const Matrix& orbitals, const std::vector<int>& core,
                                    const std::vector<int>& active, FockBuilder& fock) {
  const CoreField field = coreField(system, columns(orbitals, core), fock);
  ActiveHamiltonian result;
  result.norb = static_cast<int>(active.size());
  result.coreEnergy = field.energy;
  const Matrix c = columns(orbitals, active);
  result.oneBodyTensor = congruence(c, field.fock).data;
  result.twoBodyTensor = twoBody(system, c, fock);
  return result;
}

}  // namespace ansatz
