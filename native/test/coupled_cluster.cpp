// Coupled cluster against its definition: exp(−T) H exp(T) on determinants, by ladder operators.
#include "coupled_cluster/semicanonical.hpp"

#include <cmath>
#include <string>

#include "check.hpp"
#include "coupled_cluster/open_shell.hpp"
#include "coupled_cluster/triples.hpp"
#include "hamiltonians.hpp"
#include "instruction_sets.hpp"
#include "slow_ci.hpp"

namespace ansatz::test {
namespace {

constexpr double tolerance = 1e-10;

double at(const SlowState& state, Occupation determinant) {
  const auto found = state.find(determinant);
  return found == state.end() ? 0.0 : found->second;
}

/** Over the orbitals of a problem, whose Fock matrix leaves nothing of the singles where `withSingles` is false. */
Hamiltonian hamiltonianOf(const ClosedShellProblem& problem, bool withSingles) {
  const OrbitalPairs& space = problem.space();
  const int n = space.nOrbitals();
  const int o = space.nOccupied;
  const auto size = static_cast<std::size_t>(n);
  Hamiltonian h{n, 0.0, std::vector<double>(size * size), std::vector<double>(size * size * size * size)};
  const auto g = [&](int p, int q, int r, int s) { return problem.integrals.row(space.of(p, q))[space.of(r, s)]; };
  for (int p = 0; p < n; ++p)
    for (int q = 0; q < n; ++q) {
      double f = 0.0;
      if (p == q) f = p < o ? problem.occupiedEnergies[p] : problem.virtualEnergies[p - o];
      else if (withSingles && (p < o) != (q < o)) f = problem.fock(std::min(p, q), std::max(p, q) - o);
      for (int k = 0; k < o; ++k) f -= 2.0 * g(p, q, k, k) - g(p, k, k, q);
      h.oneBody[p * size + q] = f;
      for (int r = 0; r < n; ++r)
        for (int s = 0; s < n; ++s) h.twoBody[((p * size + q) * size + r) * size + s] = g(p, q, r, s);
    }
  return h;
}

/** E_ai, or E_ai E_bj, on a state. */
void addExcitation(const OrbitalPairs& space, const std::vector<std::pair<int, int>>& moves, double factor, const SlowState& on, SlowState& to) {
  const int n = space.nOrbitals();
  for (int spins = 0; spins < 1 << moves.size(); ++spins) {
    std::vector<int> operators;
    for (std::size_t m = 0; m < moves.size(); ++m) {
      const int shift = ((spins >> m) & 1) * n + 1;
      operators.push_back(-(moves[m].first + shift));
      operators.push_back(space.nOccupied + moves[m].second + shift);
    }
    addOperators(operators, factor, on, to);
  }
}

struct Cluster {
  const OrbitalPairs& space;
  const ClosedShellAmplitudes& t;

