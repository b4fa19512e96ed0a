#include "gradient/repulsion_gradient.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <map>
#include <tuple>

#include "gradient/gradient_kernel.hpp"
#include "gradient/merge_contractions.hpp"
#include "integrals/aligned.hpp"
#include "integrals/boys.hpp"
#include "integrals/pair_list.hpp"
#include "parallel/parallel_for.hpp"

namespace ansatz {
namespace {

/** Parts whose sums are added in order: the same bits on any number of threads. */
constexpr int nParts = 16;

/** Quartets whose share of the energy is below this, hartree, are left out: 1.4e-7 Eh/bohr at most in caffeine's 6-31G gradient. */
constexpr double negligible = 1e-9;

/** A matrix over the functions of the original basis, in the order of the merged one. */
Matrix reordered(const Matrix& m, const std::vector<int>& original) {
  const int n = static_cast<int>(original.size());
  Matrix result(n, n);
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j) result(i, j) = m(original[i], original[j]);
  return result;
}

/** Largest |element| in each block of two shells. */
void raiseMaxima(const CartesianBasis& basis, const Matrix& density, Matrix& maxima) {
  const int n = static_cast<int>(basis.shells.size());
  const auto end = [&](int s) { return s + 1 < n ? basis.shells[s + 1].offset : basis.nCartesian; };
  for (int s = 0; s < n; ++s)
    for (int t = 0; t < n; ++t)
      for (int i = basis.shells[s].offset; i < end(s); ++i)
        for (int j = basis.shells[t].offset; j < end(t); ++j) maxima(s, t) = std::max(maxima(s, t), std::abs(density(i, j)));
}

class RepulsionGradient {
 public:
  RepulsionGradient(const CartesianBasis& basis, const std::vector<Matrix>& spins, const RepulsionShares& shares, const FockOptions& options)
      : merged_(mergeContractions(basis)), options_(options),
        blocks_(makeGradientPairBlocks(merged_.basis, options.threshold, pairClasses_, options.control, options.repulsion)),
        coulomb_(shares.coulomb), exchangeFactor_(shares.exchange * (spins.size() == 1 ? 1.0 : 0.5)) {
    const int n = static_cast<int>(merged_.basis.shells.size());
    for (const Matrix& spin : spins) spins_.push_back(reordered(spin, merged_.original));
    total_ = spins_.front();
    for (std::size_t i = 0; i < total_.data.size(); ++i) total_.data[i] += spins_.back().data[i];
    totalMaxima_ = Matrix(n, n);
    raiseMaxima(merged_.basis, total_, totalMaxima_);
    spinMaxima_ = Matrix(n, n);
    for (const Matrix& spin : spins_) raiseMaxima(merged_.basis, spin, spinMaxima_);
    if (shares.exchange == 0.0) spins_.clear();
    makeClasses();
  }

  void addTo(std::vector<double>& gradient) {
    std::vector<std::vector<double>> partial(nParts, std::vector<double>(gradient.size(), 0.0));
    parallelFor(nParts, options_.threads, [&](int part) { Worker(*this, partial[part]).run(part); });
    for (const auto& p : partial)
      for (std::size_t i = 0; i < gradient.size(); ++i) gradient[i] += p[i];
  }

 private:
  bool onTwo(const PairBlock& block) const { return atom(block.shellA[0]) != atom(block.shellB[0]); }
  int atom(int shell) const { return merged_.basis.shells[shell].atom; }

  void makeClasses() {
    std::map<std::tuple<const PairClass*, const PairClass*, bool>, const GradientClass*> known;
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      classes_.emplace_back();
      for (std::size_t j = 0; j <= i; ++j) {
        const bool ketOnOne = !onTwo(blocks_[j]);
        const GradientClass*& c = known[{blocks_[i].pairClass, blocks_[j].pairClass, ketOnOne}];
        if (c == nullptr) {
          store_.push_back(makeGradientClass(*blocks_[i].pairClass, *blocks_[j].pairClass, ketOnOne, options_.repulsion));
          c = &store_.back();
        }
        classes_.back().push_back(c);
        const std::size_t functions = static_cast<std::size_t>(c->bra->nA * c->bra->nB * c->ket->nA * c->ket->nB);
        maxGamma_ = std::max(maxGamma_, functions * lanes);
        const int nPrims = *std::max_element(blocks_[j].nPrims.begin(), blocks_[j].nPrims.end());
        maxScratch_ = std::max({maxScratch_, gradientScratchSize(*c, nPrims), quartetDensityScratchSize(*c)});
      }
    }
  }

