#include "density_fitting/three_centre.hpp"

#include <algorithm>

#include "integrals/boys.hpp"

namespace ansatz {
namespace {

const CartesianShell constantOne{0, {0, 0, 0}, {0.0}, {0}, {{1.0}}, 0};

}  // namespace

ThreeCentreIntegrals::ThreeCentreIntegrals(const CartesianBasis& basis, const CartesianBasis& auxiliary, const FockOptions& options)
    : auxiliary_(auxiliary), threshold_(options.threshold),
      pairs_(makePairList(basis, options.threshold, options.control)),
      singles_(makeMixedPairBlocks(auxiliary.shells, {constantOne}, options.threshold, singleClasses_, options.control)),
      fromCartesian_(auxiliary.nCartesian) {
  for (int f = 0; f < auxiliary.nBasis(); ++f)
    for (const CartesianTerm& term : auxiliary.functions[f]) fromCartesian_[term.cartesian].push_back({f, term.coefficient});
  const auto addClasses = [&](const std::deque<PairClass>& bras) {
    for (const PairClass& bra : bras)
      for (const PairClass& ket : singleClasses_) {
        classes_.push_back(makeEriClass(bra, ket));
        classes_.back().generated = findQuartetKernel(bra, ket);
      }
  };
  addClasses(pairs_.pairClasses);
  addClasses(singleClasses_);
}

const EriClass& ThreeCentreIntegrals::classOf(const PairClass* bra, const PairClass* ket) const {
  return *std::find_if(classes_.begin(), classes_.end(), [&](const EriClass& c) { return c.bra == bra && c.ket == ket; });
}

void ThreeCentreIntegrals::ofPair(const PairBlock& bra, int pair, double* rows) const {
  const auto kernel = ANSATZ_SELECT(eriGroup);
  const int nBra = bra.pairClass->nA * bra.pairClass->nB;
  AlignedVector scratch;
  AlignedVector out;
  for (const PairBlock& ket : singles_) {
    const EriClass& c = classOf(bra.pairClass, ket.pairClass);
    const int nKet = ket.pairClass->nA;
    scratch.resize(std::max(scratch.size(), eriScratchSize(c)));
    out.resize(std::max(out.size(), static_cast<std::size_t>(nBra) * ket.groupSize()));
    for (int g = 0; g < ket.nGroups; ++g) {
      if (bra.bound[pair] * ket.bound[g * lanes] < threshold_) break;
      kernel(c, bra.group(pair / lanes), pair % lanes, ket.group(g), BoysTable::instance().order(c.degree), out.data(),
             scratch.data());
      for (int lane = 0; lane < lanes && g * lanes + lane < ket.nPairs; ++lane) {
        const int first = auxiliary_.shells[ket.shellA[g * lanes + lane]].offset;
        for (int i = 0; i < nBra; ++i)
          for (int p = 0; p < nKet; ++p)
            for (const CartesianTerm& term : fromCartesian_[first + p])
              rows[static_cast<std::size_t>(i) * auxiliary_.nBasis() + term.cartesian] +=
                  term.coefficient * out[(i * nKet + p) * lanes + lane];
      }
    }
  }
}

Matrix ThreeCentreIntegrals::metric(const Control& control) const {
  const int n = auxiliary_.nBasis();
  Matrix half(auxiliary_.nCartesian, n);
  for (const PairBlock& block : singles_)
    for (int pair = 0; pair < block.nPairs; ++pair) {
      control.check();
      ofPair(block, pair, half.row(auxiliary_.shells[block.shellA[pair]].offset));
    }
  Matrix metric(n, n);
  for (int p = 0; p < n; ++p)
    for (const CartesianTerm& term : auxiliary_.functions[p])
      for (int q = 0; q < n; ++q) metric(p, q) += term.coefficient * half(term.cartesian, q);
  for (int p = 0; p < n; ++p)
    for (int q = 0; q < p; ++q) metric(p, q) = metric(q, p) = 0.5 * (metric(p, q) + metric(q, p));
  return metric;
}

}  // namespace ansatz
