#include "ansatz/vqe.hpp"

#include <algorithm>
#include <cmath>

#include "vqe/lbfgs.hpp"

namespace ansatz {
namespace {

/** Diagonal of the Fock operator of one spin in the field of a determinant. */
std::vector<double> fockDiagonal(const Hamiltonian& hamiltonian, String same, String other) {
  std::vector<double> energies;
  for (int p = 0; p < hamiltonian.norb; ++p) {
    double energy = hamiltonian.h(p, p);
    for (const int r : occupied(same)) energy += hamiltonian.g(p, p, r, r) - hamiltonian.g(p, r, r, p);
    for (const int r : occupied(other)) energy += hamiltonian.g(p, p, r, r);
    energies.push_back(energy);
  }
  return energies;
}

double sumOver(const std::vector<double>& energies, String orbitals) {
  double sum = 0.0;
  for (const int p : occupied(orbitals)) sum += energies[static_cast<std::size_t>(p)];
  return sum;
}

/**
 * Twice the orbital energy difference of each parameter's first factor: near the reference the second derivative of the
 * energy. Below the floor (degenerate or inverted orbitals) the estimate says nothing.
 */
std::vector<double> curvatures(const Hamiltonian& hamiltonian, const FactorAnsatz& ansatz) {
  constexpr double floor = 0.2;
  const auto alpha = fockDiagonal(hamiltonian, ansatz.alphaReference, ansatz.betaReference);
  const auto beta = fockDiagonal(hamiltonian, ansatz.betaReference, ansatz.alphaReference);
  std::vector<double> result(ansatz.nParameters, 0.0);
  for (const Factor& factor : ansatz.factors) {
    const Excitation& e = factor.excitation;
    const double gap = sumOver(alpha, e.alphaCreate) - sumOver(alpha, e.alphaAnnihilate) +
                       sumOver(beta, e.betaCreate) - sumOver(beta, e.betaAnnihilate);
    result[factor.parameter] += factor.scale * factor.scale * std::max(floor, 2.0 * std::abs(gap));
  }
  for (double& curvature : result)
    if (curvature == 0.0) curvature = floor;  // a parameter that moves nothing
  return result;
}

/**
 * −gradient / curvature at zero parameters. A spin penalty does not change it: a determinant of lowest spin has no slope
 * in it.
 */
std::vector<double> newtonStep(Evolution& evolution, DirectCi& ci, const std::vector<double>& curvature) {
  const std::vector<double> zero(curvature.size(), 0.0);
  std::vector<double> step(curvature.size());
  evolution.energyAndGradient(ci, {}, zero, step);
  for (std::size_t k = 0; k < step.size(); ++k) step[k] /= -curvature[k];
  return step;
}

}  // namespace

std::vector<double> mollerPlessetStart(const Hamiltonian& hamiltonian, const FactorAnsatz& ansatz, int threads,
                                       Control control) {
  Evolution evolution(ansatz, control);
  DirectCi ci(hamiltonian, ansatz.nalpha, ansatz.nbeta, {.threads = threads, .control = control});
  return newtonStep(evolution, ci, curvatures(hamiltonian, ansatz));
}

VqeResult minimiseVqe(const Hamiltonian& hamiltonian, const FactorAnsatz& ansatz, const VqeOptions& options) {
  Evolution evolution(ansatz, options.control);
  DirectCi ci(hamiltonian, ansatz.nalpha, ansatz.nbeta,
              {.spinPenalty = options.spinPenalty, .threads = options.threads, .control = options.control});
  VqeResult result;
  LbfgsOptions search;
  search.maxIterations = options.maxIterations;
  search.gradientTolerance = options.gradientTolerance;
  const std::vector<double> curvature = curvatures(hamiltonian, ansatz);
  for (const double value : curvature) search.inverseHessian.push_back(1.0 / value);
  search.report = [&](int iteration, double value) {
    result.trace.push_back(value + hamiltonian.coreEnergy);
    options.control.report(Phase::vqe, iteration, options.maxIterations);
  };
  const auto evaluate = [&](std::span<const double> x, std::span<double> gradient) {
    options.control.check();
    return evolution.energyAndGradient(ci, options.deflation, x, gradient);
  };
  LbfgsResult found = minimiseLbfgs(evaluate, options.start ? *options.start : newtonStep(evolution, ci, curvature), search);
  result.converged = found.converged;
  result.iterations = found.iterations;
  result.evaluations = found.evaluations;
  result.energy = found.value + hamiltonian.coreEnergy;
  result.gradientNorm = found.gradientNorm;
  result.parameters = std::move(found.x);
  result.gradient = std::move(found.gradient);
  return result;
}

}  // namespace ansatz
