#include "ansatz/vqe.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "ansatz/linalg.hpp"
#include "check.hpp"
#include "hamiltonians.hpp"
#include "instruction_sets.hpp"
#include "random.hpp"
#include "slow_ci.hpp"
#include "vqe/lbfgs.hpp"

namespace ansatz::test {
namespace {

constexpr double tolerance = 1e-11;

std::vector<int> bits(String mask) { return occupied(mask); }

/** T of an excitation: annihilators act from the lowest up, creators from the highest down, β before α. */
void addExcitation(const Factor& factor, int norb, bool reversed, double sign, const SlowState& on, SlowState& to) {
  const Excitation& e = factor.excitation;
  const auto part = [&](String annihilate, String create, int first, std::vector<int>& operators) {
    std::vector<int> created = bits(create);
    for (const int q : bits(annihilate)) operators.push_back(-(first + q + 1));
    for (auto q = created.rbegin(); q != created.rend(); ++q) operators.push_back(first + *q + 1);
  };
  std::vector<int> operators;
  part(e.betaAnnihilate, e.betaCreate, norb, operators);
  part(e.alphaAnnihilate, e.alphaCreate, 0, operators);
  if (reversed) {  // T† is the reverse with creators and annihilators exchanged
    std::vector<int> adjoint;
    for (auto o = operators.rbegin(); o != operators.rend(); ++o) adjoint.push_back(-*o);
    operators = adjoint;
  }
  if (!factor.qubit) return addOperators(operators, sign, on, to);
  for (const auto& [determinant, coefficient] : on) {  // the same move, always with sign +
    SlowState moved;
    addOperators(operators, 1.0, {{determinant, 1.0}}, moved);
    for (const auto& [target, value] : moved) to[target] += sign * std::abs(value) * coefficient;
  }
}

/** G = T − T† */
SlowState generator(const Factor& factor, int norb, const SlowState& on) {
  SlowState result;
  addExcitation(factor, norb, false, 1.0, on, result);
  addExcitation(factor, norb, true, -1.0, on, result);
  return result;
}

/** e^{θG} by its Taylor series. */
SlowState exponential(const Factor& factor, int norb, double theta, const SlowState& on) {
  SlowState sum = on, term = on;
  for (int k = 1; k < 40; ++k) {
    SlowState next = generator(factor, norb, term);
    for (auto& [determinant, value] : next) sum[determinant] += value *= theta / k;
    term = std::move(next);
  }
  return sum;
}

struct SlowAnsatz {
  const FactorAnsatz& ansatz;
  const std::vector<double>& parameters;

