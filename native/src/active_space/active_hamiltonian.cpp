#include <algorithm>
#include <functional>

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

/** Takes the Coulomb matrix of the product of active orbitals p and q ≤ p over the basis functions. */
using PairCoulomb = std::function<void(int p, int q, const Matrix& coulomb)>;

void forEachPair(const System& system, const Matrix& active, FockBuilder& fock, const PairCoulomb& consume) {
  const int n = active.cols;
  std::vector<std::pair<int, int>> pairs;
  for (int p = 0; p < n; ++p)
    for (int q = 0; q <= p; ++q) pairs.emplace_back(p, q);
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
    for (std::size_t i = first; i < last; ++i)
      consume(pairs[i].first, pairs[i].second, fromCartesian(system.basis, jk.coulomb[i - first]));
  }
}

/** (pq|rs) from the Coulomb matrices of the products of active orbitals. */
std::vector<double> twoBody(const System& system, const Matrix& active, FockBuilder& fock, const Control& control) {
  const int n = active.cols;
  std::vector<double> tensor(static_cast<std::size_t>(n) * n * n * n);
  const auto at = [n](int p, int q, int r, int s) { return ((static_cast<std::size_t>(p) * n + q) * n + r) * n + s; };
  forEachPair(system, active, fock, [&](int p, int q, const Matrix& coulomb) {
    const Matrix j = congruence(active, coulomb, control);
    for (int r = 0; r < n; ++r)
      for (int s = 0; s < n; ++s) tensor[at(p, q, r, s)] = tensor[at(q, p, r, s)] = j(r, s);
  });
  return tensor;
}

}  // namespace

CoreField coreField(const System& system, const Matrix& core, FockBuilder& fock, const Control& control) {
  std::vector<PointCharge> charges = system.nuclei;
  charges.insert(charges.end(), system.pointCharges.begin(), system.pointCharges.end());
  CoreField result{nuclearRepulsion(charges) - nuclearRepulsion(system.pointCharges) + system.fixedField.energy,
                   coreIntegrals(system, control).hamiltonian};
  if (core.cols == 0) return result;
  const Matrix density = multiply(core, transpose(core), control);
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

Matrix activeField(const System& system, const Matrix& active, const Matrix& density, FockBuilder& fock, const Control& control) {
  const Matrix cartesian = toCartesian(system.basis, multiply(active, multiply(density, transpose(active), control), control));
  const CoulombExchange jk = fock.build({&cartesian}, {&cartesian});
  Matrix result = fromCartesian(system.basis, jk.coulomb[0]);
  const Matrix k = fromCartesian(system.basis, jk.exchange[0]);
  for (std::size_t i = 0; i < result.data.size(); ++i) result.data[i] -= 0.5 * k.data[i];
  return result;
}

ActiveHamiltonian activeHamiltonian(const System& system, const Matrix& orbitals, const std::vector<int>& core,
                                    const std::vector<int>& active, FockBuilder& fock, const Control& control) {
  const CoreField field = coreField(system, columns(orbitals, core), fock, control);
  ActiveHamiltonian result;
  result.norb = static_cast<int>(active.size());
  result.coreEnergy = field.energy;
  const Matrix c = columns(orbitals, active);
  result.oneBodyTensor = congruence(c, field.fock, control).data;
  result.twoBodyTensor = twoBody(system, c, fock, control);
  return result;
}

OrbitalIntegrals orbitalIntegrals(const System& system, const Matrix& orbitals, int nCore, int nActive, FockBuilder& fock,
                                  const Control& control) {
  const auto range = [&](int first, int last) {
    std::vector<int> list;
    for (int p = first; p < last; ++p) list.push_back(p);
    return columns(orbitals, list);
  };
  const CoreField field = coreField(system, range(0, nCore), fock, control);
  OrbitalIntegrals result{field.energy, congruence(orbitals, field.fock, control).data, {}};
  const Matrix active = range(nCore, nCore + nActive), transposed = transpose(orbitals);
  const auto n = static_cast<std::size_t>(nActive);
  result.mixed.resize(static_cast<std::size_t>(orbitals.cols) * n * n * n);
  forEachPair(system, active, fock, [&](int v, int x, const Matrix& coulomb) {
    const Matrix j = multiply(transposed, multiply(coulomb, active, control), control);
    for (int p = 0; p < j.rows; ++p)
      for (int u = 0; u < nActive; ++u) {
        const std::size_t at = (static_cast<std::size_t>(p) * n + u) * n;
        result.mixed[(at + v) * n + x] = result.mixed[(at + x) * n + v] = j(p, u);
      }
  });
  return result;
}

}  // namespace ansatz
