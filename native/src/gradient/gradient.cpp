#include "ansatz/gradient.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "ansatz/linalg.hpp"
#include "ansatz/one_electron.hpp"
#include "gradient/derivative_shell.hpp"
#include "integrals/aligned.hpp"
#include "integrals/boys.hpp"
#include "integrals/pair_list.hpp"
#include "parallel/parallel_for.hpp"

namespace ansatz {
namespace {

/** Parts whose sums are added in order: the same bits on any number of threads. */
constexpr int nParts = 16;

void add(Matrix& to, const Matrix& from, double factor) {
  for (std::size_t i = 0; i < to.data.size(); ++i) to.data[i] += factor * from.data[i];
}

class GradientBuilder {
 public:
  GradientBuilder(const System& system, const std::vector<Matrix>& densities, const std::vector<Matrix>& focks,
                  const FockOptions& options)
      : system_(system), options_(options), kets_(makePairList(system.basis, options.threshold, options.control)) {
    int offset = 0;
    for (const CartesianShell& shell : system.basis.shells) {
      derivatives_.push_back(differentiate(shell, offset));
      offset += functionCount(derivatives_.back().shell);
      shifted_.push_back(derivatives_.back().shell);
    }
    nDerivative_ = offset;
    bras_ = makeMixedPairBlocks(shifted_, system.basis.shells, options.threshold, braClasses_, options.control);
    const bool restricted = densities.size() == 1;
    Matrix weighted(focks[0].rows, focks[0].cols);
    for (std::size_t s = 0; s < densities.size(); ++s) {
      add(weighted, congruence(densities[s], focks[s], options.control), restricted ? 2.0 : 1.0);
      spins_.push_back(toCartesian(system.basis, densities[s]));
    }
    exchangeWeight_ = restricted ? 2.0 : 1.0;
    total_ = spins_.front();
    add(total_, spins_.back(), 1.0);
    weighted_ = toCartesian(system.basis, weighted);
  }

  std::vector<double> run() {
    gradient_.assign(3 * system_.nuclei.size(), 0.0);
    nuclearRepulsion();
    overlapAndKinetic();
    nuclearAttraction();
    electronRepulsion();
    return gradient_;
  }

 private:
  void nuclearRepulsion() {
    std::vector<PointCharge> others = system_.nuclei;
    others.insert(others.end(), system_.pointCharges.begin(), system_.pointCharges.end());
    for (std::size_t i = 0; i < system_.nuclei.size(); ++i)
      for (std::size_t j = 0; j < others.size(); ++j) {
        const PointCharge& a = system_.nuclei[i];
        const PointCharge& b = others[j];
        if (i == j || a.charge == 0.0 || b.charge == 0.0) continue;
        const double r = std::hypot(a.position[0] - b.position[0], a.position[1] - b.position[1], a.position[2] - b.position[2]);
        for (int k = 0; k < 3; ++k)
          gradient_[3 * i + k] -= a.charge * b.charge * (a.position[k] - b.position[k]) / (r * r * r);
      }
  }

  void overlapAndKinetic() {
    CartesianBasis combined;
    combined.shells = shifted_;
    combined.nCartesian = nDerivative_ + system_.basis.nCartesian;
    for (CartesianShell shell : system_.basis.shells) {
      shell.offset += nDerivative_;
      combined.shells.push_back(std::move(shell));
    }
    const OneElectronIntegrals one = oneElectronIntegrals(combined, {0, 0, 0}, options_.control);
    for (std::size_t s = 0; s < derivatives_.size(); ++s)
      for (std::size_t f = 0; f < derivatives_[s].derivatives.size(); ++f)
        for (int axis = 0; axis < 3; ++axis) {
          double sum = 0.0;
          const int a = system_.basis.shells[s].offset + static_cast<int>(f);
          for (const DerivativeTerm& term : derivatives_[s].derivatives[f][axis]) {
            const int row = shifted_[s].offset + term.function;
            for (int b = 0; b < system_.basis.nCartesian; ++b)
              sum += term.coefficient * (total_(a, b) * one.kinetic(row, nDerivative_ + b) -
                                         weighted_(a, b) * one.overlap(row, nDerivative_ + b));
          }
          gradient_[3 * shifted_[s].atom + axis] += 2.0 * sum;
        }
  }

