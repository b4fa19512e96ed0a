#pragma once
#include <functional>
#include <span>
#include <vector>

namespace ansatz {

struct LbfgsOptions {
  int maxIterations = 200;
  /** Largest absolute component of the gradient at which the search ends. */
  double gradientTolerance = 1e-5;
  std::size_t history = 20;
  /** Diagonal of the first inverse Hessian, all positive. */
  std::vector<double> inverseHessian;
  /** Called with 0 at the start and after each iteration; may throw to stop. */
  std::function<void(int iteration, double value)> report;
};

struct LbfgsResult {
  bool converged = false;
  int iterations = 0;
  int evaluations = 0;
  double value = 0.0;
  double gradientNorm = 0.0;
  std::vector<double> x;
  std::vector<double> gradient;
};

/**
 * Minimises a smooth function by limited-memory BFGS with a strong Wolfe line search (J. Nocedal, S. J. Wright, Numerical
 * Optimization, algorithms 3.5, 3.6 and 7.4). `evaluate` returns the value at x and writes the gradient.
 * Ends unconverged when the iterations are used up or no step lowers the value. Throws InvalidInput (`invalid-input`) where
 * value or gradient at the start is NaN or infinite.
 */
LbfgsResult minimiseLbfgs(const std::function<double(std::span<const double> x, std::span<double> gradient)>& evaluate,
                          std::vector<double> start, const LbfgsOptions& options);

}  // namespace ansatz
