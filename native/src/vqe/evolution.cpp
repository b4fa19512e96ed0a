#include "ansatz/evolution.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "ci/kernels.hpp"
#include "vqe/rotations.hpp"

namespace ansatz {
namespace {

struct Step {
  const Rotation* beta;  // null: the factor leaves β alone
  std::size_t parameter;
  double scale;
};

/** Consecutive factors with one α part: applied row pair by row pair, so that the rows stay in cache. */
struct Group {
  const Rotation* alpha;  // null: the factors leave α alone
  std::vector<Step> steps;
};

struct Angle {
  double c;
  double s;
};

}  // namespace

struct Evolution::Program {
  Control control;
  StringSpace alpha;
  StringSpace beta;
  std::size_t reference;
  std::size_t nParameters;
  std::map<std::tuple<int, String, String, bool>, Rotation> rotations;
  std::vector<Group> groups;
  std::size_t nsteps = 0;

  std::vector<Angle> angles;
  std::vector<double> psi;
  std::vector<double> sigma;
  std::vector<double> pair;
  std::vector<double> sums;

  Program(const FactorAnsatz& ansatz, Control stop)
      : control(stop), alpha(ansatz.norb, ansatz.nalpha), beta(ansatz.norb, ansatz.nbeta), nParameters(ansatz.nParameters) {
    reference = alpha.address(ansatz.alphaReference) * beta.size() + beta.address(ansatz.betaReference);
    const Rotation* previous = nullptr;
    bool previousPlain = false;
    for (const Factor& factor : ansatz.factors) {
      const Excitation& e = factor.excitation;
      const Rotation* a = rotation(0, e.alphaAnnihilate, e.alphaCreate, factor.qubit);
      const Rotation* b = rotation(1, e.betaAnnihilate, e.betaCreate, factor.qubit);
      // Factors on α alone move whole rows and gain nothing from a group.
      if (groups.empty() || a != previous || b == nullptr || previousPlain) groups.push_back({a, {}});
      groups.back().steps.push_back({b, factor.parameter, factor.scale});
      previous = a;
      previousPlain = b == nullptr;
    }
    for (const Group& group : groups) nsteps = std::max(nsteps, group.steps.size());
    angles.resize(nsteps);
    sums.resize(nsteps);
  }

  std::size_t size() const { return alpha.size() * beta.size(); }

  const Rotation* rotation(int spin, String annihilate, String create, bool qubit) {
    if (annihilate == 0 && create == 0) return nullptr;
    const auto key = std::make_tuple(spin, annihilate, create, qubit);
    const auto found = rotations.find(key);
    if (found != rotations.end()) return &found->second;
    return &(rotations[key] = stringRotation(spin == 0 ? alpha : beta, annihilate, create, qubit));
  }

  void setAngles(const Group& group, std::span<const double> parameters) {
    for (std::size_t k = 0; k < group.steps.size(); ++k) {
      const double theta = group.steps[k].scale * parameters[group.steps[k].parameter];
      angles[k] = {std::cos(theta), std::sin(theta)};
    }
  }

  void forwardGroup(const Group& group, double* state) const {
    const auto rotatePairs = ANSATZ_SELECT(rotatePairs);
    const auto rotateRows = ANSATZ_SELECT(rotateRows);
    const std::size_t nb = beta.size();
    const auto onRows = [&](double* from, double* to, double alphaSign) {
      control.check();
      for (std::size_t k = 0; k < group.steps.size(); ++k) {
        const Rotation* b = group.steps[k].beta;
        const double c = angles[k].c, s = alphaSign * angles[k].s;
        if (b == nullptr) {
          rotateRows(nb, c, s, from, to);
          continue;
        }
        rotatePairs(b->positive, b->pairs.data(), c, s, from, to);
        rotatePairs(b->pairs.size() - b->positive, b->pairs.data() + b->positive, c, -s, from, to);
      }
    };
    if (group.alpha == nullptr)
      for (std::size_t i = 0; i < alpha.size(); ++i) onRows(state + i * nb, state + i * nb, 1.0);
    else
      for (std::size_t k = 0; k < group.alpha->pairs.size(); ++k)
        onRows(state + group.alpha->pairs[k].from * nb, state + group.alpha->pairs[k].to * nb,
               k < group.alpha->positive ? 1.0 : -1.0);
  }

