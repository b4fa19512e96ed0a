#include "ansatz/selected_ci.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <set>
#include <utility>

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
/**
 * States of the first space that are followed beside those wanted, with the lowest of every symmetry: the space grows for them too,
 * until they lie above by more than `guardShare` of the larger second-order correction, which errs by a good part of itself.
 */
constexpr std::size_t guards = 4;
constexpr double guardShare = 1.0;
/** Spaces that are solved to the tolerance asked for whether or not they are the last. */
constexpr std::size_t smallSize = 3000;
/** Below this a coefficient is noise, and products of such would underflow. */
constexpr double leastCoefficient = 1e-40;
/** Nearer than this to s(s+1) a state is of that spin: the next higher one is at least 2 away. */
constexpr double nearestSpin = 1.0;

using Vector = std::vector<double>;

struct Solution {
  Vector values, residualNorms;
  std::vector<Vector> vectors;

  /** Those states alone, in that order. */
  Solution chosen(const std::vector<std::size_t>& order) {
    Solution some;
    for (const std::size_t k : order) {
      some.values.push_back(values[k]);
      some.residualNorms.push_back(residualNorms[k]);
      some.vectors.push_back(std::move(vectors[k]));
    }
    return some;
  }
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
  for (Vector& vector : found.vectors)
    for (double& value : vector)
      if (std::abs(value) < leastCoefficient) value = 0.0;
  return {std::move(found.values), std::move(found.residualNorms), std::move(found.vectors)};
}

/** A first space up to this has all its states computed. */
constexpr std::size_t denseSize = 1000;

/**
 * Of states that are given by rising energy the first `count`, the first of every symmetry (that of its largest coefficient), and the
 * first in which the determinant of the lowest orbitals weighs enough, for a symmetry that these orbitals do not show.
 */
class FirstStates {
 public:
  FirstStates(const DeterminantSpace& space, const IntegralLists& integrals, std::size_t count)
      : space_(space), integrals_(integrals), count_(count), reference_(space.find({lowestOrbitals(std::popcount(space[0].alpha)), lowestOrbitals(std::popcount(space[0].beta))})) {}

  void add(Vector vector) {
    const auto largest = std::max_element(vector.begin(), vector.end(), [](double x, double y) { return std::abs(x) < std::abs(y); });
    const Determinant& d = space_[static_cast<std::size_t>(largest - vector.begin())];
    const bool isNew = labels_.insert(static_cast<std::uint8_t>(integrals_.label(d.alpha) ^ integrals_.label(d.beta))).second;
    const bool isOfReference = !hasReference_ && std::abs(vector[reference_]) > leastOfReference;
    if (isOfReference) hasReference_ = true;
    if (isNew || isOfReference || seen_ < count_) all.push_back(std::move(vector));
    ++seen_;
  }

  std::vector<Vector> all;

 private:
  const DeterminantSpace& space_;
  const IntegralLists& integrals_;
  /** Coefficient: a twenty-fifth of a state. */
  static constexpr double leastOfReference = 0.2;

  std::size_t count_;
  std::uint32_t reference_;
  bool hasReference_ = false;
  std::size_t seen_ = 0;
  std::set<std::uint8_t> labels_;
};

/** Lone determinants by rising diagonal; the second-lowest state of a spin may be found late from them. */
void addLoneDeterminants(const SparseHamiltonian& matrix, FirstStates& to) {
  std::vector<std::size_t> order(matrix.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t i, std::size_t j) { return matrix.diagonal()[i] < matrix.diagonal()[j]; });
  for (const std::size_t i : order) {
    Vector unit(matrix.size(), 0.0);
    unit[i] = 1.0;
    to.add(std::move(unit));
  }
}

/** The states of a small first space, from its dense matrix; of a large one lone determinants. */
void addStates(const SparseHamiltonian& matrix, FirstStates& to) {
  if (matrix.size() > denseSize) return addLoneDeterminants(matrix, to);
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
  for (int k = 0; k < n; ++k) {
    Vector vector;
    for (int i = 0; i < n; ++i) vector.push_back(eigen.vectors(i, k));
    to.add(std::move(vector));
  }
}

std::vector<Vector> carried(const std::vector<Vector>& vectors, const std::vector<Determinant>& from, const DeterminantSpace& to) {
  std::vector<Vector> guess(vectors.size(), Vector(to.size(), 0.0));
  for (std::size_t i = 0; i < from.size(); ++i) {
    const std::uint32_t j = to.find(from[i]);
    for (std::size_t k = 0; k < vectors.size(); ++k) guess[k][j] = vectors[k][i];
  }
  return guess;
}

/** Coefficients of the states side by side. */
Vector interleaved(const std::vector<Vector>& vectors) {
  const std::size_t nroots = vectors.size();
  Vector c(vectors[0].size() * nroots);
  for (std::size_t k = 0; k < nroots; ++k)
    for (std::size_t i = 0; i < vectors[k].size(); ++i) c[i * nroots + k] = vectors[k][i];
  return c;
}

