#include "solvent/surface_gradient.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <numbers>

#include "gradient/derivative_shell.hpp"
#include "integrals/aligned.hpp"
#include "integrals/boys.hpp"
#include "integrals/pair_list.hpp"
#include "parallel/parallel_for.hpp"

namespace ansatz {
namespace {

/** Partial gradients, summed in order. */
constexpr int nParts = 32;

/** d/dr of erf(ζ r)/r, over r. */
double slopeOverDistance(double zeta, double r) {
  const double x = zeta * r;
  return (2.0 / std::sqrt(std::numbers::pi) * x * std::exp(-x * x) - std::erf(x)) / (r * r * r);
}

double distanceOf(const Point& a, const Point& b) { return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]); }

class SurfaceGradient {
 public:
  SurfaceGradient(const ChargedSurface& surface, const Matrix& density, const FockOptions& options)
      : surface_(surface), density_(density), options_(options), none_(makePairClass({0}, {0})) {
    int offset = 0;
    for (const CartesianShell& shell : surface.basis.shells) {
      derivatives_.push_back(differentiate(shell, offset));
      offset += functionCount(derivatives_.back().shell);
      shifted_.push_back(derivatives_.back().shell);
    }
    bras_ = makeMixedPairBlocks(shifted_, surface.basis.shells, 0.0, braClasses_, options.control);
    for (const PairBlock& block : bras_) {
      eriClasses_.push_back(makeEriClass(*block.pairClass, none_));
      for (int pair = 0; pair < block.nPairs; ++pair) pairs_.push_back({&block, &eriClasses_.back(), pair});
    }
  }

  std::vector<double> run() {
    std::vector<std::vector<double>> parts(nParts, std::vector<double>(3 * surface_.nuclei.size(), 0.0));
    parallelFor(nParts, options_.threads, [&](int part) {
      addElectrons(part, parts[part]);
      for (std::size_t i = part; i < surface_.points.size(); i += nParts) {
        options_.control.check();
        addNuclei(i, parts[part]);
        addOtherCharges(i, parts[part]);
        addExposure(i, parts[part]);
      }
    });
    std::vector<double> total(3 * surface_.nuclei.size(), 0.0);
    for (const std::vector<double>& part : parts)
      for (std::size_t k = 0; k < total.size(); ++k) total[k] += part[k];
    return total;
  }

 private:
  struct PlacedPair {
    const PairBlock* block;
    const EriClass* eriClass;
    int pair;
  };

  /** What a distance's slope, over it, does to both ends, of which the first is on a point of the surface. */
  static void addPull(std::vector<double>& gradient, double slopeOver, const SurfacePoint& from, const Point& to, int atomTo) {
    for (int k = 0; k < 3; ++k) {
      const double pull = slopeOver * (from.position[k] - to[k]);
      gradient[3 * from.atom + k] += pull;
      gradient[3 * atomTo + k] -= pull;
    }
  }

  void addNuclei(std::size_t i, std::vector<double>& gradient) const {
    const SurfacePoint& point = surface_.points[i];
    for (std::size_t a = 0; a < surface_.nuclei.size(); ++a) {
      const PointCharge& nucleus = surface_.nuclei[a];
      if (nucleus.charge == 0.0) continue;
      const double slope = slopeOverDistance(point.zeta, distanceOf(point.position, nucleus.position));
      addPull(gradient, surface_.charges[i] * nucleus.charge * slope, point, nucleus.position, static_cast<int>(a));
    }
  }

  void addOtherCharges(std::size_t i, std::vector<double>& gradient) const {
    const SurfacePoint& a = surface_.points[i];
    const double own = surface_.charges[i] / surface_.factor;
    for (std::size_t j = 0; j < i; ++j) {
      const SurfacePoint& b = surface_.points[j];
      if (a.atom == b.atom) continue;
      const double zeta = a.zeta * b.zeta / std::hypot(a.zeta, b.zeta);
      const double slope = slopeOverDistance(zeta, distanceOf(a.position, b.position));
      addPull(gradient, own * surface_.charges[j] * slope, a, b.position, b.atom);
    }
  }

