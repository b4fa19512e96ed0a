#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>

#include "ansatz/linalg.hpp"
#include "scf/orbital_hessian.hpp"

namespace ansatz {
namespace {

using Vector = std::vector<double>;

double dotProduct(const Vector& a, const Vector& b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

/** Makes v orthonormal to a basis, twice for rounding; false when nothing is left. */
bool orthonormalise(Vector& v, const std::vector<Vector>& basis) {
  const double before = std::sqrt(dotProduct(v, v));
  if (!(before > 0.0)) return false;
  for (int pass = 0; pass < 2; ++pass)
    for (const Vector& b : basis) {
      const double overlap = dotProduct(b, v);
      for (std::size_t i = 0; i < v.size(); ++i) v[i] -= overlap * b[i];
    }
  const double norm = std::sqrt(dotProduct(v, v));
  if (norm < 1e-8 * before) return false;
  for (double& x : v) x /= norm;
  return true;
}

/** How far a root is known. */
struct Root {
  int index;
  double value;
  double residualNorm;
  /** Vectors that it was found in. */
  int basisSize;
};

struct Problem {
  std::function<Vector(const Vector&)> apply;
  Vector diagonal;
  /** One vector at least; a second keeps a root of another symmetry in sight. */
  std::vector<Vector> starts;
  int maxBasis;
  /** Whether a root is known well enough; asked for as many roots as there are starts. */
  std::function<bool(const Root&)> enough;
};

struct LowestPair {
  double value;
  Vector vector;
};

/** Ritz vectors of a subspace, improved one residual at a time. */
class Subspace {
 public:
  explicit Subspace(const Problem& problem) : problem_(problem) {}

  bool extend(Vector v) {
    if (static_cast<int>(basis_.size()) >= problem_.maxBasis || !orthonormalise(v, basis_)) return false;
    basis_.push_back(std::move(v));
    images_.push_back(problem_.apply(basis_.back()));
    return true;
  }

  void diagonalise() {
    const int n = static_cast<int>(basis_.size());
    Matrix small(n, n);
    for (int i = 0; i < n; ++i)
      for (int j = 0; j <= i; ++j)
        small(i, j) = small(j, i) = 0.5 * (dotProduct(basis_[i], images_[j]) + dotProduct(basis_[j], images_[i]));
    eigen_ = eigh(small);
  }

  int size() const { return static_cast<int>(basis_.size()); }
  double value(int root) const { return eigen_.values[root]; }
  Vector vector(int root) const { return combine(basis_, root); }
  Vector residual(int root) const {
    Vector r = combine(images_, root);
    const Vector x = vector(root);
    for (std::size_t i = 0; i < r.size(); ++i) r[i] -= value(root) * x[i];
    return r;
  }

 private:
  Vector combine(const std::vector<Vector>& vectors, int root) const {
    Vector sum(vectors.front().size(), 0.0);
    for (std::size_t i = 0; i < vectors.size(); ++i)
      for (std::size_t x = 0; x < sum.size(); ++x) sum[x] += eigen_.vectors(static_cast<int>(i), root) * vectors[i][x];
    return sum;
  }

  const Problem& problem_;
  std::vector<Vector> basis_, images_;
  Eigen eigen_;
};

/** E. R. Davidson, J. Comput. Phys. 17, 87 (1975), doi:10.1016/0021-9991(75)90065-0. */
LowestPair davidson(const Problem& problem, const Control& control) {
  Subspace space(problem);
  for (const Vector& start : problem.starts) space.extend(start);
  for (;;) {
    control.check();
    space.diagonalise();
    Vector next;
    const int nRoots = std::min(static_cast<int>(problem.starts.size()), space.size());
    for (int root = 0; root < nRoots && next.empty(); ++root) {
      Vector residual = space.residual(root);
      const Root known{root, space.value(root), std::sqrt(dotProduct(residual, residual)), space.size()};
      if (problem.enough(known)) continue;
      for (std::size_t x = 0; x < residual.size(); ++x) {
        const double gap = problem.diagonal[x] - space.value(root);
        residual[x] /= std::abs(gap) > 0.1 ? gap : 0.1;
      }
      next = std::move(residual);
    }
    if (next.empty() || !space.extend(std::move(next))) return {space.value(0), space.vector(0)};
  }
}

}  // namespace

/** Curvatures above this, hartree, need not be known well: no search for further solutions asks for more. */
constexpr double plainlyStable = 0.25;
/** Vectors, two of them starts, from which on such a curvature is taken for the lowest. */
constexpr int plainFrom = 8;

Stability lowestCurvature(const OrbitalHessian& hessian, StabilityCheck check, const Control& control, std::vector<double> near) {
  Problem problem;
  problem.diagonal = hessian.diagonal(-1e9);
  problem.apply = [&](const Vector& v) { return hessian.apply(v); };
  problem.maxBasis = 40;
  const bool signIsEnough = check == StabilityCheck::partSpins;
  problem.enough = [signIsEnough](const Root& root) {
    // Far from zero the verdict is plain early, near it the value must be known well. A residual says that an eigenvalue is near, not that it
    // is the lowest: before some vectors were tried nothing is plain.
    const double plain = root.basisSize < plainFrom ? 0.0 : 0.2 * (root.value - plainlyStable);
    if (signIsEnough && root.basisSize >= plainFrom && root.residualNorm < 0.5 * std::abs(root.value)) return true;
    if (root.index > 0) return root.residualNorm < std::max(0.1, plain);
    return root.value < -0.1 || root.residualNorm < std::max(root.value > 0.02 ? 1e-3 : 1e-4, plain);
  };
  // fixed pseudo-random starts, so that no symmetry of the molecule hides a direction
  std::uint64_t state = 88172645463325252ULL;
  for (int k = 0; k < 2; ++k) {
    problem.starts.emplace_back();
    for (const double d : problem.diagonal) {
      state ^= state << 13;
      state ^= state >> 7;
      state ^= state << 17;
      const double random = static_cast<double>(state >> 11) * 0x1p-52 - 1.0;
      problem.starts.back().push_back(random / (std::max(d, 0.05) * std::max(d, 0.05)));
    }
    if (check == StabilityCheck::partSpins) hessian.partSpins(problem.starts.back());
  }
  if (problem.diagonal.empty()) return {1.0, {}};
  if (!near.empty()) problem.starts.front() = std::move(near);
  LowestPair lowest = davidson(problem, control);
  return {lowest.value, std::move(lowest.vector)};
}

std::vector<double> newtonStep(const OrbitalHessian& hessian, double radius, const Control& control) {
  const Vector g = hessian.gradient();
  const std::size_t n = g.size();
  const double gradientNorm = std::sqrt(dotProduct(g, g));
  Problem problem;
  problem.diagonal = hessian.diagonal(0.1);
  problem.diagonal.insert(problem.diagonal.begin(), 0.0);
  // [[0, gᵀ], [g, H]] (1, κ) = λ (1, κ): the lowest root's κ leads downhill also where H has negative eigenvalues
  problem.apply = [&](const Vector& v) {
    const Vector inner = hessian.apply({v.begin() + 1, v.end()});
    Vector result(n + 1);
    for (std::size_t i = 0; i < n; ++i) {
      result[0] += g[i] * v[i + 1];
      result[i + 1] = g[i] * v[0] + inner[i];
    }
    return result;
  };
  problem.maxBasis = 30;
  problem.enough = [&](const Root& root) { return root.residualNorm < 0.1 * gradientNorm; };
  Vector start(n + 1, 0.0);
  start[0] = 1.0;
  for (std::size_t i = 0; i < n; ++i) start[i + 1] = -g[i] / problem.diagonal[i + 1];
  problem.starts = {start};
  const LowestPair lowest = davidson(problem, control);
  Vector step(lowest.vector.begin() + 1, lowest.vector.end());
  const double scale = std::abs(lowest.vector[0]) > 1e-3 ? 1.0 / lowest.vector[0] : 1e3;
  for (double& x : step) x *= scale;
  const double length = std::sqrt(dotProduct(step, step));
  if (length > radius)
    for (double& x : step) x *= radius / length;
  return step;
}

std::vector<double> stationaryStep(const OrbitalHessian& hessian, const Control& control) {
  constexpr int maxBasis = 20;
  constexpr double enough = 0.01;
  const Vector g = hessian.gradient();
  const Vector diagonal = hessian.diagonal(0.1);
  std::vector<Vector> basis, images;
  Vector step(g.size(), 0.0), residual = g;
  // H κ = −g in the least squares of a growing subspace: H may have eigenvalues of both signs
  while (static_cast<int>(basis.size()) < maxBasis && dotProduct(residual, residual) > enough * enough * dotProduct(g, g)) {
    control.check();
    Vector next = residual;
    for (std::size_t x = 0; x < next.size(); ++x) next[x] /= diagonal[x];
    if (!orthonormalise(next, basis)) break;
    images.push_back(hessian.apply(next));
    basis.push_back(std::move(next));
    const int n = static_cast<int>(basis.size());
    Matrix normal(n, n);
    Vector right(n);
    for (int i = 0; i < n; ++i) {
      for (int j = 0; j < n; ++j) normal(i, j) = dotProduct(images[i], images[j]);
      right[i] = -dotProduct(images[i], g);
    }
    const Vector c = solve(normal, right);
    if (c.empty()) break;
    std::fill(step.begin(), step.end(), 0.0);
    residual = g;
    for (int k = 0; k < n; ++k)
      for (std::size_t x = 0; x < g.size(); ++x) {
        step[x] += c[k] * basis[k][x];
        residual[x] += c[k] * images[k][x];
      }
  }
  return step;
}

}  // namespace ansatz