  /** One part of the work: a fixed subset of the bra pairs with all their kets. */
  class Worker {
   public:
    Worker(const RepulsionGradient& all, std::vector<double>& gradient)
        : all_(all), gradient_(gradient), gamma_(all.maxGamma_), scratch_(all.maxScratch_), out_(9 * lanes) {}

    void run(int part) {
      int counter = 0;
      for (std::size_t i = 0; i < all_.blocks_.size(); ++i)
        for (int bra = 0; bra < all_.blocks_[i].nPairs; ++bra)
          if (counter++ % nParts == part)
            for (std::size_t j = 0; j <= i; ++j) braWithBlock(i, bra, j);
    }

   private:
    void braWithBlock(std::size_t i, int bra, std::size_t j) {
      const PairBlock& braBlock = all_.blocks_[i];
      const PairBlock& ketBlock = all_.blocks_[j];
      for (int g = i == j ? bra / lanes : 0; g < ketBlock.nGroups; ++g) {
        if (braBlock.bound[bra] * ketBlock.bound[g * lanes] < all_.options_.threshold) break;
        all_.options_.control.check();
        double weight[lanes];
        if (setWeights(i, bra, j, g, weight)) addGroup(i, bra, j, g, weight);
      }
    }

    /** Permutations that each quartet stands for; false where none of the group counts. */
    bool setWeights(std::size_t i, int bra, std::size_t j, int g, double* weight) const {
      const PairBlock& braBlock = all_.blocks_[i];
      const PairBlock& ketBlock = all_.blocks_[j];
      const Matrix& t = all_.totalMaxima_;
      const Matrix& s = all_.spinMaxima_;
      const double exchange = all_.exchangeFactor_ * static_cast<double>(all_.spins_.size());
      const int a = braBlock.shellA[bra];
      const int b = braBlock.shellB[bra];
      bool any = false;
      for (int lane = 0; lane < lanes; ++lane) {
        const int ket = g * lanes + lane;
        const int c = ketBlock.shellA[ket];
        const int d = ketBlock.shellB[ket];
        const double order = i != j || ket > bra ? 2.0 : ket == bra ? 1.0 : 0.0;
        weight[lane] = 0.5 * order * braBlock.weight[bra] * ketBlock.weight[ket];
        const bool oneAtom = all_.atom(a) == all_.atom(b) && all_.atom(a) == all_.atom(c) && all_.atom(a) == all_.atom(d);
        if (oneAtom) weight[lane] = 0.0;
        const double density = all_.coulomb_ * t(a, b) * t(c, d) + exchange * (s(a, c) * s(b, d) + s(a, d) * s(b, c));
        any = any || weight[lane] * braBlock.bound[bra] * ketBlock.bound[ket] * density >= negligible;
      }
      return any;
    }

