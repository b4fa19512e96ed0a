#include "ansatz/gradient.hpp"

#include <algorithm>
#include <cmath>
#include <deque>

#include "ansatz/linalg.hpp"
#include "ansatz/one_electron.hpp"
#include "gradient/derivative_shell.hpp"
#include "gradient/repulsion_gradient.hpp"
#include "integrals/aligned.hpp"
#include "integrals/boys.hpp"
#include "integrals/pair_list.hpp"
#include "scf/orthogonaliser.hpp"

namespace ansatz {
namespace {

/**
 * What a spin density adds to the energy-weighted one where combinations d of basis functions are left out: as atoms move these
 * mix with the combinations k that are kept. With S = U s Uᵀ, −(Z + Zᵀ) of Z = Σ u_k (u_kᵀ D F u_d) / (s_k − s_d) u_dᵀ.
 */
Matrix responseOfDropped(const OverlapSpectrum& spectrum, const Matrix& density, const Matrix& fock, const Control& control) {
  const Matrix& u = spectrum.eigen.vectors;
  const std::vector<double>& s = spectrum.eigen.values;
  Matrix mixing = multiply(transpose(u), multiply(multiply(density, fock, control), u, control), control);
  for (int k = 0; k < mixing.rows; ++k)
    for (int d = 0; d < mixing.cols; ++d)
      mixing(k, d) = k >= spectrum.nDropped && d < spectrum.nDropped ? mixing(k, d) / (s[k] - s[d]) : 0.0;
  const Matrix z = multiply(u, multiply(mixing, transpose(u), control), control);
  Matrix response = transpose(z);
  add(response, z, 1.0);
  for (double& x : response.data) x = -x;
  return response;
}

/** Σσ Dσ Fσ Dσ, with what follows from functions that are left out. */
Matrix energyWeighted(const System& system, const std::vector<Matrix>& densities, const std::vector<Matrix>& focks,
                      const FockOptions& options) {
  const double factor = densities.size() == 1 ? 2.0 : 1.0;
  Matrix weighted(focks[0].rows, focks[0].cols);
  const OverlapSpectrum spectrum = overlapSpectrum(
      fromCartesian(system.basis, oneElectronIntegrals(system.basis, {0, 0, 0}, options.control).overlap), options.control);
  for (std::size_t s = 0; s < densities.size(); ++s) {
    add(weighted, congruence(densities[s], focks[s], options.control), factor);
    if (spectrum.nDropped > 0) add(weighted, responseOfDropped(spectrum, densities[s], focks[s], options.control), factor);
  }
  return weighted;
}

class GradientBuilder {
 public:
  GradientBuilder(const System& system, const std::vector<Matrix>& densities, const Matrix& weighted, const FockOptions& options,
                  const ExchangeCorrelation* xc)
      : system_(system), options_(options), xc_(xc) {
    int offset = 0;
    for (const CartesianShell& shell : system.basis.shells) {
      derivatives_.push_back(differentiate(shell, offset));
      offset += functionCount(derivatives_.back().shell);
      shifted_.push_back(derivatives_.back().shell);
    }
    nDerivative_ = offset;
    bras_ = makeMixedPairBlocks(shifted_, system.basis.shells, 0.0, braClasses_, options.control);
    for (const Matrix& density : densities) spins_.push_back(toCartesian(system.basis, density));
    total_ = spins_.front();
    add(total_, spins_.back(), 1.0);
    weighted_ = toCartesian(system.basis, weighted);
  }

  std::vector<double> run() {
    gradient_.assign(3 * system_.nuclei.size(), 0.0);
    nuclearRepulsion();
    overlapAndKinetic();
    nuclearAttraction();
    repulsion();
    if (xc_) exchangeCorrelation();
    return gradient_;
  }

 private:
  /** Exchange by a repulsion of its own is of other integrals than the Coulomb energy. */
  void repulsion() {
    const double exchange = xc_ ? xc_->exactExchange() : 1.0;
    const Repulsion ofExchange = xc_ ? xc_->exchangeRepulsion() : Repulsion{};
    if (ofExchange.isCoulomb()) return addRepulsionGradient(system_.basis, spins_, {.exchange = exchange}, options_, gradient_);
    addRepulsionGradient(system_.basis, spins_, {.exchange = 0.0}, options_, gradient_);
    FockOptions own = options_;
    own.repulsion = ofExchange;
    addRepulsionGradient(system_.basis, spins_, {.coulomb = 0.0, .exchange = exchange}, own, gradient_);
  }

  void exchangeCorrelation() {
    std::vector<const Matrix*> densities;
    for (const Matrix& spin : spins_) densities.push_back(&spin);
    const std::vector<double> slopes = xc_->gradient(densities, system_.nuclei);
    for (std::size_t i = 0; i < slopes.size(); ++i) gradient_[i] += slopes[i];
  }

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

  const System& system_;
  const FockOptions& options_;
  const ExchangeCorrelation* xc_;
  std::vector<DerivativeShell> derivatives_;
  std::vector<CartesianShell> shifted_;
  std::deque<PairClass> braClasses_;
  std::vector<PairBlock> bras_;
  int nDerivative_ = 0;
  std::vector<Matrix> spins_;
  Matrix total_, weighted_;
  std::vector<double> gradient_;
};

}  // namespace

std::vector<double> nuclearGradient(const System& system, const std::vector<Matrix>& densities, const std::vector<Matrix>& focks,
                                    const FockOptions& options, const ExchangeCorrelation* xc) {
  options.control.report(Phase::gradient, 0, 1);
  return GradientBuilder(system, densities, energyWeighted(system, densities, focks, options), options, xc).run();
}

std::vector<double> nuclearGradient(const System& system, const Matrix& density, const Matrix& weighted, const PairDensities& pairs,
                                    const FockOptions& options) {
  const int nPairs = static_cast<int>(pairs.weights.size());
  options.control.report(Phase::gradient, 0, nPairs + 1);
  std::vector<double> gradient = GradientBuilder(system, {density}, weighted, options, nullptr).run();
  for (int k = 0; k < nPairs; ++k) {
    options.control.report(Phase::gradient, k + 1, nPairs + 1);
    // Both spins of a closed shell make the pair's matrix; shares are bounds' factors and so not negative.
    Matrix half = toCartesian(system.basis, pairs.matrices[k]);
    for (double& x : half.data) x *= 0.5;
    std::vector<double> part(gradient.size(), 0.0);
    addRepulsionGradient(system.basis, {half}, {.coulomb = std::abs(pairs.weights[k]), .exchange = 0.0}, options, part);
    for (std::size_t i = 0; i < part.size(); ++i) gradient[i] += std::copysign(1.0, pairs.weights[k]) * part[i];
  }
  return gradient;
}

}  // namespace ansatz