/** Of each state the one before that it overlaps with most. */
std::vector<std::size_t> ancestorsOf(const std::vector<Vector>& states, const std::vector<Vector>& before) {
  std::vector<std::size_t> ancestors;
  for (const Vector& state : states) {
    double most = -1.0;
    std::size_t ancestor = 0;
    for (std::size_t k = 0; k < before.size(); ++k)
      if (const double s = std::abs(std::inner_product(state.begin(), state.end(), before[k].begin(), 0.0)); s > most) {
        most = s;
        ancestor = k;
      }
    ancestors.push_back(ancestor);
  }
  return ancestors;
}

/** States that are followed in one size of the space, by rising sum of energy and correction. */
struct Step {
  std::size_t determinants;
  Vector energies, corrections;
  /** Which state of the step before each comes from. */
  std::vector<std::size_t> ancestors;
};

/** A space and its states. */
struct Selected {
  std::optional<DeterminantSpace> space;
  /** Those wanted and then their guards, as in the last step. */
  Solution solution;
  std::vector<Candidate> candidates;
  std::vector<Step> steps;
  SelectionEnd end = SelectionEnd::complete;
  std::size_t peakBytes = 0;
};

class Selection {
 public:
  Selection(const IntegralLists& integrals, const SelectedCiOptions& options) : integrals_(integrals), options_(options) {}

  /** Grows the space to `size`. */
  Selected run(std::size_t size) {
    std::vector<Determinant> next = startingDeterminants(integrals_, options_.nalpha, options_.nbeta, startConfigurations);
    Selected now;
    while (advance(now, std::move(next), size))
      next = grown(now.space->determinants(), now.candidates, sizeAfter(now.space->size(), size));
    finish(now);
    return now;
  }

 private:
  std::size_t sizeAfter(std::size_t now, std::size_t last) const {
    return std::min(last, static_cast<std::size_t>(growth * static_cast<double>(now)) + 1);
  }

  /** Solves the next space; false where it was the last, or too large. */
  bool advance(Selected& now, std::vector<Determinant> determinants, std::size_t size) {
    DeterminantSpace space(std::move(determinants), integrals_, options_.control);
    const std::size_t held =
        integrals_.bytes() + space.bytes() + (now.space ? now.space->bytes() : 0) + vectorBytes(space.size(), followed(now));
    std::optional<SparseHamiltonian> matrix;
    try {
      if (held > options_.memoryBytes) throw MatrixTooLarge();
      matrix.emplace(integrals_, space, matrixOptions(held));
    } catch (const MatrixTooLarge&) {
      if (!now.space) throw tooLarge(space.size());
      now.end = SelectionEnd::memory;
      return false;
    }
    now.peakBytes = std::max(now.peakBytes, held + matrix->bytes());
    const std::vector<std::size_t> ancestors = solve(now, space, *matrix, space.size() >= size);
    matrix.reset();
    now.space.emplace(std::move(space));
    return conclude(now, ancestors, size);
  }

  SparseHamiltonianOptions matrixOptions(std::size_t held) const {
    return {options_.spinPenalty, options_.memoryBytes - held, options_.threads, options_.control};
  }

  std::size_t wanted() const { return static_cast<std::size_t>(options_.nroots); }
  std::size_t followed(const Selected& now) const { return std::max(wanted() + guards, now.solution.vectors.size()); }

  /** Solves a larger space, from the states before. */
  std::vector<std::size_t> solve(Selected& now, const DeterminantSpace& space, const SparseHamiltonian& matrix, bool isLast) {
    std::vector<Vector> before;
    if (now.space) before = carried(now.solution.vectors, now.space->determinants(), space);
    std::vector<Vector> guess = before;
    if (guess.size() < wanted()) {
      FirstStates first(space, integrals_, wanted() + guards);
      addStates(matrix, first);
      guess = std::move(first.all);
    }
    // Small spaces cost nothing, and a space of a few thousand may turn out to be the last.
    const double tolerance = isLast || space.size() < smallSize ? options_.tolerance : roughTolerance;
    const std::size_t count = guess.size();
    return keepSpin(now, space, before, lowestStates(matrix, std::move(guess), count, tolerance, options_));
  }

  /** Leaves out states of other spin. Returns the ancestors of those left. */
  std::vector<std::size_t> keepSpin(Selected& now, const DeterminantSpace& space, const std::vector<Vector>& before, Solution found) const {
    const double s = 0.5 * std::abs(options_.nalpha - options_.nbeta);
    std::vector<std::size_t> ofSpin;
    for (std::size_t k = 0; k < found.vectors.size(); ++k) {
      const double excess = spinSquareOf(space, found.vectors[k], options_.control) - s * (s + 1.0);
      found.values[k] -= options_.spinPenalty * excess;
      if (std::abs(excess) < nearestSpin) ofSpin.push_back(k);
    }
    now.solution = found.chosen(ofSpin);
    if (ofSpin.empty())
      throw InvalidInput{"not-supported", "Selected CI: expected a state of spin " + std::to_string(s) +
                                              " among the lowest, got higher spins alone. Ask for the higher spin."};
    return ancestorsOf(now.solution.vectors, before);
  }

