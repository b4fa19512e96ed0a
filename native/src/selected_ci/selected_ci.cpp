#include "ansatz/selected_ci.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "ansatz/linalg.hpp"
#include "selected_ci/one_particle.hpp"
#include "selected_ci/selection.hpp"
#include "selected_ci/sparse_hamiltonian.hpp"

namespace ansatz {
namespace {

using Vector = std::vector<double>;

Matrix identity(int n) {
  Matrix unit(n, n);
  for (int p = 0; p < n; ++p) unit(p, p) = 1.0;
  return unit;
}

/** Mean density matrix of the states wanted, both spins. */
Matrix meanDensity(const Selected& found, int norb, const SelectedCiOptions& options) {
  Matrix mean(norb, norb);
  const std::size_t nroots = std::min(static_cast<std::size_t>(options.nroots), found.solution.vectors.size());
  for (std::size_t k = 0; k < nroots; ++k) {
    const auto [alpha, beta] = oneParticleMatrices(*found.space, found.solution.vectors[k], norb, options.control);
    for (std::size_t i = 0; i < mean.data.size(); ++i) mean.data[i] += (alpha.data[i] + beta.data[i]) / static_cast<double>(nroots);
  }
  return mean;
}

void makeLargestPositive(Vector& c) {
  const double largest = *std::max_element(c.begin(), c.end(), [](double x, double y) { return std::abs(x) < std::abs(y); });
  if (largest < 0.0)
    for (double& value : c) value = -value;
}

SelectedCiState stateOf(Selected& found, std::size_t k, const Hamiltonian& hamiltonian, const Matrix& orbitals,
                        const SelectedCiOptions& options) {
  SelectedCiState state;
  state.coefficients = std::move(found.solution.vectors[k]);
  makeLargestPositive(state.coefficients);
  state.spinSquare = spinSquareOf(*found.space, state.coefficients, options.control);
  state.variational = hamiltonian.coreEnergy + found.solution.values[k];
  state.perturbation = found.steps.back().corrections[k];
  state.residualNorm = found.solution.residualNorms[k];
  auto [alpha, beta] = oneParticleMatrices(*found.space, state.coefficients, hamiltonian.norb, options.control);
  const Matrix back = transpose(orbitals);
  alpha = congruence(back, alpha);
  beta = congruence(back, beta);
  Matrix sum = alpha;
  for (std::size_t i = 0; i < sum.data.size(); ++i) sum.data[i] += beta.data[i];
  state.naturalOccupations = eigh(sum).values;
  std::reverse(state.naturalOccupations.begin(), state.naturalOccupations.end());
  state.alpha = std::move(alpha.data);
  state.beta = std::move(beta.data);
  return state;
}

/** Sizes on the way of the first `nroots` states of the last, each followed back to where it comes from. */
std::vector<SelectedCiRound> roundsOf(const std::vector<Step>& steps, std::size_t nroots, double coreEnergy) {
  std::vector<std::size_t> states(nroots);
  std::iota(states.begin(), states.end(), std::size_t{0});
  std::vector<SelectedCiRound> rounds;
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    SelectedCiRound& round = rounds.emplace_back(SelectedCiRound{step->determinants, {}, {}});
    for (std::size_t& k : states) {
      round.variational.push_back(coreEnergy + step->energies[k]);
      round.perturbation.push_back(step->corrections[k]);
      k = step->ancestors[k];
    }
  }
  std::reverse(rounds.begin(), rounds.end());
  return rounds;
}

SelectedCiResult resultOf(Selected found, const Hamiltonian& hamiltonian, const Matrix& orbitals, const SelectedCiOptions& options) {
  SelectedCiResult result;
  const std::size_t nroots = std::min(static_cast<std::size_t>(options.nroots), found.solution.vectors.size());
  result.end = found.end;
  result.rounds = roundsOf(found.steps, nroots, hamiltonian.coreEnergy);
  result.orbitals = orbitals.data;
  result.peakBytes = found.peakBytes;
  result.converged = nroots == static_cast<std::size_t>(options.nroots);
  for (std::size_t k = 0; k < nroots; ++k) {
    result.states.push_back(stateOf(found, k, hamiltonian, orbitals, options));
    result.converged = result.converged && result.states[k].residualNorm <= options.tolerance;
  }
  result.determinants = found.space->determinants();
  return result;
}

}  // namespace

SelectedCiResult selectedCi(const Hamiltonian& hamiltonian, const SelectedCiOptions& options) {
  const IntegralLists integrals(hamiltonian, options.control);
  const std::size_t first = std::min(options.naturalOrbitalDeterminants, options.maxDeterminants);
  const Matrix unit = identity(hamiltonian.norb);
  Selected found = select(integrals, options, first == 0 ? options.maxDeterminants : first);
  if (first == 0 || found.end != SelectionEnd::determinants) return resultOf(std::move(found), hamiltonian, unit, options);
  const Matrix orbitals = naturalOrbitals(meanDensity(found, hamiltonian.norb, options), integrals);
  found = {};
  const Hamiltonian natural = rotated(hamiltonian, orbitals, options.control);
  const IntegralLists naturalIntegrals(natural, options.control);
  return resultOf(select(naturalIntegrals, options, options.maxDeterminants), natural, orbitals, options);
}

}  // namespace ansatz
