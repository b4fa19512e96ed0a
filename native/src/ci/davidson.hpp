#pragma once
#include <cstddef>
#include <functional>
#include <limits>
#include <span>
#include <vector>

#include "ansatz/control.hpp"

namespace ansatz {

struct DavidsonProblem {
  std::size_t size = 0;
  std::size_t nroots = 1;
  /** sigma = A c */
  std::function<void(std::span<const double> c, std::span<double> sigma)> apply;
  std::span<const double> diagonal;
  /**
   * At least nroots vectors, linearly independent. Those beyond nroots stand guard: their states are followed until they
   * are seen to lie above the states asked for, so that none of another symmetry is missed.
   */
  std::vector<std::vector<double>> guess;
  double tolerance = 1e-6;
  /** A guard is followed at least until its residual is shorter, Hartree; infinity: as long as it may fall below what is asked for. */
  double guardResidual = std::numeric_limits<double>::infinity();
  int maxIterations = 100;
  int threads = 1;
  Control control;
};

struct DavidsonResult {
  bool converged = false;
  int iterations = 0;
  std::vector<double> values;
  std::vector<double> residualNorms;
  std::vector<std::vector<double>> vectors;
};

/** Lowest eigenpairs of a symmetric operator: Rayleigh–Ritz in a space grown by diagonally preconditioned residuals. */
DavidsonResult davidson(const DavidsonProblem& problem);

}  // namespace ansatz
