#include "ansatz/ci.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>

#include "ansatz/direct_ci.hpp"
#include "ansatz/linalg.hpp"
#include "ci/davidson.hpp"
#include "ci/kernels.hpp"

namespace ansatz {
namespace {

/** Determinants of the model space whose eigenvectors start the iteration. */
constexpr std::size_t modelSpaceSize = 60;
/** Model states up to so far above those asked for may belong below them; Hartree, the correlation that the model lacks. */
constexpr double guardWindow = 0.25;
constexpr std::size_t mostGuards = 8;

std::vector<std::size_t> lowestDeterminants(const std::vector<double>& diagonal, std::size_t count) {
  std::vector<std::size_t> order(diagonal.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto middle = order.begin() + static_cast<std::ptrdiff_t>(count);
  std::partial_sort(order.begin(), middle, order.end(), [&](std::size_t i, std::size_t j) {
    return diagonal[i] != diagonal[j] ? diagonal[i] < diagonal[j] : i < j;
  });
  order.resize(count);
  return order;
}

/**
 * Small pseudo-random parts in every determinant, larger where the energy is low: without them a start vector of pure
 * spatial symmetry would never find a lower state of another.
 */
void addNoise(std::vector<double>& vector, const std::vector<double>& diagonal, double lowest,
              std::uint64_t state = 0x9e3779b97f4a7c15u) {
  const double amplitude = 3e-3 / std::sqrt(static_cast<double>(vector.size()));
  for (std::size_t i = 0; i < vector.size(); ++i) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    const double uniform = static_cast<double>(state >> 11) * 0x1.0p-53;
    vector[i] += amplitude * (2.0 * uniform - 1.0) / (1.0 + diagonal[i] - lowest);
  }
}

/** (c + cᵀ)/2 in place; false where c was mostly antisymmetric, a state of odd spin. */
bool makeSymmetric(std::size_t n, std::vector<double>& c) {
  double before = 0.0, after = 0.0;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      const double upper = c[i * n + j], lower = c[j * n + i];
      const double mean = c[i * n + j] = c[j * n + i] = 0.5 * (upper + lower);
      before += upper * upper + lower * lower;
      after += 2.0 * mean * mean;
    }
  return after > 0.5 * before;
}

/** The lowest model states, and, where the model is not the whole space, those close above as guards. */
std::vector<std::vector<double>> startVectors(const DirectCi& ci, const std::vector<double>& diagonal,
                                              std::size_t nroots, bool symmetric) {
  const std::size_t n = std::min(ci.size(), std::max(modelSpaceSize, 4 * nroots));
  const auto model = lowestDeterminants(diagonal, n);
  Matrix matrix(static_cast<int>(n), static_cast<int>(n));
  for (int i = 0; i < matrix.rows; ++i)
    for (int j = 0; j <= i; ++j)
      matrix(i, j) = matrix(j, i) = ci.element(model[static_cast<std::size_t>(i)], model[static_cast<std::size_t>(j)]);
  const Eigen eigen = eigh(matrix);
  std::vector<std::vector<double>> start;
  const std::size_t guards = n < ci.size() ? std::min(nroots + 2, mostGuards) : 0;
  const std::size_t most = std::min(nroots + guards, n);
  double last = 0.0;
  for (std::size_t k = 0; k < n && start.size() < most; ++k) {
    if (start.size() >= nroots && eigen.values[k] > last + guardWindow) break;
    std::vector<double> vector(ci.size(), 0.0);
    for (std::size_t i = 0; i < n; ++i) vector[model[i]] = eigen.vectors(static_cast<int>(i), static_cast<int>(k));
    if (n < ci.size()) addNoise(vector, diagonal, diagonal[model[0]]);
    if (symmetric && !makeSymmetric(ci.alpha().size(), vector)) continue;
    if (start.size() < nroots) last = eigen.values[k];
    start.push_back(std::move(vector));
  }
  return start;
}

/** The coefficient of largest modulus. */
double largestOf(const std::vector<double>& vector) {
  return *std::max_element(vector.begin(), vector.end(), [](double x, double y) { return std::abs(x) < std::abs(y); });
}

void makeLargestPositive(std::vector<double>& vector) {
  if (largestOf(vector) < 0.0)
    for (double& value : vector) value = -value;
}

/** A state none of whose determinants weighs more is one that a model of few determinants can miss. */
constexpr double spreadWeight = 0.3;

bool isSpread(const std::vector<double>& state) { return std::pow(largestOf(state), 2) < spreadWeight; }

/**
 * The states found, or lower ones that the model missed, as that of two quartet atoms far apart: iterates roughly from them
 * and two vectors of every symmetry, and anew from where these fall below.
 */
DavidsonResult lowerThan(DavidsonResult found, DavidsonProblem problem, const std::vector<double>& diagonal, std::size_t n,
                         bool symmetric) {
  constexpr std::uint64_t seeds[] = {0xd1b54a32d192ed03u, 0x8cb92ba72f3d8dd7u};
  constexpr double rough = 1e-3, lower = 1e-5;
  DavidsonProblem search = problem;
  search.guess = found.vectors;
  search.tolerance = search.guardResidual = rough;
  const double lowest = *std::min_element(diagonal.begin(), diagonal.end());
  for (const std::uint64_t seed : seeds) {
    std::vector<double>& vector = search.guess.emplace_back(problem.size, 0.0);
    addNoise(vector, diagonal, lowest, seed);
    if (symmetric) makeSymmetric(n, vector);
  }
  DavidsonResult below = davidson(search);
  bool isLower = false;
  for (std::size_t k = 0; k < found.values.size(); ++k) isLower = isLower || below.values[k] < found.values[k] - lower;
  if (isLower) {
    problem.guess = std::move(below.vectors);
    const int iterations = found.iterations;
    found = davidson(problem);
    found.iterations += iterations;
  }
  found.iterations += below.iterations;
  return found;
}

double dotOf(const std::vector<double>& x, const std::vector<double>& y) {
  return ANSATZ_SELECT(dot)(x.size(), x.data(), y.data());
}

StringSpace stringsOf(int norb, int nelec, const std::vector<String>& chosen) {
  return chosen.empty() ? StringSpace(norb, nelec) : StringSpace(norb, nelec, chosen);
}

DirectCi directCi(const Hamiltonian& hamiltonian, const CiOptions& options, DirectCiOptions directOptions) {
  directOptions.threads = options.threads;
  directOptions.control = options.control;
  return {hamiltonian, stringsOf(hamiltonian.norb, options.nalpha, options.alphaStrings),
          stringsOf(hamiltonian.norb, options.nbeta, options.betaStrings), directOptions};
}

/** Where only singlets are wanted of all strings, coefficients are symmetric. */
bool isSymmetric(const CiOptions& options) {
  return options.nalpha == options.nbeta && options.spinPenalty > 0.0 && options.alphaStrings.empty();
}

}  // namespace

