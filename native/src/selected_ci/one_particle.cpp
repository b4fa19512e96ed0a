#include "selected_ci/one_particle.hpp"

#include <algorithm>
#include <map>
#include <numeric>

namespace ansatz {
namespace {

/** Adds what the determinants j after i, of one string of the other spin, share with i. */
void addPair(Matrix& density, String from, String to, double product) {
  if (std::popcount(from ^ to) != 2) return;
  const int q = std::countr_zero(from & ~to), p = std::countr_zero(to & ~from);
  const double value = excitationSign(from, p, q) * product;
  density(p, q) += value;
  density(q, p) += value;
}

/** [first index, rest] → [rest, column of orbitals] */
std::vector<double> turnedOnce(const std::vector<double>& tensor, const Matrix& orbitals, const Control& control) {
  const int n = orbitals.rows;
  Matrix flat(n, static_cast<int>(tensor.size()) / n);
  flat.data = tensor;
  return multiply(transpose(flat), orbitals, control).data;
}

}  // namespace

OneParticleMatrices oneParticleMatrices(const DeterminantSpace& space, std::span<const double> c, int norb, const Control& control) {
  OneParticleMatrices found{Matrix(norb, norb), Matrix(norb, norb)};
  for (std::size_t i = 0; i < space.size(); ++i) {
    if (i % 256 == 0) control.check();
    const auto [alpha, beta] = space[i];
    eachOrbital(alpha, [&](int p) { found.alpha(p, p) += c[i] * c[i]; });
    eachOrbital(beta, [&](int p) { found.beta(p, p) += c[i] * c[i]; });
    for (std::size_t j = i + 1; j < space.firstOfAlpha(space.alphaOf(i) + 1); ++j)
      addPair(found.beta, beta, space[j].beta, c[i] * c[j]);
    const auto ofBeta = space.ofBeta(space.betaOf(i));
    for (auto j = std::upper_bound(ofBeta.begin(), ofBeta.end(), static_cast<std::uint32_t>(i)); j != ofBeta.end(); ++j)
      addPair(found.alpha, alpha, space[*j].alpha, c[i] * c[*j]);
  }
  return found;
}

Matrix naturalOrbitals(const Matrix& density, const IntegralLists& integrals) {
  const int n = density.rows;
  std::map<std::uint8_t, std::vector<int>> bySymmetry;
  for (int p = 0; p < n; ++p) bySymmetry[integrals.label(p)].push_back(p);
  std::vector<double> occupations;
  std::vector<std::vector<double>> columns;
  for (const auto& [label, orbitals] : bySymmetry) {
    const int size = static_cast<int>(orbitals.size());
    Matrix block(size, size);
    for (int i = 0; i < size; ++i)
      for (int j = 0; j < size; ++j)
        block(i, j) = density(orbitals[static_cast<std::size_t>(i)], orbitals[static_cast<std::size_t>(j)]);
    const Eigen eigen = eigh(block);
    for (int k = 0; k < size; ++k) {
      occupations.push_back(eigen.values[static_cast<std::size_t>(k)]);
      std::vector<double>& column = columns.emplace_back(static_cast<std::size_t>(n), 0.0);
      for (int i = 0; i < size; ++i) column[static_cast<std::size_t>(orbitals[static_cast<std::size_t>(i)])] = eigen.vectors(i, k);
    }
  }
  std::vector<std::size_t> order(occupations.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return occupations[a] > occupations[b]; });
  Matrix result(n, n);
  for (int k = 0; k < n; ++k)
    for (int p = 0; p < n; ++p) result(p, k) = columns[order[static_cast<std::size_t>(k)]][static_cast<std::size_t>(p)];
  return result;
}

Hamiltonian rotated(const Hamiltonian& hamiltonian, const Matrix& orbitals, const Control& control) {
  Hamiltonian result{hamiltonian.norb, hamiltonian.coreEnergy, hamiltonian.oneBody, hamiltonian.twoBody};
  for (int k = 0; k < 2; ++k) result.oneBody = turnedOnce(result.oneBody, orbitals, control);
  for (int k = 0; k < 4; ++k) result.twoBody = turnedOnce(result.twoBody, orbitals, control);
  return result;
}

}  // namespace ansatz
