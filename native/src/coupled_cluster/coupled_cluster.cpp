#include "ansatz/coupled_cluster.hpp"

#include <cmath>

#include "ansatz/error.hpp"
#include "ansatz/linalg.hpp"
#include "coupled_cluster/closed_shell.hpp"
#include "coupled_cluster/open_shell.hpp"
#include "coupled_cluster/semicanonical.hpp"
#include "coupled_cluster/triples.hpp"
#include "scf/diis.hpp"

namespace ansatz {
namespace {

constexpr int diisCapacity = 6;

/** Calls body(first, length) for the runs of amplitudes that all others follow from by symmetry. */
template <class Body>
void forEachRun(ClosedShellAmplitudes& t, const Body& body) {
  const std::size_t n = t.singles.data.size();
  body(t.singles.data.data(), n);
  for (std::size_t ia = 0; ia < n; ++ia) body(t.doubles.data() + ia * n, ia + 1);
}

template <class Body>
void forEachRun(OpenShellAmplitudes& t, const Body& body) {
  for (const int pattern : t.singles.patterns()) body(t.singles.block(pattern).data(), t.singles.block(pattern).size());
  for (const int pattern : ordered) body(t.doubles.block(pattern).data(), t.doubles.block(pattern).size());
}

/** All others from those of forEachRun. */
void complete(ClosedShellAmplitudes& t) {
  const std::size_t n = t.singles.data.size();
  for (std::size_t ia = 0; ia < n; ++ia)
    for (std::size_t jb = 0; jb < ia; ++jb) t.doubles[jb * n + ia] = t.doubles[ia * n + jb];
}

void complete(OpenShellAmplitudes& t) { completeOrders(t.doubles); }

/** As one vector. */
template <class Amplitudes>
Matrix packed(Amplitudes& t) {
  std::size_t size = 0;
  forEachRun(t, [&](const double*, std::size_t length) { size += length; });
  Matrix result(1, static_cast<int>(size));
  double* to = result.data.data();
  forEachRun(t, [&](const double* from, std::size_t length) { to = std::copy_n(from, length, to); });
  return result;
}

template <class Amplitudes>
void unpack(const Matrix& from, Amplitudes& t) {
  const double* next = from.data.data();
  forEachRun(t, [&](double* to, std::size_t length) {
    std::copy_n(next, length, to);
    next += length;
  });
  complete(t);
}

/** Iterates to convergence or the last iteration; t becomes the amplitudes found. */
template <class Equations, class Amplitudes>
void iterate(Equations& equations, Amplitudes& t, const CoupledClusterOptions& options, CoupledClusterResult& result) {
  Diis diis(diisCapacity);
  Matrix old = packed(t);
  result.correlation = equations.energy(t);
  result.trace.push_back(result.correlation);
  while (!result.converged && result.iterations < options.maxIterations) {
    options.control.report(Phase::coupledCluster, ++result.iterations, options.maxIterations);
    t = equations.next(t);
    options.control.check();
    Matrix found = packed(t);
    Matrix change = found;
    for (std::size_t k = 0; k < change.data.size(); ++k) change.data[k] -= old.data[k];
    const double norm = std::sqrt(dot(change, change));
    if (!std::isfinite(norm)) throw notFinite("a coupled-cluster amplitude (an occupied and a virtual orbital of one energy?)");
    options.control.check();
    old = std::move(diis.extrapolate({std::move(found)}, {std::move(change)}).front());
    options.control.check();
    unpack(old, t);
    options.control.check();
    const double energy = equations.energy(t);
    result.converged = norm < options.amplitudeTolerance && std::abs(energy - result.correlation) < options.energyTolerance;
    result.correlation = energy;
    result.trace.push_back(energy);
  }
}

/** Of t₁ of each spin. */
void diagnose(const std::vector<Matrix>& singles, const std::vector<const std::vector<double>*>& pairAmplitudes, CoupledClusterResult& result) {
  double square = 0.0;
  int electrons = 0;
  for (const Matrix& t : singles) {
    square += dot(t, t) / static_cast<double>(singles.size());
    electrons += 2 / static_cast<int>(singles.size()) * t.rows;
    const Eigen eigen = eigh(multiply(t, transpose(t)));
    if (!eigen.values.empty()) result.d1Diagnostic = std::max(result.d1Diagnostic, std::sqrt(std::max(0.0, eigen.values.back())));
  }
  if (electrons > 0) result.t1Diagnostic = std::sqrt(square / electrons);
  for (const std::vector<double>* amplitudes : pairAmplitudes)
    for (const double x : *amplitudes) result.largestAmplitude = std::max(result.largestAmplitude, std::abs(x));
}

CoupledClusterResult closedShell(const ClosedShellProblem& problem, const CoupledClusterOptions& options) {
  const Workers workers{options.threads, options.control};
  CoupledClusterResult result;
  ClosedShellAmplitudes t;
  {
    ClosedShellEquations equations(problem, workers);
    t = equations.first();
    iterate(equations, t, options, result);
  }
  diagnose({t.singles}, {&t.doubles}, result);
  if (options.triples && result.converged) result.triples = perturbativeTriples(problem, t, workers);
  return result;
}

CoupledClusterResult openShell(const OpenShellProblem& problem, const CoupledClusterOptions& options) {
  const Workers workers{options.threads, options.control};
  CoupledClusterResult result;
  const OpenShellEquations equations(problem, workers);
  OpenShellAmplitudes t = equations.first();
  iterate(equations, t, options, result);
  std::vector<Matrix> singles;
  for (int spin = 0; spin < 2; ++spin) {
    singles.emplace_back(problem.space.nOccupied[spin], problem.space.nVirtual[spin]);
    singles.back().data = t.singles.block(spin * 0b11);
  }
  diagnose(singles, {&t.doubles.block(0b0000), &t.doubles.block(0b1010), &t.doubles.block(0b1111)}, result);
  if (options.triples && result.converged) result.triples = perturbativeTriples(equations, t, workers);
  return result;
}

Matrix diagonal(const Mp2Orbitals& orbitals) {
  std::vector<double> energies = orbitals.occupiedEnergies;
  energies.insert(energies.end(), orbitals.virtualEnergies.begin(), orbitals.virtualEnergies.end());
  Matrix result(static_cast<int>(energies.size()), static_cast<int>(energies.size()));
  for (int p = 0; p < result.rows; ++p) result(p, p) = energies[p];
  return result;
}

}  // namespace

CoupledClusterResult coupledCluster(const System& system, const std::vector<Mp2Orbitals>& orbitals, const CoupledClusterOptions& options) {
  const TransformOptions transform{.threshold = options.threshold, .threads = options.threads, .control = options.control};
  const auto pairs = [&](const Mp2Orbitals& bra, const Mp2Orbitals& ket) { return orbitalIntegralPairs(system, bra, ket, transform); };
  if (orbitals.size() == 1) {
    const Mp2Orbitals& both = orbitals.front();
    const Matrix noSingles(static_cast<int>(both.occupiedEnergies.size()), static_cast<int>(both.virtualEnergies.size()));
    return closedShell({pairs(both, both), both.occupiedEnergies, both.virtualEnergies, noSingles}, options);
  }
  const auto& [alpha, beta] = std::pair<const Mp2Orbitals&, const Mp2Orbitals&>(orbitals[0], orbitals[1]);
  const auto integrals = [&](const Workers& workers) {
    const SpinPairs spins{pairs(alpha, alpha), pairs(alpha, beta), pairs(beta, beta)};
    return OpenShellProblem{spins.space(), {diagonal(alpha), diagonal(beta)}, AntisymmetricIntegrals(spins, workers)};
  };
  return openShell(integrals({options.threads, options.control}), options);
}

ReferencedCoupledCluster coupledCluster(const Hamiltonian& hamiltonian, int nOccupied, const CoupledClusterOptions& options) {
  const Reference reference = semicanonical(hamiltonian, nOccupied, options.control);
  return {reference.energy, closedShell(reference.problem, options)};
}

}  // namespace ansatz
