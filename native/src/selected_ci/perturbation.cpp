#include "selected_ci/perturbation.hpp"

#include <algorithm>
#include <cmath>
#include <mutex>

#include "parallel/checked_sort.hpp"
#include "parallel/parallel_for.hpp"
#include "selected_ci/beta_sums.hpp"

namespace ansatz {
namespace {

/** An α string, of any determinant, and one of the space that is at most two excitations from it. */
struct StringPair {
  String target;
  std::uint32_t source;
};

/** Pairs that one thread takes at a time. */
constexpr std::size_t pairsOfBucket = std::size_t{1} << 14;
/** Blocks of source strings that are gone through side by side. */
constexpr int sourceBlocks = 64;
/** Nearer than this to its energy a determinant outside is taken for this far, Hartree. */
constexpr double smallestGap = 1e-3;

/** The largest |c| of each determinant over the states, and of each α string over its determinants. */
struct Weights {
  std::vector<double> ofDeterminant, ofAlpha;

  Weights(const DeterminantSpace& space, std::span<const double> c, std::size_t nroots)
      : ofDeterminant(space.size(), 0.0), ofAlpha(space.alpha().strings.size(), 0.0) {
    for (std::size_t i = 0; i < space.size(); ++i) {
      for (std::size_t k = 0; k < nroots; ++k) ofDeterminant[i] = std::max(ofDeterminant[i], std::abs(c[i * nroots + k]));
      double& most = ofAlpha[space.alphaOf(i)];
      most = std::max(most, ofDeterminant[i]);
    }
  }
};

/** Keeps the most important of many candidates, whatever the order in which they come. */
class Best {
 public:
  explicit Best(std::size_t wanted) : wanted_(wanted) {}

  void add(const Candidate& candidate) {
    if (wanted_ == 0 || candidate.importance < least_) return;
    all_.push_back(candidate);
    if (all_.size() >= 2 * wanted_ + 1024) shrink();
  }
  void add(const Best& others) {
    for (const Candidate& candidate : others.all_) add(candidate);
  }
  /** Those less important than this are not wanted. */
  double least() const { return least_; }
  void demand(double least) { least_ = least; }

  std::vector<Candidate> sorted(const Control& control) {
    shrink();
    checkedSort(all_.begin(), all_.end(), control);
    return std::move(all_);
  }

 private:
  void shrink() {
    if (all_.size() <= wanted_) return;
    const auto end = all_.begin() + static_cast<std::ptrdiff_t>(wanted_);
    std::nth_element(all_.begin(), end - 1, all_.end());
    all_.erase(end, all_.end());
    least_ = all_.back().importance;
  }

  std::size_t wanted_;
  double least_ = 0.0;
  std::vector<Candidate> all_;
};

class Perturber {
 public:
  Perturber(const IntegralLists& integrals, const DeterminantSpace& space, std::span<const double> c,
            const PerturbationOptions& options)
      : integrals_(integrals),
        space_(space),
        c_(c),
        options_(options),
        nroots_(options.energies.size()),
        weights_(space, c, nroots_),
        all_(integrals.norb() == 64 ? ~String{0} : bit(integrals.norb()) - 1),
        best_(options.candidates),
        corrections_(nroots_, 0.0),
        isMirrored_(std::popcount(space[0].alpha) == std::popcount(space[0].beta)) {}

  Perturbation run() {
    const std::vector<std::size_t> counts = countPairs();
    for (std::size_t first = 0; first < counts.size();) {
      std::size_t last = first, held = 0;
      while (last < counts.size() && (last == first || held + counts[last] <= options_.pairsAtOnce)) held += counts[last++];
      someBuckets(first, last, counts);
      first = last;
    }
    return {std::move(corrections_), best_.sorted(options_.control)};
  }

 private:
  /** Calls body(target) for every α string up to two excitations from a source that may get a term that counts. */
  template <class Body>
  void eachTarget(std::uint32_t source, const Body& body) const {
    const String string = space_.alpha().strings[source];
    body(string);
    eachOrbital(string, [&](int q) { eachOrbital(all_ & ~string, [&](int p) { body(string ^ bit(p) ^ bit(q)); }); });
    const double weight = weights_.ofAlpha[source];
    eachOrbital(string, [&](int s) {
      eachOrbital(string & (bit(s) - 1), [&](int q) {
        for (const auto& [value, p, r] : integrals_.fromPair(q, s)) {
          if (std::abs(value) * weight < options_.screening) break;
          const String came = bit(p) | bit(r);
          if ((string & came) == 0) body(string ^ bit(q) ^ bit(s) ^ came);
        }
      });
    });
  }

  /** Sources of a block, the same whatever the number of threads. */
  template <class Body>
  void eachSource(int block, const Body& body) const {
    const std::size_t count = space_.alpha().strings.size();
    for (std::size_t a = static_cast<std::size_t>(block); a < count; a += sourceBlocks) {
      options_.control.check();
      body(static_cast<std::uint32_t>(a));
    }
  }

