#include "ansatz/selected_ci.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "ansatz/error.hpp"
#include "ansatz/linalg.hpp"
#include "ci/davidson.hpp"
#include "selected_ci/configurations.hpp"
#include "selected_ci/one_particle.hpp"
#include "selected_ci/perturbation.hpp"
#include "selected_ci/sparse_hamiltonian.hpp"

namespace ansatz {
namespace {

/** Configurations of the first space. */
constexpr std::size_t startConfigurations = 60;
/** How many times larger the space is from one size to the next. */
constexpr double growth = 2.0;
/** Residuals of the sizes on the way, Hartree: their energies err by about the square. */
constexpr double roughTolerance = 3e-5;
/** States that are followed beside those wanted while the space is small, so that none that falls below is missed. */
constexpr std::size_t guards = 3;
constexpr std::size_t guardedSize = 3000;

using Vector = std::vector<double>;

struct Solution {
  bool converged = false;
  Vector values, residualNorms;
  std::vector<Vector> vectors;
};

/** Lowest states of a stored matrix, from vectors that are given or, where there are too few, from lone determinants. */
Solution lowestStates(const SparseHamiltonian& matrix, std::vector<Vector> guess, std::size_t nroots, double tolerance,
                      const SelectedCiOptions& options) {
  DavidsonProblem problem;
  problem.size = matrix.size();
  problem.nroots = std::min(nroots, matrix.size());
  problem.apply = [&](std::span<const double> c, std::span<double> sigma) { matrix.apply(c, sigma); };
  problem.diagonal = matrix.diagonal();
  problem.guess = std::move(guess);
  problem.tolerance = tolerance;
  problem.maxIterations = options.maxIterations;
  problem.threads = options.threads;
  problem.control = options.control;
  DavidsonResult found = davidson(problem);
  return {found.converged, std::move(found.values), std::move(found.residualNorms), std::move(found.vectors)};
}

/** A first space up to this has all its states computed. */
constexpr std::size_t denseSize = 600;

/** Lone determinants of lowest diagonal; the second-lowest state of a spin may be found late from them. */
std::vector<Vector> loneDeterminants(const SparseHamiltonian& matrix, std::size_t count) {
  std::vector<std::size_t> order(matrix.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t i, std::size_t j) { return matrix.diagonal()[i] < matrix.diagonal()[j]; });
  std::vector<Vector> guess;
  for (std::size_t k = 0; k < std::min(count, order.size()); ++k) guess.emplace_back(matrix.size(), 0.0)[order[k]] = 1.0;
  return guess;
}

/** The states of a small first space, from its dense matrix; of a large one lone determinants. */
std::vector<Vector> firstGuess(const SparseHamiltonian& matrix, std::size_t count) {
  if (matrix.size() > denseSize) return loneDeterminants(matrix, count);
  const int n = static_cast<int>(matrix.size());
  Matrix dense(n, n);
  Vector unit(matrix.size()), image(matrix.size());
  for (int j = 0; j < n; ++j) {
    std::fill(unit.begin(), unit.end(), 0.0);
    unit[static_cast<std::size_t>(j)] = 1.0;
    matrix.apply(unit, image);
    for (int i = 0; i < n; ++i) dense(i, j) = image[static_cast<std::size_t>(i)];
  }
  const Eigen eigen = eigh(dense);
  std::vector<Vector> guess;
  for (int k = 0; k < std::min(n, static_cast<int>(count)); ++k) {
    Vector& vector = guess.emplace_back();
    for (int i = 0; i < n; ++i) vector.push_back(eigen.vectors(i, k));
  }
  return guess;
}

std::vector<Vector> carried(const std::vector<Vector>& vectors, const std::vector<Determinant>& from, const DeterminantSpace& to) {
  std::vector<Vector> guess(vectors.size(), Vector(to.size(), 0.0));
  for (std::size_t i = 0; i < from.size(); ++i) {
    const std::uint32_t j = to.find(from[i]);
    for (std::size_t k = 0; k < vectors.size(); ++k) guess[k][j] = vectors[k][i];
  }
  return guess;
}

/** Coefficients of the first states side by side. */
Vector interleaved(const std::vector<Vector>& vectors, std::size_t nroots) {
  Vector c(vectors[0].size() * nroots);
  for (std::size_t k = 0; k < nroots; ++k)
    for (std::size_t i = 0; i < vectors[k].size(); ++i) c[i * nroots + k] = vectors[k][i];
  return c;
}

/** A space and its states. */
struct Selected {
  std::optional<DeterminantSpace> space;
  Solution solution;
  Perturbation perturbation;
  std::vector<SelectedCiRound> rounds;
  SelectionEnd end = SelectionEnd::complete;
  std::size_t peakBytes = 0;
};

class Selection {
 public:
  Selection(const Hamiltonian& hamiltonian, const IntegralLists& integrals, const SelectedCiOptions& options)
      : hamiltonian_(hamiltonian), integrals_(integrals), options_(options) {}