    void addGroup(std::size_t i, int bra, std::size_t j, int g, const double* weight) {
      const PairBlock& braBlock = all_.blocks_[i];
      const PairBlock& ketBlock = all_.blocks_[j];
      const auto& shells = all_.merged_.basis.shells;
      std::int32_t firstC[lanes], firstD[lanes];
      for (int lane = 0; lane < lanes; ++lane) {
        firstC[lane] = shells[ketBlock.shellA[g * lanes + lane]].offset;
        firstD[lane] = shells[ketBlock.shellB[g * lanes + lane]].offset;
      }
      const int a = braBlock.shellA[bra];
      const int b = braBlock.shellB[bra];
      QuartetDensities q{};
      q.n = all_.merged_.basis.nCartesian;
      q.total = all_.total_.data.data();
      q.nSpins = static_cast<int>(all_.spins_.size());
      for (int spin = 0; spin < q.nSpins; ++spin) q.spins[spin] = all_.spins_[spin].data.data();
      q.coulombFactor = all_.coulomb_;
      q.exchangeFactor = all_.exchangeFactor_;
      q.nA = braBlock.pairClass->nA;
      q.nB = braBlock.pairClass->nB;
      q.nC = ketBlock.pairClass->nA;
      q.nD = ketBlock.pairClass->nB;
      q.a = shells[a].offset;
      q.b = shells[b].offset;
      q.c = firstC;
      q.d = firstD;
      q.weight = weight;
      density_(q, gamma_.data(), scratch_.data());
      const GradientClass& c = *all_.classes_[i][j];
      kernel_(c, braBlock.group(bra / lanes), bra % lanes, ketBlock.group(g), {all_.onTwo(braBlock), all_.onTwo(ketBlock)},
              gamma_.data(), BoysTable::instance().order(c.degree), out_.data(), scratch_.data());
      for (int axis = 0; axis < 3; ++axis)
        for (int lane = 0; lane < lanes; ++lane) {
          const double byA = out_[axis * lanes + lane];
          const double byC = out_[(3 + axis) * lanes + lane];
          const double byBoth = out_[(6 + axis) * lanes + lane];
          gradient_[3 * all_.atom(a) + axis] += byA;
          gradient_[3 * all_.atom(b) + axis] += byBoth - byA;
          gradient_[3 * all_.atom(ketBlock.shellA[g * lanes + lane]) + axis] += byC;
          gradient_[3 * all_.atom(ketBlock.shellB[g * lanes + lane]) + axis] -= byBoth + byC;
        }
    }

    const RepulsionGradient& all_;
    std::vector<double>& gradient_;
    AlignedVector gamma_, scratch_, out_;
    QuartetDensityKernel* density_ = ANSATZ_SELECT(quartetDensity);
    GradientKernel* kernel_ = ANSATZ_SELECT(gradientGroup);
  };

  MergedBasis merged_;
  const FockOptions& options_;
  std::deque<PairClass> pairClasses_;
  std::vector<PairBlock> blocks_;
  double coulomb_, exchangeFactor_;
  std::vector<Matrix> spins_;
  Matrix total_, totalMaxima_, spinMaxima_;
  std::vector<std::vector<const GradientClass*>> classes_;  // [block][block]
  std::deque<GradientClass> store_;
  std::size_t maxGamma_ = 0, maxScratch_ = 0;
};

}  // namespace

std::size_t quartetDensityScratchSize(const GradientClass& c) {
  const auto [a, b] = std::pair(c.bra->nA, c.bra->nB);
  const auto [x, y] = std::pair(c.ket->nA, c.ket->nB);
  return static_cast<std::size_t>(lanes) * (x * y + (a + b) * (x + y));
}

std::size_t gradientScratchSize(const GradientClass& c, int nKetPrims) {
  const std::size_t nCD = static_cast<std::size_t>(c.ket->nA) * c.ket->nB;
  const std::size_t nKet = c.ket->components.size();
  const std::size_t nBra = c.bra->components.size();
  const std::size_t hrr = 2 * c.bra->nHrrSlots * nCD + 2 * nBra * c.ket->nHrrSlots;
  const std::size_t densities = (c.bra->nMonomials + 2 * c.nP) * nKet + static_cast<std::size_t>(c.nP) * c.ket->nMonomials;
  const std::size_t integrals = static_cast<std::size_t>(c.nRaised) * c.nF + 2 * c.nHermite + c.degree + 1;
  return lanes * (hrr + densities + integrals + nKetPrims * c.ketTerms.size());
}

void addRepulsionGradient(const CartesianBasis& basis, const std::vector<Matrix>& spins, const RepulsionShares& shares,
                          const FockOptions& options, std::vector<double>& gradient) {
  RepulsionGradient(basis, spins, shares, options).addTo(gradient);
}

}  // namespace ansatz
