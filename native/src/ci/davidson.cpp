#include "ci/davidson.hpp"

#include <algorithm>
#include <cmath>

#include "ansatz/linalg.hpp"
#include "ci/kernels.hpp"
#include "ci/vectors.hpp"

namespace ansatz {
namespace {

using Vector = std::vector<double>;

double dotOf(const Vector& x, const Vector& y) { return ANSATZ_SELECT(dot)(x.size(), x.data(), y.data()); }
void addTo(Vector& y, double a, const Vector& x) { ANSATZ_SELECT(axpy)(x.size(), a, x.data(), y.data()); }
Vector negative(Vector x) {
  for (double& value : x) value = -value;
  return x;
}
void scale(Vector& x, double a) {
  for (double& value : x) value *= a;
}

/** Where one pass of Gram–Schmidt leaves more than this of a squared norm, rounding has not spoilt it: no second pass. */
constexpr double orthogonalEnough = 1e-2;

struct Subspace {
  const DavidsonProblem& problem;
  VectorWork work = {problem.threads, problem.control};
  std::vector<Vector> basis = {};
  std::vector<Vector> image = {};
  /** ⟨basis i|A|basis j⟩ for j ≤ i, row after row. */
  Vector projected = {};

  /** Adds what is new in `direction`; false where nothing is. */
  bool add(Vector direction) {
    for (int pass = 0; pass < 2; ++pass) {
      const double norm = std::sqrt(dotOf(direction, direction));
      if (norm < 1e-14) return false;
      scale(direction, 1.0 / norm);
      addCombination(direction, negative(overlaps(basis, direction, work)), basis, work);
      const double left = dotOf(direction, direction);
      if (pass == 0 && left < 1e-20) return false;
      if (left > orthogonalEnough) break;
    }
    scale(direction, 1.0 / std::sqrt(dotOf(direction, direction)));
    image.emplace_back(direction.size());
    problem.apply(direction, image.back());
    basis.push_back(std::move(direction));
    const Vector row = overlaps(basis, image.back(), work);
    projected.insert(projected.end(), row.begin(), row.end());
    return true;
  }

  Eigen project() const {
    const int n = static_cast<int>(basis.size());
    Matrix matrix(n, n);
    auto element = projected.begin();
    for (int i = 0; i < n; ++i)
      for (int j = 0; j <= i; ++j) matrix(i, j) = matrix(j, i) = *element++;
    return eigh(matrix);
  }

  /** Σ_i vectors[i, root] from[i] */
  Vector combine(const std::vector<Vector>& from, const Eigen& eigen, std::size_t root) const {
    Vector factors;
    for (int i = 0; i < eigen.vectors.rows; ++i) factors.push_back(eigen.vectors(i, static_cast<int>(root)));
    Vector sum(from[0].size(), 0.0);
    addCombination(sum, factors, from, work);
    return sum;
  }

  /** Keeps the lowest `count` Ritz vectors only. */
  void collapse(const Eigen& eigen, std::size_t count) {
    std::vector<Vector> kept, keptImage;
    for (std::size_t k = 0; k < count; ++k) {
      kept.push_back(combine(basis, eigen, k));
      keptImage.push_back(combine(image, eigen, k));
    }
    basis = std::move(kept);
    image = std::move(keptImage);
    projected.clear();
    for (std::size_t i = 0; i < count; ++i)
      for (std::size_t j = 0; j <= i; ++j) projected.push_back(i == j ? eigen.values[i] : 0.0);
  }
};

/** Divides by the diagonal's distance to `value`; returns what second-order perturbation expects the value to fall by. */
double precondition(Vector& residual, double value, std::span<const double> diagonal) {
  constexpr double smallest = 1e-2;
  double fall = 0.0;
  for (std::size_t i = 0; i < residual.size(); ++i) {
    const double gap = diagonal[i] - value;
    const double divisor = std::abs(gap) < smallest ? std::copysign(smallest, gap) : gap;
    fall += residual[i] * residual[i] / std::abs(divisor);
    residual[i] /= divisor;
  }
  return fall;
}

/** A guard that would stay above the states asked for if it fell by so many times what is expected is left alone. */
constexpr double safety = 2.0;

/** Long subspaces save iterations; where a vector is large memory counts more. */
std::size_t davidsonVectors(std::size_t size, std::size_t nroots) {
  constexpr std::size_t large = std::size_t{1} << 20;
  return (size < large ? 24 : 8) + 4 * nroots;
}

}  // namespace

DavidsonResult davidson(const DavidsonProblem& problem) {
  const std::size_t largest = std::min(problem.size, davidsonVectors(problem.size, problem.nroots));
  Subspace space{problem};
  for (const Vector& guess : problem.guess) space.add(guess);
  const std::size_t followed = std::max(problem.nroots, problem.guess.size());
  DavidsonResult result;
  Eigen eigen;
  for (result.iterations = 1;; ++result.iterations) {
    problem.control.report(Phase::ci, result.iterations, problem.maxIterations);
    eigen = space.project();
    if (space.basis.size() + followed > largest && space.basis.size() < problem.size) {
      space.collapse(eigen, std::min(space.basis.size(), std::max(2 * problem.nroots + 1, followed)));
      eigen = space.project();
    }
    const std::size_t roots = std::min(problem.nroots, space.basis.size());
    result.values.assign(eigen.values.begin(), eigen.values.begin() + static_cast<std::ptrdiff_t>(roots));
    result.residualNorms.clear();
    result.converged = roots == problem.nroots;
    std::vector<Vector> directions;
    for (std::size_t k = 0; k < std::min(followed, space.basis.size()); ++k) {
      Vector residual = space.combine(space.image, eigen, k);
      addTo(residual, -eigen.values[k], space.combine(space.basis, eigen, k));
      const double norm = std::sqrt(dotOf(residual, residual));
      if (k < roots) result.residualNorms.push_back(norm);
      if (norm <= problem.tolerance) continue;
      const double fall = precondition(residual, eigen.values[k], problem.diagonal);
      const bool staysAbove = eigen.values[k] - safety * fall > eigen.values[roots - 1];
      if (k >= roots && staysAbove && norm < problem.guardResidual) continue;
      if (k < roots) result.converged = false;
      directions.push_back(std::move(residual));
    }
    if (directions.empty()) break;
    if (result.iterations == problem.maxIterations) {
      result.converged = false;
      break;
    }
    bool grown = false;
    for (Vector& direction : directions) grown = space.add(std::move(direction)) || grown;
    if (!grown) break;
  }
  for (std::size_t k = 0; k < result.values.size(); ++k)
    result.vectors.push_back(space.combine(space.basis, eigen, k));
  return result;
}

}  // namespace ansatz