  std::size_t bucketOf(String target) const { return spread(target) & (buckets_ - 1); }

  /** Chooses the number of buckets; pairs in each. */
  std::vector<std::size_t> countPairs() {
    std::vector<std::size_t> totals(sourceBlocks, 0);
    parallelFor(sourceBlocks, options_.threads, [&](int block) {
      std::size_t total = 0;
      eachSource(block, [&](std::uint32_t a) { eachTarget(a, [&](String) { ++total; }); });
      totals[static_cast<std::size_t>(block)] = total;
    });
    std::size_t total = 0;
    for (const std::size_t t : totals) total += t;
    buckets_ = std::bit_ceil(total / pairsOfBucket + 1);
    ofBlock_.assign(sourceBlocks, std::vector<std::size_t>(buckets_, 0));
    parallelFor(sourceBlocks, options_.threads, [&](int block) {
      auto& counts = ofBlock_[static_cast<std::size_t>(block)];
      eachSource(block, [&](std::uint32_t a) { eachTarget(a, [&](String target) { ++counts[bucketOf(target)]; }); });
    });
    std::vector<std::size_t> counts(buckets_, 0);
    for (const auto& block : ofBlock_)
      for (std::size_t k = 0; k < buckets_; ++k) counts[k] += block[k];
    return counts;
  }

  void someBuckets(std::size_t first, std::size_t last, const std::vector<std::size_t>& counts) {
    std::vector<std::size_t> start{0};
    for (std::size_t k = first; k < last; ++k) start.push_back(start.back() + counts[k]);
    std::vector<StringPair> pairs(start.back());
    std::vector<std::vector<std::size_t>> next(sourceBlocks);
    std::vector<std::size_t> place(start.begin(), start.end() - 1);
    for (std::size_t block = 0; block < sourceBlocks; ++block) {
      next[block] = place;
      for (std::size_t k = first; k < last; ++k) place[k - first] += ofBlock_[block][k];
    }
    parallelFor(sourceBlocks, options_.threads, [&](int block) {
      auto& mine = next[static_cast<std::size_t>(block)];
      eachSource(block, [&](std::uint32_t a) {
        eachTarget(a, [&](String target) {
          const std::size_t bucket = bucketOf(target);
          if (bucket >= first && bucket < last) pairs[mine[bucket - first]++] = {target, a};
        });
      });
    });
    std::vector<std::vector<double>> sums(last - first);
    parallelFor(static_cast<int>(last - first), options_.threads, [&](int k) {
      const auto bucket = static_cast<std::size_t>(k);
      sums[bucket] = ofBucket({pairs.data() + start[bucket], start[bucket + 1] - start[bucket]});
    });
    for (const auto& sum : sums)
      for (std::size_t k = 0; k < nroots_; ++k) corrections_[k] += sum[k];
  }

  std::vector<double> ofBucket(std::span<StringPair> pairs) {
    std::sort(pairs.begin(), pairs.end(), [](const StringPair& x, const StringPair& y) {
      return x.target != y.target ? x.target < y.target : x.source < y.source;
    });
    std::vector<double> corrections(nroots_, 0.0);
    Best best(options_.candidates);
    {
      const std::lock_guard guard(lock_);
      best.demand(best_.least());
    }
    const int betas = std::popcount(space_[0].beta);
    BetaSums sums(nroots_, betas == 0 ? 1 : 0);
    for (std::size_t i = 0; i < pairs.size();) {
      std::size_t end = i;
      while (end < pairs.size() && pairs[end].target == pairs[i].target) {
        options_.control.check();
        addTerms(pairs[end++], sums);
      }
      conclude(pairs[i].target, sums, corrections, best);
      sums.clear();
      i = end;
    }
    const std::lock_guard guard(lock_);
    best_.add(best);
    return corrections;
  }

  /** Sums of the determinants of an α string. */
  struct Target {
    BetaSums& all;
    String alpha;
    bool isMirrored;
  };

  /** Terms of all determinants of an α string of the space with those of the target. */
  void addTerms(const StringPair& pair, BetaSums& all) const {
    const Target sums{all, pair.target, isMirrored_};
    const String from = space_.alpha().strings[pair.source];
    const String left = from & ~pair.target, came = pair.target & ~from;
    const std::size_t first = space_.firstOfAlpha(pair.source), last = space_.firstOfAlpha(pair.source + 1);
    switch (std::popcount(left)) {
      case 0:
        for (std::size_t i = first; i < last; ++i) {
          options_.control.check();
          addOfBeta(i, sums);
        }
        break;
      case 1: {
        const int q = std::countr_zero(left), p = std::countr_zero(came);
        const double sign = excitationSign(from, p, q);
        for (std::size_t i = first; i < last; ++i) {
          options_.control.check();
          addBesides(i, p, q, sign, sums);
        }
        break;
      }
      default: {
        const int q = std::countr_zero(left), s = std::countr_zero(left & (left - 1));
        const int p = std::countr_zero(came), r = std::countr_zero(came & (came - 1));
        const double value = excitationSign(from, p, q) * excitationSign(from ^ bit(q) ^ bit(p), r, s) * integrals_.sameSpin(p, q, r, s);
        for (std::size_t i = first; i < last; ++i) {
          options_.control.check();
          if (std::abs(value) * weights_.ofDeterminant[i] >= options_.screening) add(sums, space_[i].beta, value, i);
        }
      }
    }
  }