  /** Grows the space to `size`. */
  Selected run(std::size_t size) {
    std::vector<Determinant> next = startingDeterminants(integrals_, options_.nalpha, options_.nbeta, startConfigurations);
    Selected now;
    for (;;) {
      if (!advance(now, std::move(next), size)) return now;
      next = grown(now.space->determinants(), now.perturbation.candidates, sizeAfter(now.space->size(), size));
    }
  }

 private:
  std::size_t sizeAfter(std::size_t now, std::size_t last) const {
    return std::min(last, static_cast<std::size_t>(growth * static_cast<double>(now)) + 1);
  }

  /** Solves the next space; false where it was the last, or too large. */
  bool advance(Selected& now, std::vector<Determinant> determinants, std::size_t size) {
    DeterminantSpace space(std::move(determinants), integrals_, options_.control);
    const std::size_t held = integrals_.bytes() + space.bytes() + (now.space ? now.space->bytes() : 0) + vectorBytes(space.size());
    std::optional<SparseHamiltonian> matrix;
    try {
      if (held > options_.memoryBytes) throw MatrixTooLarge();
      matrix.emplace(integrals_, space,
                     SparseHamiltonianOptions{options_.spinPenalty, options_.memoryBytes - held, options_.threads, options_.control});
    } catch (const MatrixTooLarge&) {
      if (!now.space) throw tooLarge(space.size());
      now.end = SelectionEnd::memory;
      return false;
    }
    now.peakBytes = std::max(now.peakBytes, held + matrix->bytes());
    solve(now, space, *matrix, space.size() >= size);
    matrix.reset();
    now.space.emplace(std::move(space));
    return conclude(now, size);
  }

  void solve(Selected& now, const DeterminantSpace& space, const SparseHamiltonian& matrix, bool isLast) {
    const std::size_t wanted = static_cast<std::size_t>(options_.nroots);
    const std::size_t followed = wanted + (space.size() < guardedSize ? guards : 0);
    std::vector<Vector> guess;
    if (now.space) {
      guess = carried(now.solution.vectors, now.space->determinants(), space);
      if (guess.size() > followed) guess.resize(followed);
    }
    if (guess.size() < wanted) guess = firstGuess(matrix, followed);
    // Small spaces cost nothing, and a space of a few thousand may turn out to be the last.
    const double tolerance = isLast || space.size() < guardedSize ? options_.tolerance : roughTolerance;
    now.solution = lowestStates(matrix, std::move(guess), followed, tolerance, options_);
  }