  /** Both the functions and, by translation, the nuclei move. */
  void nuclearAttraction() {
    std::vector<PointCharge> charges = system_.nuclei;
    charges.insert(charges.end(), system_.pointCharges.begin(), system_.pointCharges.end());
    const PairClass none = makePairClass({0}, {0});
    const auto kernel = ANSATZ_SELECT(nuclearGroup);
    for (const PairBlock& block : bras_) {
      const EriClass c = makeEriClass(*block.pairClass, none);
      AlignedVector scratch(eriScratchSize(c));
      AlignedVector out(block.groupSize());
      AlignedVector data(4 * lanes);
      for (int pair = 0; pair < block.nPairs; ++pair)
        for (std::size_t first = 0; first < charges.size(); first += lanes) {
          options_.control.check();
          for (std::size_t lane = 0; lane < lanes; ++lane) {
            const PointCharge& charge = charges[std::min(first + lane, charges.size() - 1)];
            for (int k = 0; k < 3; ++k) data[k * lanes + lane] = charge.position[k];
            data[3 * lanes + lane] = first + lane < charges.size() ? charge.charge : 0.0;
          }
          std::fill(out.begin(), out.end(), 0.0);
          kernel(c, block.group(pair / lanes), pair % lanes, {data.data()}, BoysTable::instance().order(c.degree), out.data(),
                 scratch.data());
          addAttraction(block, pair, first, out);
        }
    }
  }

  void addAttraction(const PairBlock& block, int pair, std::size_t firstCharge, const AlignedVector& integrals) {
    const DerivativeShell& bra = derivatives_[block.shellA[pair]];
    const int a0 = system_.basis.shells[block.shellA[pair]].offset;
    const int b0 = system_.basis.shells[block.shellB[pair]].offset;
    const int nB = block.pairClass->nB;
    for (std::size_t f = 0; f < bra.derivatives.size(); ++f)
      for (int axis = 0; axis < 3; ++axis)
        for (const DerivativeTerm& term : bra.derivatives[f][axis])
          for (int b = 0; b < nB; ++b) {
            const double factor = 2.0 * term.coefficient * total_(a0 + static_cast<int>(f), b0 + b);
            const double* from = integrals.data() + (term.function * nB + b) * lanes;
            for (std::size_t lane = 0; lane < lanes; ++lane) {
              gradient_[3 * bra.shell.atom + axis] += factor * from[lane];
              if (firstCharge + lane < system_.nuclei.size()) gradient_[3 * (firstCharge + lane) + axis] -= factor * from[lane];
            }
          }
  }

  void electronRepulsion() {
    // classes first: the parts below share them
    for (const PairBlock& bra : bras_)
      for (const PairBlock& ket : kets_.blocks) {
        const auto key = std::pair(bra.pairClass, ket.pairClass);
        if (!classes_.count(key)) classes_.emplace(key, makeEriClass(*bra.pairClass, *ket.pairClass));
      }
    std::vector<std::vector<double>> partial(nParts, std::vector<double>(gradient_.size(), 0.0));
    parallelFor(nParts, options_.threads, [&](int part) {
      int counter = 0;
      for (const PairBlock& bra : bras_)
        for (int pair = 0; pair < bra.nPairs; ++pair)
          if (counter++ % nParts == part) {
            repulsionOfPair(bra, pair, partial[part]);
          }
    });
    for (const auto& p : partial)
      for (std::size_t i = 0; i < gradient_.size(); ++i) gradient_[i] += p[i];
  }