  SlowState reference() const { return {{ansatz.alphaReference | (ansatz.betaReference << ansatz.norb), 1.0}}; }
  double angle(const Factor& factor) const { return factor.scale * parameters[factor.parameter]; }
  SlowState state() const { return stateFrom(0, reference()); }
  SlowState stateFrom(std::size_t first, SlowState state) const {
    for (std::size_t k = first; k < ansatz.factors.size(); ++k)
      state = exponential(ansatz.factors[k], ansatz.norb, angle(ansatz.factors[k]), state);
    return state;
  }
  /** 2 Σ ⟨λ|U_n … G_k U_k … U_1|reference⟩ scale over the factors of each parameter. */
  std::vector<double> gradient(const SlowState& lambda) const {
    std::vector<double> result(ansatz.nParameters, 0.0);
    SlowState state = reference();
    for (std::size_t k = 0; k < ansatz.factors.size(); ++k) {
      const Factor& factor = ansatz.factors[k];
      state = exponential(factor, ansatz.norb, angle(factor), state);
      result[factor.parameter] += 2.0 * factor.scale * overlap(lambda, stateFrom(k + 1, generator(factor, ansatz.norb, state)));
    }
    return result;
  }
};

String randomMask(Random& random, int norb, int electrons, String without) {
  for (;;) {
    String mask = 0;
    for (int k = 0; k < electrons; ++k) mask |= String{1} << random.below(norb);
    if ((mask & without) == 0 && static_cast<int>(bits(mask).size()) == electrons) return mask;
  }
}

/** Singles, doubles and triples of one or both spins, some without signs, with shared and scaled parameters. */
FactorAnsatz randomAnsatz(Random& random, int norb, int nalpha, int nbeta, int factors) {
  FactorAnsatz ansatz{norb, nalpha, nbeta, randomMask(random, norb, nalpha, 0), randomMask(random, norb, nbeta, 0), 4, {}};
  for (int k = 0; k < factors; ++k) {
    Factor factor;
    int a = random.below(3), b = random.below(3);
    if (a + b == 0) a = 1;
    if (k % 5 == 4) a = 3, b = 0;
    Excitation& e = factor.excitation;
    e.alphaAnnihilate = randomMask(random, norb, a, 0);
    e.alphaCreate = randomMask(random, norb, a, e.alphaAnnihilate);
    e.betaAnnihilate = randomMask(random, norb, b, 0);
    e.betaCreate = randomMask(random, norb, b, e.betaAnnihilate);
    factor.parameter = static_cast<std::size_t>(random.below(4));
    factor.scale = random.between(-1.5, 1.5);
    factor.qubit = random.below(3) == 0;
    ansatz.factors.push_back(factor);
    // the same α part again: such factors are applied together
    if (k % 3 == 0) {
      e.betaAnnihilate = randomMask(random, norb, 1, 0);
      e.betaCreate = randomMask(random, norb, 1, e.betaAnnihilate);
      ansatz.factors.push_back(factor);
    }
  }
  return ansatz;
}

double largestDifference(const std::vector<double>& a, const std::vector<double>& b) {
  double largest = a.size() == b.size() ? 0.0 : 1.0;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) largest = std::max(largest, std::abs(a[i] - b[i]));
  return largest;
}

void evolution(Random& random, int norb, int nalpha, int nbeta, Check& check) {
  const Hamiltonian hamiltonian = randomHamiltonian(random, norb);
  const FactorAnsatz ansatz = randomAnsatz(random, norb, nalpha, nbeta, 10);
  const std::vector<double> parameters = random.vector(4);
  const std::vector<Occupation> order = determinants(norb, nalpha, nbeta);
  const SlowAnsatz slow{ansatz, parameters};
  const SlowState psi = slow.state();
  Deflation deflation{{random.vector(order.size()), random.vector(order.size())}, 0.8};
  SlowState lambda = slowHamiltonian(hamiltonian, psi);
  const SlowState plain = lambda;
  double energy = overlap(psi, lambda);
  for (const auto& state : deflation.states) {
    const double s = overlap(stateOf(order, state), psi);
    energy += deflation.weight * s * s;
    for (std::size_t i = 0; i < order.size(); ++i) lambda[order[i]] += deflation.weight * s * state[i];
  }
  const std::vector<double> expected = slow.gradient(lambda);
  const FactorAnsatz pool = randomAnsatz(random, norb, nalpha, nbeta, 12);
  std::vector<double> slopes;
  for (const Factor& factor : pool.factors)
    slopes.push_back(2.0 * factor.scale * overlap(plain, generator(factor, norb, psi)));
  const std::string what = "(" + std::to_string(norb) + ", " + std::to_string(nalpha) + ", " + std::to_string(nbeta) + ") by ";
  forEachIsa([&](const std::string& isa) {
    Evolution fast(ansatz);
    DirectCi ci(hamiltonian, nalpha, nbeta, {.threads = 2});
    std::vector<double> state(fast.size(), 3.0), gradient(4, 3.0);
    fast.prepare(parameters, state);
    check.that(largestDifference(state, coefficientsOf(order, psi)) < tolerance, "state of " + what + isa);
    check.that(std::abs(fast.energyAndGradient(ci, deflation, parameters, gradient) - energy) < tolerance, "energy of " + what + isa);
    check.that(largestDifference(gradient, expected) < tolerance, "gradient of " + what + isa);
    check.that(largestDifference(fast.poolGradients(ci, parameters, pool.factors), slopes) < tolerance, "pool gradients of " + what + isa);
  });
}

/** An ansatz without factors: its pool gradients are those of the reference. */
void emptyAnsatz(Random& random, Check& check) {
  const Hamiltonian hamiltonian = randomHamiltonian(random, 4);
  const FactorAnsatz ansatz{4, 2, 1, 0b0011, 0b0010, 0, {}};
  const Factor single{{0b0010, 0b0100, 0, 0}, 0, 0.5, false};
  const SlowState reference{{0b00100011, 1.0}};
  const double slope = overlap(slowHamiltonian(hamiltonian, reference), generator(single, 4, reference));
  Evolution fast(ansatz);
  DirectCi ci(hamiltonian, 2, 1, {});
  check.that(std::abs(fast.poolGradients(ci, {}, {single})[0] - slope) < tolerance, "pool gradient without factors");
}

/** θ = −⟨k|H|reference⟩ / Σ(ε created − ε annihilated), with orbital energies as what the field adds to an electron. */
void firstOrder(Random& random, Check& check) {
  const Hamiltonian hamiltonian = molecularHamiltonian(random, 4);
  FactorAnsatz ansatz{4, 2, 2, 0b0011, 0b0011, 3, {}};
  ansatz.factors = {{{0b0010, 0b0100, 0b0001, 0b1000}, 0, 1.0, false}, {{0b0011, 0b1100, 0, 0}, 1, 0.5, false}};
  const SlowState reference{{0b00110011, 1.0}};
  const SlowState image = slowHamiltonian(hamiltonian, reference);
  const auto energyOf = [&](int p) {  // of an electron of either spin in a closed shell
    double energy = hamiltonian.h(p, p);
    for (const int r : {0, 1}) energy += 2.0 * hamiltonian.g(p, p, r, r) - hamiltonian.g(p, r, r, p);
    return energy;
  };
  const double gaps[] = {energyOf(2) + energyOf(3) - energyOf(1) - energyOf(0), energyOf(2) + energyOf(3) - energyOf(0) - energyOf(1)};
  const std::vector<double> found = mollerPlessetStart(hamiltonian, ansatz, 1, {});
  for (int k = 0; k < 2; ++k) {
    const Factor& factor = ansatz.factors[static_cast<std::size_t>(k)];
    const double theta = -overlap(image, generator(factor, 4, reference)) / (factor.scale * gaps[k]);
    check.that(std::abs(found[static_cast<std::size_t>(k)] - theta) < tolerance, "first-order amplitude " + std::to_string(k));
  }
  check.that(found[2] == 0.0, "a parameter without factors starts at 0");
}

/** Two electrons in two orbitals: singles and the double reach every state. */
void minima(Random& random, Check& check) {
  for (int round = 0; round < 5; ++round) {
    const Hamiltonian hamiltonian = molecularHamiltonian(random, 2);
    FactorAnsatz ansatz{2, 1, 1, 1, 1, 3, {}};
    ansatz.factors = {{{1, 2, 0, 0}, 0, 1.0, false}, {{0, 0, 1, 2}, 1, 1.0, false}, {{1, 2, 1, 2}, 2, 1.0, false}};
    const std::vector<Occupation> order = determinants(2, 1, 1);
    Matrix matrix(4, 4);
    for (int j = 0; j < 4; ++j) {
      const auto column = coefficientsOf(order, slowHamiltonian(hamiltonian, {{order[static_cast<std::size_t>(j)], 1.0}}));
      for (int i = 0; i < 4; ++i) matrix(i, j) = column[static_cast<std::size_t>(i)];
    }
    const double exact = eigh(matrix).values[0] + hamiltonian.coreEnergy;
    VqeOptions options;
    options.gradientTolerance = 1e-7;
    const VqeResult found = minimiseVqe(hamiltonian, ansatz, options);
    check.that(found.converged && std::abs(found.energy - exact) < 1e-10, "VQE of two electrons reaches the lowest state");
    check.that(found.trace.size() == static_cast<std::size_t>(found.iterations) + 1 && found.trace.back() == found.energy &&
                   found.gradientNorm <= 1e-7 && found.iterations < 20,
               "VQE says how it went");
    options.maxIterations = 0;
    options.start = std::vector{0.4, -0.3, 0.2};
    const VqeResult none = minimiseVqe(hamiltonian, ansatz, options);
    check.that(!none.converged && none.iterations == 0 && none.parameters == *options.start, "no iterations leave the start");
  }
}

/** Rosenbrock's valley in n dimensions, minimum 0 at (1, …, 1). */
double valley(std::span<const double> x, std::span<double> gradient) {
  double value = 0.0;
  std::fill(gradient.begin(), gradient.end(), 0.0);
  for (std::size_t i = 0; i + 1 < x.size(); ++i) {
    const double a = x[i + 1] - x[i] * x[i], b = 1.0 - x[i];
    value += 100.0 * a * a + b * b;
    gradient[i] += -400.0 * a * x[i] - 2.0 * b;
    gradient[i + 1] += 200.0 * a;
  }
  return value;
}

void lbfgs(Random& random, Check& check) {
  LbfgsOptions options;
  options.gradientTolerance = 1e-8;
  for (const std::size_t n : {std::size_t{2}, std::size_t{10}}) {
    options.inverseHessian.assign(n, 1e-2);
    std::vector<double> values;
    options.report = [&](int, double value) { values.push_back(value); };
    const LbfgsResult found = minimiseLbfgs(valley, std::vector<double>(n, -1.0), options);
    double farthest = 0.0;
    for (const double x : found.x) farthest = std::max(farthest, std::abs(x - 1.0));
    check.that(found.converged && farthest < 1e-7, "L-BFGS finds the end of a valley");
    check.that(std::is_sorted(values.rbegin(), values.rend()) && values.size() == static_cast<std::size_t>(found.iterations) + 1,
               "L-BFGS only descends");
    check.that(found.evaluations < 2 * found.iterations + 10 && found.iterations < 50, "L-BFGS needs few evaluations in a valley");
  }
  // with a history of all steps and exact searches a quadratic function of n variables takes n; ours are less exact
  constexpr int variables = 20;
  options.report = nullptr;
  options.history = 2 * variables;
  options.inverseHessian.assign(variables, 1.0);
  const auto quadratic = [](std::span<const double> x, std::span<double> gradient) {
    double value = 0.0;
    for (int i = 0; i < variables; ++i) {
      gradient[i] = std::pow(100.0, static_cast<double>(i) / (variables - 1)) * x[i];
      value += 0.5 * gradient[i] * x[i];
    }
    return value;
  };
  const LbfgsResult bottom = minimiseLbfgs(quadratic, std::vector<double>(variables, 1.0), options);
  check.that(bottom.converged && bottom.iterations <= 3 * variables / 2, "L-BFGS learns a quadratic function");
  // too long a first step in a parabola: the cubic through both ends has its minimum
  options.report = nullptr;
  options.inverseHessian = {2.0};
  const auto parabola = [](std::span<const double> x, std::span<double> gradient) {
    gradient[0] = 2.0 * x[0];
    return x[0] * x[0];
  };
  const LbfgsResult cubic = minimiseLbfgs(parabola, {1.0}, options);
  check.that(cubic.converged && cubic.iterations == 1 && cubic.evaluations == 3, "L-BFGS finds the bottom of a parabola by one cubic");
  // Σ ½ cᵢ (xᵢ − tᵢ)², curvatures over four decades, the first inverse Hessian right: one step
  const std::vector<double> target = random.vector(30);
  std::vector<double> curvature;
  for (int i = 0; i < 30; ++i) curvature.push_back(std::pow(10.0, random.between(-2.0, 2.0)));
  const auto bowl = [&](std::span<const double> x, std::span<double> gradient) {
    double value = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      gradient[i] = curvature[i] * (x[i] - target[i]);
      value += 0.5 * gradient[i] * (x[i] - target[i]);
    }
    return value;
  };
  options.inverseHessian.clear();
  for (const double c : curvature) options.inverseHessian.push_back(1.0 / c);
  const LbfgsResult one = minimiseLbfgs(bowl, std::vector<double>(30, 0.0), options);
  check.that(one.converged && one.iterations == 1 && one.evaluations == 2, "L-BFGS with the right Hessian takes one step");
  options.inverseHessian.assign(30, 1.0);
  options.maxIterations = 500;
  const LbfgsResult many = minimiseLbfgs(bowl, std::vector<double>(30, 0.0), options);
  check.that(many.converged && many.iterations < 400 && largestDifference(many.x, target) < 1e-5, "L-BFGS learns curvatures over four decades");
  options.maxIterations = 3;
  const LbfgsResult few = minimiseLbfgs(bowl, std::vector<double>(30, 0.0), options);
  check.that(!few.converged && few.iterations == 3 && few.gradientNorm > options.gradientTolerance, "L-BFGS ends when its iterations do");
}

}  // namespace

void testVqe(Check& check) {
  Random random;
  evolution(random, 6, 3, 2, check);
  evolution(random, 6, 2, 3, check);
  evolution(random, 7, 4, 1, check);
  evolution(random, 6, 0, 3, check);
  emptyAnsatz(random, check);
  firstOrder(random, check);
  minima(random, check);
  lbfgs(random, check);
}

}  // namespace ansatz::test