  SlowState singles(double factor, const SlowState& on) const {
    SlowState to;
    for (int i = 0; i < space.nOccupied; ++i)
      for (int a = 0; a < space.nVirtual; ++a) addExcitation(space, {{i, a}}, factor * t.singles(i, a), on, to);
    return to;
  }
  SlowState doubles(double factor, const SlowState& on) const {
    SlowState to;
    const std::size_t n = space.nOv();
    for (std::size_t ia = 0; ia < n; ++ia)
      for (std::size_t jb = 0; jb < n; ++jb) {
        const auto move = [&](std::size_t k) { return std::pair{static_cast<int>(k) / space.nVirtual, static_cast<int>(k) % space.nVirtual}; };
        addExcitation(space, {move(ia), move(jb)}, 0.5 * factor * t.doubles[ia * n + jb], on, to);
      }
    return to;
  }
  /** exp(±T) */
  SlowState exponential(double sign, const SlowState& on) const {
    SlowState sum = on;
    SlowState term = on;
    for (int k = 1; k <= 2 * space.nOccupied; ++k) {
      SlowState next = singles(sign / k, term);
      for (const auto& [determinant, x] : doubles(sign / k, term)) next[determinant] += x;
      term = std::move(next);
      for (const auto& [determinant, x] : term) sum[determinant] += x;
    }
    return sum;
  }
};

/** Electrons above the occupied orbitals. */
int excited(const OrbitalPairs& space, Occupation determinant) {
  int count = 0;
  for (int spin = 0; spin < 2; ++spin)
    for (int a = 0; a < space.nVirtual; ++a) count += static_cast<int>((determinant >> (spin * space.nOrbitals() + space.nOccupied + a)) & 1);
  return count;
}

Occupation referenceOf(const OrbitalPairs& space) {
  const Occupation one = (Occupation{1} << space.nOccupied) - 1;
  return one | (one << space.nOrbitals());
}

ClosedShellAmplitudes converged(const ClosedShellProblem& problem, const Workers& workers) {
  ClosedShellEquations equations(problem, workers);
  ClosedShellAmplitudes t = equations.first();
  for (int k = 0; k < 200; ++k) t = equations.next(t);
  return t;
}

double largestResidual(const OrbitalPairs& space, const SlowState& state) {
  double largest = 0.0;
  for (const auto& [determinant, x] : state)
    if (const int level = excited(space, determinant); level == 1 || level == 2) largest = std::max(largest, std::abs(x));
  return largest;
}

/** Triples by their definition: what H makes of the doubles, and of the singles, over the sums of orbital energies. */
double slowTriples(const ClosedShellProblem& problem, const Cluster& cluster, const SlowState& vacuum) {
  const OrbitalPairs& space = problem.space();
  const Hamiltonian h = hamiltonianOf(problem, true);
  const SlowState doubles = cluster.doubles(1.0, vacuum);
  const SlowState connected = slowHamiltonian(hamiltonianOf(problem, false), doubles);
  const SlowState all = slowHamiltonian(h, doubles);
  const SlowState ofSingles = slowHamiltonian(h, cluster.singles(1.0, vacuum));
  double energy = 0.0;
  const int n = space.nOrbitals();
  for (const auto& [determinant, w] : connected) {
    if (excited(space, determinant) != 3) continue;
    double gap = 0.0;
    for (int spin = 0; spin < 2; ++spin)
      for (int p = 0; p < n; ++p) {
        const bool isOccupied = ((determinant >> (spin * n + p)) & 1) != 0;
        if (p < space.nOccupied && !isOccupied) gap += problem.occupiedEnergies[p];
        if (p >= space.nOccupied && isOccupied) gap -= problem.virtualEnergies[p - space.nOccupied];
      }
    energy += w * (at(all, determinant) + at(ofSingles, determinant)) / gap;
  }
  return energy;
}

void againstDefinition(Random& random, int norb, int nOccupied, Check& check) {
  const std::string what = " of " + std::to_string(nOccupied) + " pairs in " + std::to_string(norb);
  Hamiltonian random_ = molecularHamiltonian(random, norb);
  for (double& x : random_.twoBody) x *= 0.5;
  const Reference reference = semicanonical(random_, nOccupied);
  const ClosedShellProblem& problem = reference.problem;
  const OrbitalPairs& space = problem.space();
  const Hamiltonian h = hamiltonianOf(problem, true);
  const SlowState vacuum{{referenceOf(space), 1.0}};
  double referenceEnergy = 0.0;
  for (const auto& [determinant, x] : slowHamiltonian(random_, SlowState{{referenceOf(space), 1.0}}))
    if (determinant == referenceOf(space)) referenceEnergy = x + random_.coreEnergy;
  check.that(std::abs(reference.energy - referenceEnergy) < tolerance, "the energy of the determinant" + what);
  forEachIsa([&](const std::string& isa) {
    const ClosedShellAmplitudes t = converged(problem, {1, {}});
    const Cluster cluster{space, t};
    SlowState state = cluster.exponential(-1.0, slowHamiltonian(h, cluster.exponential(1.0, vacuum)));
    check.that(largestResidual(space, state) < tolerance, "CCSD leaves no singles and doubles" + what + ", " + isa);
    const double fieldEnergy = overlap(vacuum, slowHamiltonian(h, vacuum));
    const double energy = ClosedShellEquations(problem, {1, {}}).energy(t);
    check.that(std::abs(fieldEnergy + energy - state[referenceOf(space)]) < tolerance, "CCSD energy" + what + ", " + isa);
    const double triples = perturbativeTriples(problem, t, {1, {}});
    check.that(std::abs(triples - slowTriples(problem, cluster, vacuum)) < tolerance, "(T)" + what + ", " + isa);
    const ClosedShellAmplitudes other = converged(problem, {2, {}});
    check.that(other.doubles == t.doubles && other.singles.data == t.singles.data, "CCSD on two threads" + what + ", " + isa);
    check.that(perturbativeTriples(problem, t, {2, {}}) == triples, "(T) on two threads" + what + ", " + isa);
  });
}

/** Orbitals of a Hamiltonian, those of the lowest numbers occupied, with the Fock matrix of each spin. */
OpenShellProblem openShell(const Hamiltonian& h, int nAlpha, int nBeta) {
  const auto pairs = [&](int braOccupied, int ketOccupied) {
    PairMatrix m({braOccupied, h.norb - braOccupied}, {ketOccupied, h.norb - ketOccupied});
    for (int p = 0; p < h.norb; ++p)
      for (int q = 0; q <= p; ++q)
        for (int r = 0; r < h.norb; ++r)
          for (int s = 0; s <= r; ++s) m.row(m.bra.of(p, q))[m.ket.of(r, s)] = h.g(p, q, r, s);
    return m;
  };
  const SpinPairs spins{pairs(nAlpha, nAlpha), pairs(nAlpha, nBeta), pairs(nBeta, nBeta)};
  OpenShellProblem problem{spins.space(), {Matrix(h.norb, h.norb), Matrix(h.norb, h.norb)}, AntisymmetricIntegrals(spins, {})};
  for (int spin = 0; spin < 2; ++spin)
    for (int p = 0; p < h.norb; ++p)
      for (int q = 0; q < h.norb; ++q) {
        double& f = problem.fock[spin](p, q);
        f = h.h(p, q);
        for (int k = 0; k < nAlpha; ++k) f += h.g(p, q, k, k) - (spin == 0 ? h.g(p, k, k, q) : 0.0);
        for (int k = 0; k < nBeta; ++k) f += h.g(p, q, k, k) - (spin == 1 ? h.g(p, k, k, q) : 0.0);
      }
  return problem;
}

/** A tensor's excitations on a state: factor t_i^a, or a quarter of t_ij^ab. */
void addExcitations(const SpinSpace& space, const SpinTensor& t, double factor, const SlowState& on, SlowState& to) {
  const int n = space.nOccupied[0] + space.nVirtual[0];
  const int half = t.rank() / 2;
  for (const int pattern : t.patterns()) {
    std::array<int, 4> sizes{1, 1, 1, 1};
    for (int k = 0; k < t.rank(); ++k) sizes[k] = t.size(k, pattern);
    std::size_t at = 0;
    for (int p = 0; p < sizes[0]; ++p)
      for (int q = 0; q < sizes[1]; ++q)
        for (int r = 0; r < sizes[2]; ++r)
          for (int s = 0; s < sizes[3]; ++s) {
            const std::array<int, 4> index{p, q, r, s};
            std::vector<int> operators;  // annihilators of i, then of j; creators of b, then of a
            const auto ladder = [&](int k) {
              const int spin = (pattern >> k) & 1;
              return index[k] + (k < half ? 0 : space.nOccupied[spin]) + spin * n + 1;
            };
            for (int k = 0; k < half; ++k) operators.push_back(-ladder(k));
            for (int k = 2 * half - 1; k >= half; --k) operators.push_back(ladder(k));
            addOperators(operators, factor * t.block(pattern)[at++], on, to);
          }
  }
}

struct OpenCluster {
  const SpinSpace& space;
  const OpenShellAmplitudes& t;