  void repulsionOfPair(const PairBlock& bra, int pair, std::vector<double>& gradient) const {
    const auto kernel = ANSATZ_SELECT(eriGroup);
    AlignedVector scratch;
    AlignedVector out;
    for (const PairBlock& ket : kets_.blocks) {
      const EriClass& c = classes_.at({bra.pairClass, ket.pairClass});
      scratch.resize(std::max(scratch.size(), eriScratchSize(c)));
      out.resize(std::max(out.size(), static_cast<std::size_t>(bra.pairClass->nA * bra.pairClass->nB) * ket.groupSize()));
      for (int g = 0; g < ket.nGroups; ++g) {
        if (bra.bound[pair] * ket.bound[g * lanes] < options_.threshold) break;
        options_.control.check();
        kernel(c, bra.group(pair / lanes), pair % lanes, ket.group(g), BoysTable::instance().order(c.degree), out.data(),
               scratch.data());
        addRepulsion(bra, pair, ket, g, out.data(), gradient);
      }
    }
  }

  /** Adds 2 Σ Γ_abcd (∂a b|cd), Γ = D_ab D_cd − ½ Σσ (Dσ_ac Dσ_bd + Dσ_ad Dσ_bc). */
  void addRepulsion(const PairBlock& bra, int pair, const PairBlock& ket, int g, const double* integrals,
                    std::vector<double>& gradient) const {
    const auto& shells = system_.basis.shells;
    const DerivativeShell& moved = derivatives_[bra.shellA[pair]];
    const int a0 = shells[bra.shellA[pair]].offset;
    const int b0 = shells[bra.shellB[pair]].offset;
    const int nB = bra.pairClass->nB;
    const int nC = ket.pairClass->nA;
    const int nD = ket.pairClass->nB;
    double sums[3][lanes] = {};
    double gamma[lanes];
    for (int f = 0; f < static_cast<int>(moved.derivatives.size()); ++f)
      for (int b = 0; b < nB; ++b)
        for (int c = 0; c < nC; ++c)
          for (int d = 0; d < nD; ++d) {
            for (int lane = 0; lane < lanes; ++lane) {
              const int k = g * lanes + lane;
              const int i = a0 + f;
              const int j = b0 + b;
              const int p = shells[ket.shellA[k]].offset + c;
              const int q = shells[ket.shellB[k]].offset + d;
              double exchange = 0.0;
              for (const Matrix& s : spins_) exchange += s(i, p) * s(j, q) + s(i, q) * s(j, p);
              gamma[lane] = ket.weight[k] * (total_(i, j) * total_(p, q) - 0.5 * exchangeWeight_ * exchange);
            }
            for (int axis = 0; axis < 3; ++axis)
              for (const DerivativeTerm& term : moved.derivatives[f][axis]) {
                const double* from = integrals + (((term.function * nB + b) * nC + c) * nD + d) * lanes;
                for (int lane = 0; lane < lanes; ++lane) sums[axis][lane] += term.coefficient * gamma[lane] * from[lane];
              }
          }
    for (int axis = 0; axis < 3; ++axis)
      for (int lane = 0; lane < lanes; ++lane) gradient[3 * moved.shell.atom + axis] += 2.0 * sums[axis][lane];
  }

  const System& system_;
  const FockOptions& options_;
  PairList kets_;
  std::vector<DerivativeShell> derivatives_;
  std::vector<CartesianShell> shifted_;
  std::deque<PairClass> braClasses_;
  std::vector<PairBlock> bras_;
  std::map<std::pair<const PairClass*, const PairClass*>, EriClass> classes_;
  int nDerivative_ = 0;
  double exchangeWeight_ = 1.0;
  std::vector<Matrix> spins_;
  Matrix total_, weighted_;
  std::vector<double> gradient_;
};

}  // namespace

std::vector<double> nuclearGradient(const System& system, const std::vector<Matrix>& densities, const std::vector<Matrix>& focks,
                                    const FockOptions& options) {
  options.control.report(Phase::gradient, 0, 1);
  return GradientBuilder(system, densities, focks, options).run();
}

}  // namespace ansatz
