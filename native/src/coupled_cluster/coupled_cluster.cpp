#include "ansatz/coupled_cluster.hpp"

#include <cmath>

#include "ansatz/error.hpp"
#include "ansatz/linalg.hpp"
#include "coupled_cluster/closed_shell.hpp"
#include "coupled_cluster/triples.hpp"
#include "scf/diis.hpp"

namespace ansatz {
namespace {

constexpr int diisCapacity = 6;

/** Singles and the lower triangle of the doubles, as one vector. */
Matrix packed(const ClosedShellAmplitudes& t) {
  const std::size_t n = t.singles.data.size();
  Matrix result(1, static_cast<int>(n + n * (n + 1) / 2));
  double* to = std::copy_n(t.singles.data.data(), n, result.data.data());
  for (std::size_t ia = 0; ia < n; ++ia) to = std::copy_n(t.doubles.data() + ia * n, ia + 1, to);
  return result;
}

void unpack(const Matrix& from, ClosedShellAmplitudes& t) {
  const std::size_t n = t.singles.data.size();
  const double* next = from.data.data();
  std::copy_n(next, n, t.singles.data.begin());
  next += n;
  for (std::size_t ia = 0; ia < n; ++ia)
    for (std::size_t jb = 0; jb <= ia; ++jb) t.doubles[ia * n + jb] = t.doubles[jb * n + ia] = *next++;
}

double largestSingularValue(const Matrix& m) {
  const Eigen eigen = eigh(multiply(m, transpose(m)));
  return eigen.values.empty() ? 0.0 : std::sqrt(std::max(0.0, eigen.values.back()));
}

/** Iterates to convergence or the last iteration; t becomes the amplitudes found. */
void iterate(ClosedShellEquations& equations, ClosedShellAmplitudes& t, const CoupledClusterOptions& options, CoupledClusterResult& result) {
  Diis diis(diisCapacity);
  Matrix old = packed(t);
  result.correlation = equations.energy(t);
  result.trace.push_back(result.correlation);
  while (!result.converged && result.iterations < options.maxIterations) {
    options.control.report(Phase::coupledCluster, ++result.iterations, options.maxIterations);
    t = equations.next(t);
    Matrix found = packed(t);
    Matrix change = found;
    for (std::size_t k = 0; k < change.data.size(); ++k) change.data[k] -= old.data[k];
    const double norm = std::sqrt(dot(change, change));
    if (!std::isfinite(norm)) throw notFinite("a coupled-cluster amplitude (an occupied and a virtual orbital of one energy?)");
    old = std::move(diis.extrapolate({std::move(found)}, {std::move(change)}).front());
    unpack(old, t);
    const double energy = equations.energy(t);
    result.converged = norm < options.amplitudeTolerance && std::abs(energy - result.correlation) < options.energyTolerance;
    result.correlation = energy;
    result.trace.push_back(energy);
  }
}

}  // namespace

CoupledClusterResult coupledCluster(const System& system, const Mp2Orbitals& orbitals, const CoupledClusterOptions& options) {
  const TransformOptions transform{.threshold = options.threshold, .threads = options.threads, .control = options.control};
  const ClosedShellProblem problem{orbitalIntegralPairs(system, orbitals, orbitals, transform), orbitals.occupiedEnergies, orbitals.virtualEnergies,
                                   Matrix(static_cast<int>(orbitals.occupiedEnergies.size()), static_cast<int>(orbitals.virtualEnergies.size()))};
  const Workers workers{options.threads, options.control};
  CoupledClusterResult result;
  ClosedShellAmplitudes t;
  {
    ClosedShellEquations equations(problem, workers);
    t = equations.first();
    iterate(equations, t, options, result);
  }
  const double nElectrons = 2.0 * problem.space().nOccupied;
  result.t1Diagnostic = nElectrons > 0 ? std::sqrt(dot(t.singles, t.singles) / nElectrons) : 0.0;
  result.d1Diagnostic = largestSingularValue(t.singles);
  for (const double x : t.doubles) result.largestAmplitude = std::max(result.largestAmplitude, std::abs(x));
  if (options.triples && result.converged) result.triples = perturbativeTriples(problem, t, workers);
  return result;
}

}  // namespace ansatz