  /** Perturbation of the space just solved; whether to go on. */
  bool conclude(Selected& now, const std::vector<std::size_t>& ancestors, std::size_t size) {
    const std::size_t count = now.space->size(), next = sizeAfter(count, size);
    const Vector& energies = now.solution.values;
    Perturbation found = perturb(integrals_, *now.space, interleaved(now.solution.vectors),
                                 {energies, options_.screening, next > count ? next - count : 0, options_.threads, options_.control});
    now.candidates = std::move(found.candidates);
    const std::vector<std::size_t> kept = lowestOf(energies, found.corrections);
    Step& step = now.steps.emplace_back(Step{count, {}, {}, {}});
    for (const std::size_t k : kept) {
      step.energies.push_back(energies[k]);
      step.corrections.push_back(found.corrections[k]);
      step.ancestors.push_back(ancestors[k]);
    }
    now.solution = now.solution.chosen(kept);
    const bool isExact = std::all_of(step.corrections.begin(), step.corrections.end(),
                                     [&](double value) { return std::abs(value) < options_.perturbationTolerance; });
    now.end = isExact ? SelectionEnd::perturbation : SelectionEnd::determinants;
    return !isExact && count < size && !now.candidates.empty();
  }

  /** The states wanted, by energy and correction, and guards that may still turn out to be lower. */
  std::vector<std::size_t> lowestOf(const Vector& energies, const Vector& corrections) const {
    std::vector<std::size_t> order(energies.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto total = [&](std::size_t k) { return energies[k] + corrections[k]; };
    std::stable_sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) { return total(i) < total(j); });
    std::vector<std::size_t> kept;
    for (const std::size_t k : order) {
      if (kept.size() >= wanted()) {
        const std::size_t last = kept[wanted() - 1];
        const double larger = std::max(std::abs(corrections[k]), std::abs(corrections[last]));
        if (total(k) - total(last) > guardShare * larger) continue;
      }
      kept.push_back(k);
    }
    return kept;
  }

  /** Solves the last space once more where it turned out to be the last after it was solved roughly. */
  void finish(Selected& now) {
    const Vector& norms = now.solution.residualNorms;
    if (std::all_of(norms.begin(), norms.end(), [&](double norm) { return norm <= options_.tolerance; })) return;
    const std::size_t held = integrals_.bytes() + now.space->bytes() + vectorBytes(now.space->size(), followed(now));
    std::optional<SparseHamiltonian> matrix(std::in_place, integrals_, *now.space, matrixOptions(held));
    const std::vector<Vector> before = now.solution.vectors;
    std::vector<std::size_t> ancestors =
        keepSpin(now, *now.space, before, lowestStates(*matrix, before, before.size(), options_.tolerance, options_));
    matrix.reset();
    for (std::size_t& ancestor : ancestors) ancestor = now.steps.back().ancestors[ancestor];
    now.steps.pop_back();
    const SelectionEnd end = now.end;
    conclude(now, ancestors, now.space->size());
    now.end = end;
  }

  /** Davidson's vectors and their images, parts of products, states side by side, and candidates. */
  static std::size_t vectorBytes(std::size_t size, std::size_t nroots) {
    // Not by the threads there are: the space must end at the same size on any number of them.
    constexpr std::size_t candidateLists = 8;
    return size * (8 * (2 * (8 + 4 * nroots) + 16 + 3 * nroots) + candidateLists * sizeof(Candidate));
  }

  InvalidInput tooLarge(std::size_t size) const {
    const auto gib = [](std::size_t bytes) { return std::to_string(bytes / (std::size_t{1} << 20)) + " MiB"; };
    return {"not-supported", "Selected CI: expected a first space that fits in " + gib(options_.memoryBytes) + ", got one of " +
                                 std::to_string(size) + " determinants. Allow more memory, or take a smaller active space."};
  }

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
  Selection selection(integrals, options);
  const Matrix unit = identity(hamiltonian.norb);
  Selected found = selection.run(first == 0 ? options.maxDeterminants : first);
  if (first == 0 || found.end != SelectionEnd::determinants) return resultOf(std::move(found), hamiltonian, unit, options);
  const Matrix orbitals = naturalOrbitals(meanDensity(found, hamiltonian.norb, options), integrals);
  found = {};
  const Hamiltonian natural = rotated(hamiltonian, orbitals, options.control);
  const IntegralLists naturalIntegrals(natural, options.control);
  return resultOf(Selection(naturalIntegrals, options).run(options.maxDeterminants), natural, orbitals, options);
}

}  // namespace ansatz