  /** Undoes a group on the interleaved (ψ, λ) and leaves ⟨λ|G_k|ψ⟩ of its steps in `sums`. */
  void reverseGroup(const Group& group, double* state) {
    const auto unrotatePairs = ANSATZ_SELECT(unrotatePairs);
    const auto unrotateRows = ANSATZ_SELECT(unrotateRows);
    const std::size_t nb = beta.size();
    std::fill(sums.begin(), sums.end(), 0.0);
    const auto onRows = [&](double* from, double* to, double alphaSign) {
      control.check();
      for (std::size_t k = group.steps.size(); k-- > 0;) {
        const Rotation* b = group.steps[k].beta;
        const double c = angles[k].c, s = alphaSign * angles[k].s;
        if (b == nullptr) {
          sums[k] += alphaSign * unrotateRows(nb, c, s, from, to);
          continue;
        }
        const double plus = unrotatePairs(b->positive, b->pairs.data(), c, s, from, to);
        const double minus =
            unrotatePairs(b->pairs.size() - b->positive, b->pairs.data() + b->positive, c, -s, from, to);
        sums[k] += alphaSign * (plus - minus);
      }
    };
    if (group.alpha == nullptr)
      for (std::size_t i = 0; i < alpha.size(); ++i) onRows(state + 2 * i * nb, state + 2 * i * nb, 1.0);
    else
      for (std::size_t k = 0; k < group.alpha->pairs.size(); ++k)
        onRows(state + 2 * group.alpha->pairs[k].from * nb, state + 2 * group.alpha->pairs[k].to * nb,
               k < group.alpha->positive ? 1.0 : -1.0);
  }

  void prepare(std::span<const double> parameters, std::span<double> state) {
    std::fill(state.begin(), state.end(), 0.0);
    state[reference] = 1.0;
    for (const Group& group : groups) {
      setAngles(group, parameters);
      forwardGroup(group, state.data());
    }
  }

  /** ψ into `psi`, the gradient's λ = Hψ + deflation into `sigma`, both into `pair`; returns the energy. */
  double prepareAdjoint(DirectCi& hamiltonian, const Deflation& deflation, std::span<const double> parameters) {
    psi.resize(size());
    sigma.resize(size());
    pair.resize(2 * size());
    prepare(parameters, psi);
    hamiltonian.apply(psi, sigma);
    const auto dot = ANSATZ_SELECT(dot);
    double energy = dot(size(), psi.data(), sigma.data());
    for (const auto& state : deflation.states) {
      const double overlap = dot(size(), state.data(), psi.data());
      energy += deflation.weight * overlap * overlap;
      ANSATZ_SELECT(axpy)(size(), deflation.weight * overlap, state.data(), sigma.data());
    }
    for (std::size_t i = 0; i < size(); ++i) {
      pair[2 * i] = psi[i];
      pair[2 * i + 1] = sigma[i];
    }
    return energy;
  }

  double energyAndGradient(DirectCi& hamiltonian, const Deflation& deflation, std::span<const double> parameters,
                           std::span<double> gradient) {
    const double energy = prepareAdjoint(hamiltonian, deflation, parameters);
    std::fill(gradient.begin(), gradient.end(), 0.0);
    for (auto group = groups.rbegin(); group != groups.rend(); ++group) {
      setAngles(*group, parameters);
      reverseGroup(*group, pair.data());
      for (std::size_t k = group->steps.size(); k-- > 0;)
        gradient[group->steps[k].parameter] += 2.0 * group->steps[k].scale * sums[k];
    }
    return energy;
  }

  std::vector<double> poolGradients(DirectCi& hamiltonian, std::span<const double> parameters,
                                    const std::vector<Factor>& pool) {
    prepareAdjoint(hamiltonian, {}, parameters);
    if (angles.empty()) {
      angles.resize(1);
      sums.resize(1);
    }
    std::vector<double> gradients;
    for (const Factor& factor : pool) {
      const Excitation& e = factor.excitation;
      const Group group{rotation(0, e.alphaAnnihilate, e.alphaCreate, factor.qubit),
                        {{rotation(1, e.betaAnnihilate, e.betaCreate, factor.qubit), 0, 1.0}}};
      angles[0] = {1.0, 0.0};
      reverseGroup(group, pair.data());
      gradients.push_back(2.0 * factor.scale * sums[0]);
    }
    return gradients;
  }
};

Evolution::Evolution(const FactorAnsatz& ansatz, Control control)
    : program_(std::make_unique<Program>(ansatz, control)) {}
Evolution::~Evolution() = default;
std::size_t Evolution::size() const { return program_->size(); }
std::size_t Evolution::nParameters() const { return program_->nParameters; }
void Evolution::prepare(std::span<const double> parameters, std::span<double> psi) {
  program_->prepare(parameters, psi);
}
double Evolution::energyAndGradient(DirectCi& hamiltonian, const Deflation& deflation,
                                    std::span<const double> parameters, std::span<double> gradient) {
  return program_->energyAndGradient(hamiltonian, deflation, parameters, gradient);
}
std::vector<double> Evolution::poolGradients(DirectCi& hamiltonian, std::span<const double> parameters,
                                             const std::vector<Factor>& pool) {
  return program_->poolGradients(hamiltonian, parameters, pool);
}

}  // namespace ansatz