double spinSquare(const Hamiltonian& hamiltonian, const CiOptions& options, const std::vector<double>& coefficients) {
  const auto n = static_cast<std::size_t>(hamiltonian.norb);
  const Hamiltonian nothing{hamiltonian.norb, 0.0, std::vector<double>(n * n), std::vector<double>(n * n * n * n)};
  DirectCi operatorOnly = directCi(nothing, options, {.spinPenalty = 1.0});
  std::vector<double> image(coefficients.size());
  operatorOnly.apply(coefficients, image);
  const double s = 0.5 * std::abs(options.nalpha - options.nbeta);
  return s * (s + 1.0) + dotOf(coefficients, image);
}

CiResult solveCi(const Hamiltonian& hamiltonian, const CiOptions& options) {
  const bool symmetric = isSymmetric(options);
  DirectCi ci = directCi(hamiltonian, options, {.spinPenalty = options.spinPenalty, .symmetric = symmetric});
  std::vector<double> diagonal = ci.diagonal();
  // To the last bit: an antisymmetric trace of rounding in a direction would grow from one iteration to the next.
  if (symmetric) makeSymmetric(ci.alpha().size(), diagonal);
  DavidsonProblem problem;
  problem.size = ci.size();
  problem.nroots = std::min<std::size_t>(static_cast<std::size_t>(options.nroots), ci.size());
  problem.apply = [&](std::span<const double> c, std::span<double> sigma) { ci.apply(c, sigma); };
  problem.diagonal = diagonal;
  std::vector<std::vector<double>> model = startVectors(ci, diagonal, problem.nroots, symmetric);
  if (ci.size() <= modelSpaceSize) {
    // The model was the whole space: there are no more states of this spin.
    problem.nroots = std::min(problem.nroots, model.size());
  } else {
    for (std::vector<double> vector : options.start)
      if (!symmetric || makeSymmetric(ci.alpha().size(), vector)) problem.guess.push_back(std::move(vector));
  }
  // Beside states near the ones sought those of the model stand guard.
  std::move(model.begin(), model.end(), std::back_inserter(problem.guess));
  problem.tolerance = options.tolerance;
  problem.maxIterations = options.maxIterations;
  problem.threads = options.threads;
  problem.control = options.control;
  DavidsonResult found = davidson(problem);
  if (options.start.empty() && ci.size() > modelSpaceSize && std::any_of(found.vectors.begin(), found.vectors.end(), isSpread))
    found = lowerThan(std::move(found), problem, diagonal, ci.alpha().size(), symmetric);

  CiResult result{found.converged, found.iterations, ci.size(), {}};
  const double s = 0.5 * std::abs(options.nalpha - options.nbeta);
  for (std::size_t k = 0; k < found.values.size(); ++k) {
    makeLargestPositive(found.vectors[k]);
    CiState state{found.values[k], found.residualNorms[k], 0.0, std::move(found.vectors[k])};
    state.spinSquare = spinSquare(hamiltonian, options, state.coefficients);
    state.energy += hamiltonian.coreEnergy - options.spinPenalty * (state.spinSquare - s * (s + 1.0));
    result.states.push_back(std::move(state));
  }
  return result;
}

}  // namespace ansatz