  /** Perturbation of the space just solved; whether to go on. */
  bool conclude(Selected& now, std::size_t size) {
    const std::size_t nroots = std::min(static_cast<std::size_t>(options_.nroots), now.solution.values.size());
    const std::size_t count = now.space->size();
    const Vector energies(now.solution.values.begin(), now.solution.values.begin() + static_cast<std::ptrdiff_t>(nroots));
    const Vector c = interleaved(now.solution.vectors, nroots);
    const std::size_t next = sizeAfter(count, size);
    now.perturbation = perturb(integrals_, *now.space, c,
                               {energies, options_.screening, next > count ? next - count : 0, options_.threads, options_.control});
    SelectedCiRound& round = now.rounds.emplace_back(SelectedCiRound{count, energies, now.perturbation.corrections});
    for (double& energy : round.variational) energy += hamiltonian_.coreEnergy;
    const auto& corrections = now.perturbation.corrections;
    const bool isExact = std::all_of(corrections.begin(), corrections.end(),
                                     [&](double value) { return std::abs(value) < options_.perturbationTolerance; });
    now.end = isExact ? SelectionEnd::perturbation : SelectionEnd::determinants;
    return !isExact && count < size && !now.perturbation.candidates.empty();
  }

  /** Davidson's vectors and their images, parts of products, states side by side, and candidates. */
  std::size_t vectorBytes(std::size_t size) const {
    const auto nroots = static_cast<std::size_t>(options_.nroots);
    // Not by the threads there are: the space must end at the same size on any number of them.
    constexpr std::size_t candidateLists = 8;
    return size * (8 * (2 * (8 + 4 * nroots) + 16 + 3 * nroots) + candidateLists * sizeof(Candidate));
  }

  InvalidInput tooLarge(std::size_t size) const {
    const auto gib = [](std::size_t bytes) { return std::to_string(bytes / (std::size_t{1} << 20)) + " MiB"; };
    return {"not-supported", "Selected CI: expected a first space that fits in " + gib(options_.memoryBytes) + ", got one of " +
                                 std::to_string(size) + " determinants. Allow more memory, or take a smaller active space."};
  }

  const Hamiltonian& hamiltonian_;
  const IntegralLists& integrals_;
  const SelectedCiOptions& options_;
};

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
  const double s = 0.5 * std::abs(options.nalpha - options.nbeta);
  state.variational = hamiltonian.coreEnergy + found.solution.values[k] - options.spinPenalty * (state.spinSquare - s * (s + 1.0));
  state.perturbation = found.perturbation.corrections[k];
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

SelectedCiResult resultOf(Selected found, const Hamiltonian& hamiltonian, const Matrix& orbitals, const SelectedCiOptions& options) {
  SelectedCiResult result;
  result.converged = found.solution.converged;
  result.end = found.end;
  result.rounds = std::move(found.rounds);
  result.orbitals = orbitals.data;
  result.peakBytes = found.peakBytes;
  const std::size_t nroots = found.perturbation.corrections.size();
  for (std::size_t k = 0; k < nroots; ++k) result.states.push_back(stateOf(found, k, hamiltonian, orbitals, options));
  result.determinants = found.space->determinants();
  return result;
}

}  // namespace

SelectedCiResult selectedCi(const Hamiltonian& hamiltonian, const SelectedCiOptions& options) {
  const IntegralLists integrals(hamiltonian, options.control);
  const std::size_t first = std::min(options.naturalOrbitalDeterminants, options.maxDeterminants);
  Selection selection(hamiltonian, integrals, options);
  const Matrix unit = identity(hamiltonian.norb);
  Selected found = selection.run(first == 0 ? options.maxDeterminants : first);
  if (first == 0 || found.end != SelectionEnd::determinants) return resultOf(std::move(found), hamiltonian, unit, options);
  const Matrix orbitals = naturalOrbitals(meanDensity(found, hamiltonian.norb, options), integrals);
  found = {};
  const Hamiltonian natural = rotated(hamiltonian, orbitals, options.control);
  const IntegralLists naturalIntegrals(natural, options.control);
  return resultOf(Selection(natural, naturalIntegrals, options).run(options.maxDeterminants), natural, orbitals, options);
}

}  // namespace ansatz
