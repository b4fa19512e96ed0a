#include "selected_ci/selection.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>
#include <string>
#include <utility>

#include "ansatz/error.hpp"
#include "ci/davidson.hpp"
#include "selected_ci/configurations.hpp"
#include "selected_ci/first_states.hpp"
#include "selected_ci/sparse_hamiltonian.hpp"

namespace ansatz {
namespace {

/** Configurations of the first space. */
constexpr std::size_t startConfigurations = 60;
/** Its determinants at most, where not more are asked for in all. */
constexpr std::size_t firstDeterminants = 200'000;
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

class Selection {
 public:
  Selection(const IntegralLists& integrals, const SelectedCiOptions& options) : integrals_(integrals), options_(options) {}

  /** Grows the space to `size`. */
  Selected run(std::size_t size) {
    const std::size_t most = mostDeterminants();
    std::vector<Determinant> next =
        startingDeterminants(integrals_, {options_.nalpha, options_.nbeta, startConfigurations,
                                          std::min(most, std::max(options_.maxDeterminants, firstDeterminants)), options_.control});
    Selected now;
    while (advance(now, std::move(next), size)) {
      next = grown(now.space->determinants(), now.candidates, {sizeAfter(now.space->size(), size), most}, options_.control);
      if (next.size() > now.space->size()) continue;
      now.end = SelectionEnd::memory;
      break;
    }
    finish(now);
    return now;
  }

 private:
  /** Whose vectors alone would fill the memory. */
  std::size_t mostDeterminants() const {
    const std::size_t left = options_.memoryBytes - std::min(options_.memoryBytes, integrals_.bytes());
    return std::max<std::size_t>(1, left / vectorBytes(1, wanted() + guards));
  }

  std::size_t sizeAfter(std::size_t now, std::size_t last) const {
    return std::min(last, static_cast<std::size_t>(growth * static_cast<double>(now)) + 1);
  }

  /** Solves the next space; false where it was the last, or too large. */
  bool advance(Selected& now, std::vector<Determinant> determinants, std::size_t size) {
    const std::size_t count = determinants.size();
    try {
      return solveNext(now, std::move(determinants), size);
    } catch (const DoesNotFit&) {
      if (!now.space) throw tooLarge(count);
      now.end = SelectionEnd::memory;
      return false;
    }
  }

  /** Throws DoesNotFit before anything of `now` is changed. */
  bool solveNext(Selected& now, std::vector<Determinant> determinants, std::size_t size) {
    const std::size_t beside =
        integrals_.bytes() + (now.space ? now.space->bytes() : 0) + vectorBytes(determinants.size(), followed(now));
    if (beside > options_.memoryBytes) throw DoesNotFit();
    DeterminantSpace space(std::move(determinants), integrals_, {options_.memoryBytes - beside, options_.control});
    const std::size_t held = beside + space.bytes();
    std::optional<SparseHamiltonian> matrix(std::in_place, integrals_, space, matrixOptions(held));
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
      guess = firstStates(matrix, space, integrals_, wanted() + guards, options_.control);
      const std::size_t left = options_.memoryBytes - integrals_.bytes() - space.bytes() - matrix.bytes();
      while (guess.size() > wanted() + guards && vectorBytes(space.size(), guess.size()) > left) guess.pop_back();
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
    now.end = isExact ? SelectionEnd::complete : SelectionEnd::determinants;
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

}  // namespace

Solution Solution::chosen(const std::vector<std::size_t>& order) {
  Solution some;
  for (const std::size_t k : order) {
    some.values.push_back(values[k]);
    some.residualNorms.push_back(residualNorms[k]);
    some.vectors.push_back(std::move(vectors[k]));
  }
  return some;
}

Selected select(const IntegralLists& integrals, const SelectedCiOptions& options, std::size_t size) {
  return Selection(integrals, options).run(size);
}

}  // namespace ansatz