  void add(const Target& sums, String beta, double value, std::size_t i) const {
    if (!sums.isMirrored || beta >= sums.alpha) sums.all.add(beta, value, c_.data() + i * nroots_);
  }

  /** Excitations of β alone. */
  void addOfBeta(std::size_t i, const Target& sums) const {
    const auto [alpha, beta] = space_[i];
    const double weight = weights_.ofDeterminant[i], least = options_.screening;
    eachOrbital(beta, [&](int q) {
      eachOrbital(all_ & ~beta, [&](int p) {
        if (integrals_.label(p) != integrals_.label(q)) return;
        const double value = integrals_.single(beta, alpha, p, q);
        if (std::abs(value) * weight >= least) add(sums, beta ^ bit(p) ^ bit(q), excitationSign(beta, p, q) * value, i);
      });
      eachOrbital(beta & (bit(q) - 1), [&](int s) {
        for (const auto& [value, p, r] : integrals_.fromPair(s, q)) {
          if (std::abs(value) * weight < least) break;
          if ((beta & (bit(p) | bit(r))) != 0) continue;
          const String between = beta ^ bit(s) ^ bit(p);
          add(sums, between ^ bit(q) ^ bit(r), excitationSign(beta, p, s) * excitationSign(between, r, q) * value, i);
        }
      });
    });
  }

  /** An α electron from q to p, alone and with one of β. */
  void addBesides(std::size_t i, int p, int q, double sign, const Target& sums) const {
    const auto [alpha, beta] = space_[i];
    const double weight = weights_.ofDeterminant[i], least = options_.screening;
    if (integrals_.label(p) == integrals_.label(q)) {
      const double value = integrals_.single(alpha, beta, p, q);
      if (std::abs(value) * weight >= least) add(sums, beta, sign * value, i);
    }
    eachOrbital(beta, [&](int r) {
      for (const auto& [value, s, none] : integrals_.besides(p, q, r)) {
        if (std::abs(value) * weight < least) break;
        if ((beta & bit(s)) == 0) add(sums, beta ^ bit(r) ^ bit(s), sign * excitationSign(beta, s, r) * value, i);
      }
    });
  }

  /** What the determinants of an α string outside the space add to each state's energy. */
  void conclude(String alpha, BetaSums& sums, std::vector<double>& corrections, Best& best) const {
    if (const std::uint32_t a = space_.alpha().find(alpha); a != nowhere)
      for (std::size_t i = space_.firstOfAlpha(a); i < space_.firstOfAlpha(a + 1); ++i)
        if (!isMirrored_ || space_[i].beta >= alpha) sums.drop(space_[i].beta);
    const std::vector<double> coulomb = integrals_.coulombOf(alpha);
    const double ofAlpha = integrals_.ofOneSpin(alpha);
    std::vector<double> here(nroots_, 0.0);
    sums.each([&](String beta, const double* sum) {
      double diagonal = ofAlpha + integrals_.ofOneSpin(beta);
      eachOrbital(beta, [&](int p) { diagonal += coulomb[static_cast<std::size_t>(p)]; });
      double importance = 0.0;
      for (std::size_t k = 0; k < nroots_; ++k) {
        const double gap = options_.energies[k] - diagonal;
        const double correction = sum[k] * sum[k] / std::copysign(std::max(std::abs(gap), smallestGap), gap);
        here[k] += isMirrored_ && beta != alpha ? 2.0 * correction : correction;
        importance = std::max(importance, std::abs(correction));
      }
      if (importance > 0.0) best.add({importance, {alpha, beta}});
    });
    for (std::size_t k = 0; k < nroots_; ++k) corrections[k] += here[k];
  }

  const IntegralLists& integrals_;
  const DeterminantSpace& space_;
  std::span<const double> c_;
  const PerturbationOptions& options_;
  std::size_t nroots_;
  Weights weights_;
  String all_;
  std::size_t buckets_ = 1;
  std::vector<std::vector<std::size_t>> ofBlock_;
  std::mutex lock_;
  Best best_;
  std::vector<double> corrections_;
  /** Of as many α as β electrons, states of one spin are the same, up to a sign, with spins exchanged: β ≥ α is half the work. */
  bool isMirrored_;
};

}  // namespace

Perturbation perturb(const IntegralLists& integrals, const DeterminantSpace& space, std::span<const double> c,
                     const PerturbationOptions& options) {
  return Perturber(integrals, space, c, options).run();
}

}  // namespace ansatz