  /** By the repulsion of a charge with itself, which grows as its point falls behind other spheres. */
  void addExposure(std::size_t i, std::vector<double>& gradient) const {
    const SurfacePoint& point = surface_.points[i];
    const double q = surface_.charges[i];
    const double self = point.zeta * std::sqrt(2.0 / std::numbers::pi) / point.exposure;
    for (std::size_t other = 0; other < surface_.nuclei.size(); ++other) {
      if (static_cast<int>(other) == point.atom || surface_.radii[other] == 0.0) continue;
      const Switch sphere(surface_.radii[other]);
      const double r = distanceOf(point.position, surface_.nuclei[other].position);
      const double slope = sphere.slope(r);
      if (slope == 0.0) continue;
      const double change = -0.5 / surface_.factor * q * q * self * slope / sphere.value(r);
      addPull(gradient, change / r, point, surface_.nuclei[other].position, static_cast<int>(other));
    }
  }

  /** Both the functions and, by translation, the points move. */
  void addElectrons(int part, std::vector<double>& gradient) const {
    const auto kernel = ANSATZ_SELECT(smearedGroup);
    const std::size_t n = surface_.points.size();
    AlignedVector scratch, out, fields(smearedFields * lanes);
    for (std::size_t at = part; at < pairs_.size(); at += nParts) {
      options_.control.check();
      const PlacedPair& placed = pairs_[at];
      const PairBlock& block = *placed.block;
      scratch.resize(std::max(scratch.size(), eriScratchSize(*placed.eriClass)));
      out.resize(std::max(out.size(), block.groupSize()));
      const std::vector<Weight> weights = weightsOf(block, placed.pair);
      for (std::size_t first = 0; first < n; first += lanes) {
        for (std::size_t lane = 0; lane < lanes; ++lane) {
          const SurfacePoint& point = surface_.points[std::min(first + lane, n - 1)];
          for (int k = 0; k < 3; ++k) fields[k * lanes + lane] = point.position[k];
          fields[4 * lanes + lane] = point.zeta * point.zeta;
        }
        kernel(*placed.eriClass, block.group(placed.pair / lanes), placed.pair % lanes, fields.data(),
               BoysTable::instance().order(placed.eriClass->degree), out.data(), scratch.data());
        addGroup(weights, first, derivatives_[block.shellA[placed.pair]].shell.atom, out, gradient);
      }
    }
  }

  /** Of an integral with a shifted shell in the derivative by the shell's centre along an axis. */
  struct Weight {
    int integral, axis;
    double value;
  };

  std::vector<Weight> weightsOf(const PairBlock& block, int pair) const {
    const DerivativeShell& bra = derivatives_[block.shellA[pair]];
    const int a0 = surface_.basis.shells[block.shellA[pair]].offset;
    const int b0 = surface_.basis.shells[block.shellB[pair]].offset;
    const int nB = block.pairClass->nB;
    std::vector<Weight> weights;
    for (std::size_t f = 0; f < bra.derivatives.size(); ++f)
      for (int axis = 0; axis < 3; ++axis)
        for (const DerivativeTerm& term : bra.derivatives[f][axis])
          for (int b = 0; b < nB; ++b)
            weights.push_back({term.function * nB + b, axis, 2.0 * term.coefficient * density_(a0 + static_cast<int>(f), b0 + b)});
    return weights;
  }

  void addGroup(const std::vector<Weight>& weights, std::size_t first, int atom, const AlignedVector& integrals,
                std::vector<double>& gradient) const {
    double pulls[3][lanes] = {};
    for (const Weight& weight : weights)
      for (int lane = 0; lane < lanes; ++lane) pulls[weight.axis][lane] += weight.value * integrals[weight.integral * lanes + lane];
    for (std::size_t lane = 0; lane < lanes && first + lane < surface_.points.size(); ++lane)
      for (int k = 0; k < 3; ++k) {
        const double pull = -surface_.charges[first + lane] * pulls[k][lane];
        gradient[3 * atom + k] += pull;
        gradient[3 * surface_.points[first + lane].atom + k] -= pull;
      }
  }

  const ChargedSurface& surface_;
  const Matrix& density_;
  const FockOptions& options_;
  PairClass none_;
  std::vector<DerivativeShell> derivatives_;
  std::vector<CartesianShell> shifted_;
  std::deque<PairClass> braClasses_;
  std::vector<PairBlock> bras_;
  std::deque<EriClass> eriClasses_;
  std::vector<PlacedPair> pairs_;
};

}  // namespace

std::vector<double> surfaceGradient(const ChargedSurface& surface, const Matrix& density, const FockOptions& options) {
  return SurfaceGradient(surface, density, options).run();
}

}  // namespace ansatz