  SlowState singles(double factor, const SlowState& on) const {
    SlowState to;
    addExcitations(space, t.singles, factor, on, to);
    return to;
  }
  SlowState doubles(double factor, const SlowState& on) const {
    SlowState to;
    addExcitations(space, t.doubles, 0.25 * factor, on, to);
    return to;
  }
  SlowState exponential(double sign, int electrons, const SlowState& on) const {
    SlowState sum = on, term = on;
    for (int k = 1; k <= electrons; ++k) {
      SlowState next = singles(sign / k, term);
      for (const auto& [determinant, x] : doubles(sign / k, term)) next[determinant] += x;
      term = std::move(next);
      for (const auto& [determinant, x] : term) sum[determinant] += x;
    }
    return sum;
  }
};

int excitedOf(const SpinSpace& space, Occupation determinant) {
  int count = 0;
  const int n = space.nOccupied[0] + space.nVirtual[0];
  for (int spin = 0; spin < 2; ++spin)
    for (int a = space.nOccupied[spin]; a < n; ++a) count += static_cast<int>((determinant >> (spin * n + a)) & 1);
  return count;
}

double slowTriples(const OpenShellEquations& equations, const Hamiltonian& h, const OpenCluster& cluster, const SlowState& vacuum) {
  const SpinSpace& space = cluster.space;
  const SlowState doubles = cluster.doubles(1.0, vacuum);
  const SlowState all = slowHamiltonian(h, doubles), ofSingles = slowHamiltonian(h, cluster.singles(1.0, vacuum));
  SlowState disconnected;
  addExcitations(space, equations.fock(), 1.0, doubles, disconnected);
  double energy = 0.0;
  for (const auto& [determinant, x] : all) {
    if (excitedOf(space, determinant) != 3) continue;
    double gap = 0.0;
    for (int spin = 0; spin < 2; ++spin)
      for (int p = 0; p < h.norb; ++p) {
        const bool isOccupied = ((determinant >> (spin * h.norb + p)) & 1) != 0;
        if ((p < space.nOccupied[spin]) != isOccupied) gap += (isOccupied ? -1.0 : 1.0) * equations.orbitalEnergy(spin, p);
      }
    energy += (x - at(disconnected, determinant)) * (x + at(ofSingles, determinant)) / gap;
  }
  return energy;
}

void openShellAgainstDefinition(Random& random, int norb, int nAlpha, int nBeta, Check& check) {
  const std::string what = " of " + std::to_string(nAlpha) + "+" + std::to_string(nBeta) + " electrons in " + std::to_string(norb);
  Hamiltonian h = molecularHamiltonian(random, norb);
  for (double& x : h.twoBody) x *= 0.5;
  const OpenShellProblem problem = openShell(h, nAlpha, nBeta);
  const SpinSpace& space = problem.space;
  const Workers one{1, {}}, two{2, {}};
  const OpenShellEquations equations(problem, one);
  OpenShellAmplitudes t = equations.first();
  for (int k = 0; k < 300; ++k) t = equations.next(t);
  const Occupation reference = ((Occupation{1} << nAlpha) - 1) | (((Occupation{1} << nBeta) - 1) << norb);
  const SlowState vacuum{{reference, 1.0}};
  const OpenCluster cluster{space, t};
  const int electrons = nAlpha + nBeta;
  SlowState state = cluster.exponential(-1.0, electrons, slowHamiltonian(h, cluster.exponential(1.0, electrons, vacuum)));
  double largest = 0.0;
  for (const auto& [determinant, x] : state)
    if (const int level = excitedOf(space, determinant); level == 1 || level == 2) largest = std::max(largest, std::abs(x));
  check.that(largest < tolerance, "UCCSD leaves no singles and doubles" + what);
  check.that(std::abs(at(slowHamiltonian(h, vacuum), reference) + equations.energy(t) - state[reference]) < tolerance, "UCCSD energy" + what);
  const double triples = perturbativeTriples(equations, t, one);
  check.that(std::abs(triples - slowTriples(equations, h, cluster, vacuum)) < tolerance, "U(T)" + what);
  check.that(perturbativeTriples(equations, t, two) == triples, "U(T) on two threads" + what);
  const OpenShellAmplitudes other = OpenShellEquations(problem, two).next(t), same = equations.next(t);
  check.that(other.doubles.block(0b1010) == same.doubles.block(0b1010) && other.singles.block(0) == same.singles.block(0), "UCCSD on two threads" + what);
}

}  // namespace

void testCoupledCluster(Check& check) {
  Random random;
  for (const auto& [norb, nAlpha, nBeta] : {std::array{2, 1, 1}, {3, 2, 1}, {4, 2, 1}, {4, 3, 1}, {5, 3, 2}, {4, 1, 0}, {5, 2, 0}, {4, 2, 2}, {4, 4, 1}})
    openShellAgainstDefinition(random, norb, nAlpha, nBeta, check);
  for (const auto& [norb, nOccupied] : {std::pair{2, 1}, {4, 2}, {5, 2}, {5, 3}, {5, 4}, {3, 3}}) againstDefinition(random, norb, nOccupied, check);
}

}  // namespace ansatz::test
