#include "ansatz/fock.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "integrals/aligned.hpp"
#include "integrals/boys.hpp"
#include "integrals/digest.hpp"
#include "integrals/pair_list.hpp"
#include "parallel/parallel_for.hpp"

namespace ansatz {
namespace {

/** Parts of the work; their number fixes the order of summation, so it must not depend on the number of threads. */
constexpr int nParts = 16;

/** Groups of quartets between two looks at the control block: at most some milliseconds, mostly far less. */
constexpr int groupsBetweenChecks = 16;

/** A place among the integrals of a part. */
struct Cursor {
  std::size_t chunk = 0, used = 0, groups = 0;
};

/** Integrals of the first quartet groups of a part, one after another. */
struct Store {
  std::vector<IntegralChunk> chunks;
  std::size_t used = 0;       // doubles in the last chunk
  std::size_t groups = 0;     // groups held
  std::size_t bytes = 0;
  bool full = false;
  std::vector<Cursor> blocks;  // where each bra's groups with each block begin
};

/** The first chunk of a part is small, each next one twice as long up to the largest. */
constexpr std::size_t firstChunkDoubles = std::size_t{1} << 14;
constexpr std::size_t largestChunkDoubles = std::size_t{1} << 18;

/**
 * Whether the integrals of a group are worth their memory: whether making them takes longer than reading them back.
 *
 * Estimated nanoseconds a group of eight quartets, from timings of the kernels with AVX-512: 42 + 1.7 a recurrence step
 * for each pair of primitives; reading back and first touching the memory are taken as `costOfReading` an integral. Other kernels are
 * slower beside the memory: with AVX2 a field of anisole in 6-31G takes 1.05 s where 0.3 is taken and 1.45 s where 1.5 is.
 */
bool isWorthKeeping(const EriClass& c, int nPrimitivePairs, std::size_t size) {
  static const double costOfReading = bestIsa() == Isa::avx512 ? 1.5 : 0.3;
  return nPrimitivePairs * (42.0 + 1.7 * static_cast<double>(c.vrr.size())) > costOfReading * static_cast<double>(size);
}

}  // namespace

struct FockBuilder::State {
  const CartesianBasis& basis;
  FockOptions options;
  PairList pairs;
  std::vector<Store> stores;
  std::vector<std::vector<std::int32_t>> firstA, firstB;  // [block][group × lane] first functions
  std::size_t maxScratch = 0;
  std::size_t maxOut = 0;
  bool filled = false;

  State(const CartesianBasis& b, const FockOptions& o)
      : basis(b), options(o), pairs(makePairList(b, o.threshold, o.control, o.repulsion)), stores(nParts) {
    for (const PairBlock& block : pairs.blocks) {
      firstA.emplace_back();
      firstB.emplace_back();
      for (const std::int32_t s : block.shellA) firstA.back().push_back(basis.shells[s].offset);
      for (const std::int32_t s : block.shellB) firstB.back().push_back(basis.shells[s].offset);
    }
    for (const EriClass& c : pairs.classStore) {
      maxScratch = std::max(maxScratch, eriScratchSize(c));
      maxOut = std::max(maxOut, static_cast<std::size_t>(c.bra->nA * c.bra->nB * c.ket->nA * c.ket->nB) * lanes);
    }
  }
};

namespace {

/** Largest |D| in each block of two shells, over all densities. */
Matrix shellMaxima(const CartesianBasis& basis, const std::vector<const Matrix*>& densities) {
  const int n = static_cast<int>(basis.shells.size());
  const auto end = [&](int s) { return s + 1 < n ? basis.shells[s + 1].offset : basis.nCartesian; };
  Matrix maxima(n, n);
  for (const Matrix* density : densities)
    for (int s = 0; s < n; ++s)
      for (int i = basis.shells[s].offset; i < end(s); ++i)
        for (int t = 0; t < n; ++t)
          for (int j = basis.shells[t].offset; j < end(t); ++j)
            maxima(s, t) = std::max(maxima(s, t), std::abs((*density)(i, j)));
  return maxima;
}

/** A density in the order of the pair list: [group][a][b][lane]. */
AlignedVector pairDensity(const CartesianBasis& basis, const PairList& pairs, const Matrix& density) {
  AlignedVector values(pairs.pairSize);
  for (const PairBlock& block : pairs.blocks)
    for (int i = 0; i < block.nGroups * lanes; ++i) {
      double* to = values.data() + block.pairOffset + (i / lanes) * block.groupSize() + i % lanes;
      const int a = basis.shells[block.shellA[i]].offset;
      const int b = basis.shells[block.shellB[i]].offset;
      for (int x = 0; x < block.pairClass->nA; ++x)
        for (int y = 0; y < block.pairClass->nB; ++y, to += lanes) *to = density(a + x, b + y);
    }
  return values;
}

/** The half of a Coulomb matrix that is held by pairs, put in place and made symmetric. */
Matrix coulombFromPairs(const CartesianBasis& basis, const PairList& pairs, const AlignedVector& values) {
  Matrix half(basis.nCartesian, basis.nCartesian);
  for (const PairBlock& block : pairs.blocks)
    for (int i = 0; i < block.nPairs; ++i) {
      const double* from = values.data() + block.pairOffset + (i / lanes) * block.groupSize() + i % lanes;
      const int a = basis.shells[block.shellA[i]].offset;
      const int b = basis.shells[block.shellB[i]].offset;
      for (int x = 0; x < block.pairClass->nA; ++x)
        for (int y = 0; y < block.pairClass->nB; ++y, from += lanes) half(a + x, b + y) += *from;
    }
  Matrix result(basis.nCartesian, basis.nCartesian);
  for (int i = 0; i < result.rows; ++i)
    for (int j = 0; j < result.cols; ++j) result(i, j) = 0.25 * (half(i, j) + half(j, i));
  return result;
}

/** Whether a density that is not zero changes sign where it is transposed, exactly. */
bool isAntisymmetric(const Matrix& density) {
  bool isZero = true;
  for (int i = 0; i < density.rows; ++i)
    for (int j = 0; j <= i; ++j) {
      if (density(i, j) != -density(j, i)) return false;
      isZero = isZero && density(i, j) == 0.0;
    }
  return !isZero;
}

/** An exchange matrix from the two triangles that were summed apart, every `stride`-th number; `sign` of a transposed density. */
Matrix exchangeOf(int n, const double* total, int stride, double sign) {
  Matrix matrix(n, n);
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j)
      matrix(i, j) =
          0.125 * (total[(static_cast<std::size_t>(i) * n + j) * stride] + sign * total[(static_cast<std::size_t>(j) * n + i) * stride]);
  return matrix;
}

struct Accumulators {
  std::vector<AlignedVector> coulomb;   // over pairs
  std::vector<AlignedVector> exchange;  // [n][n][spins] of each set
};

/** One or two densities side by side, [n][n][spins]. */
struct ExchangeSet {
  int spins;
  /** Of each where it is transposed: 1 or −1. */
  double signs[2];
  AlignedVector values;
};

std::vector<ExchangeSet> exchangeSets(const std::vector<const Matrix*>& densities) {
  std::vector<ExchangeSet> sets;
  for (std::size_t k = 0; k < densities.size(); k += 2) {
    const int spins = k + 1 < densities.size() ? 2 : 1;
    const std::size_t n2 = densities[k]->data.size();
    sets.push_back({spins, {1.0, 1.0}, AlignedVector(n2 * spins)});
    for (int spin = 0; spin < spins; ++spin) {
      if (isAntisymmetric(*densities[k + spin])) sets.back().signs[spin] = -1.0;
      for (std::size_t i = 0; i < n2; ++i) sets.back().values[i * spins + spin] = densities[k + spin]->data[i];
    }
  }
  return sets;
}

/** What one build shares between its parts. */
struct Build {
  std::vector<ExchangeSet> exchangeDensities;
  std::vector<AlignedVector> coulombDensities;
  /** Largest |D| in each block of two shells, and of all. */
  Matrix maxima;
  double largest;
  /** Quartets that cannot change a Fock matrix element by more than this are left out. */
  double threshold;
};

/** One part of a build: a fixed subset of the bra pairs with all their kets. */
class PartWorker {
 public:
  PartWorker(FockBuilder::State& state, const Build& build, int part, Accumulators& result)
      : state_(state), build_(build), part_(part), result_(result), store_(state.stores[part]),
        scratch_(state.maxScratch), out_(state.maxOut), digestScratch_(digestScratchSize) {}

  void run() {
    int counter = 0;
    for (std::size_t i = 0; i < state_.pairs.blocks.size(); ++i)
      for (int bra = 0; bra < state_.pairs.blocks[i].nPairs; ++bra)
        if (counter++ % nParts == part_) {
          for (std::size_t j = 0; j <= i; ++j) braWithBlock(i, bra, j);
        }
  }

 private:
  void braWithBlock(std::size_t i, int bra, std::size_t j) {
    const PairBlock& braBlock = state_.pairs.blocks[i];
    const PairBlock& ketBlock = state_.pairs.blocks[j];
    if (state_.filled) cursor_ = store_.blocks[block_++];
    else store_.blocks.push_back({store_.chunks.empty() ? 0 : store_.chunks.size() - 1, store_.used, store_.groups});
    for (int g = i == j ? bra / lanes : 0; g < ketBlock.nGroups; ++g) {
      const double bound = braBlock.bound[bra] * ketBlock.bound[g * lanes];
      const bool noneCounts = 4.0 * bound * build_.largest < build_.threshold;
      // Groups stand by falling bounds; those that are kept are made in the first build whether they count or not.
      if (bound < state_.options.threshold || (noneCounts && state_.filled)) break;
      if (g % groupsBetweenChecks == 0) state_.options.control.check();
      const std::size_t size = static_cast<std::size_t>(braBlock.pairClass->nA) * braBlock.pairClass->nB * ketBlock.groupSize();
      const EriClass& c = *state_.pairs.eriClasses[i][j];
      const PairGroup braGroup = braBlock.group(bra / lanes);
      const PairGroup ketGroup = ketBlock.group(g);
      const bool keep = isWorthKeeping(c, braGroup.nPrims * ketGroup.nPrims, size);
      const double* stored = keep ? nextStored(size) : nullptr;
      const bool fill = keep && !state_.filled && reserve(size);
      // Whether a quartet counts must not hang on what is stored: an engine in its second field gives the bits of a new one.
      const bool counts = !noneCounts && !negligible(braBlock, bra, ketBlock, g);
      if (stored == nullptr && (fill || counts)) {
        double* to = fill ? store_.chunks.back().data() + store_.used - size : out_.data();
        kernel_(c, braGroup, bra % lanes, ketGroup, boys_.order(c.degree), to, scratch_.data());
        stored = to;
      }
      if (counts) digestGroup(i, bra, j, g, stored);
    }
  }

  /** The integrals of the next group if an earlier build kept them. */
  const double* nextStored(std::size_t size) {
    if (!state_.filled || cursor_.groups >= store_.groups) return nullptr;
    if (cursor_.used + size > store_.chunks[cursor_.chunk].size()) {
      ++cursor_.chunk;
      cursor_.used = 0;
    }
    const double* values = store_.chunks[cursor_.chunk].data() + cursor_.used;
    cursor_.used += size;
    ++cursor_.groups;
    return values;
  }

  /** Makes room for one more group; from the first that does not fit on, none is kept. */
  bool reserve(std::size_t size) {
    if (store_.full) return false;
    if (store_.chunks.empty() || store_.used + size > store_.chunks.back().size()) {
      const std::size_t grown = store_.chunks.empty() ? firstChunkDoubles : 2 * store_.chunks.back().size();
      const std::size_t chunk = std::max(std::min(grown, largestChunkDoubles), size);
      if (store_.bytes + chunk * sizeof(double) > state_.options.storeBytes / nParts) {
        store_.full = true;
        return false;
      }
      store_.chunks.emplace_back(chunk);
      store_.bytes += chunk * sizeof(double);
      store_.used = 0;
    }
    store_.used += size;
    ++store_.groups;
    return true;
  }

  bool negligible(const PairBlock& braBlock, int bra, const PairBlock& ketBlock, int g) const {
    const Matrix& d = build_.maxima;
    const int a = braBlock.shellA[bra];
    const int b = braBlock.shellB[bra];
    const double limit = build_.threshold / braBlock.bound[bra];
    const double dab = 4.0 * d(a, b);
    for (int k = g * lanes; k < (g + 1) * lanes; ++k) {
      const int c = ketBlock.shellA[k];
      const int e = ketBlock.shellB[k];
      const double largest = std::max({dab, 4.0 * d(c, e), d(a, c), d(a, e), d(b, c), d(b, e)});
      if (ketBlock.bound[k] * largest >= limit) return false;
    }
    return true;
  }

  void digestGroup(std::size_t i, int bra, std::size_t j, int g, const double* integrals) {
    const PairBlock& braBlock = state_.pairs.blocks[i];
    const PairBlock& ketBlock = state_.pairs.blocks[j];
    double weight[lanes];
    for (int lane = 0; lane < lanes; ++lane) {
      const int ket = g * lanes + lane;
      const double order = i != j || ket > bra ? 2.0 : ket == bra ? 1.0 : 0.0;
      weight[lane] = order * braBlock.weight[bra] * ketBlock.weight[ket];
    }
    Quartets q{integrals,
               weight,
               braBlock.pairClass->nA,
               braBlock.pairClass->nB,
               ketBlock.pairClass->nA,
               ketBlock.pairClass->nB,
               state_.firstA[i][bra],
               state_.firstB[i][bra],
               state_.firstA[j].data() + g * lanes,
               state_.firstB[j].data() + g * lanes,
               state_.basis.nCartesian,
               bra % lanes,
               digestScratch_.data()};
    const std::size_t braAt = braBlock.pairOffset + (bra / lanes) * braBlock.groupSize();
    const std::size_t ketAt = ketBlock.pairOffset + g * ketBlock.groupSize();
    const std::size_t nCoulomb = result_.coulomb.size();
    const std::size_t nExchange = result_.exchange.size();
    for (std::size_t k = 0; k < std::max(nCoulomb, nExchange); ++k) {
      DensityTarget target{};
      if (k < nCoulomb) {
        target.braDensity = build_.coulombDensities[k].data() + braAt;
        target.ketDensity = build_.coulombDensities[k].data() + ketAt;
        target.braCoulomb = result_.coulomb[k].data() + braAt;
        target.ketCoulomb = result_.coulomb[k].data() + ketAt;
      }
      if (k < nExchange) {
        target.spins = build_.exchangeDensities[k].spins;
        target.density = build_.exchangeDensities[k].values.data();
        target.exchange = result_.exchange[k].data();
        target.isSymmetric = build_.exchangeDensities[k].signs[0] > 0.0 && build_.exchangeDensities[k].signs[1] > 0.0;
      }
      digest_(q, target);
    }
  }

  FockBuilder::State& state_;
  const Build& build_;
  int part_;
  Accumulators& result_;
  Store& store_;
  AlignedVector scratch_, out_, digestScratch_;
  Cursor cursor_;
  std::size_t block_ = 0;
  const BoysTable& boys_ = BoysTable::instance();
  EriKernel* kernel_ = ANSATZ_SELECT(eriGroup);
  Digest* digest_ = ANSATZ_SELECT(digest);
};

}  // namespace

FockBuilder::FockBuilder(const CartesianBasis& basis, const FockOptions& options)
    : state_(std::make_unique<State>(basis, options)) {}

FockBuilder::~FockBuilder() = default;

std::size_t FockBuilder::storedBytes() const {
  std::size_t bytes = 0;
  for (const Store& store : state_->stores) bytes += store.bytes;
  return bytes;
}

CoulombExchange FockBuilder::build(const std::vector<const Matrix*>& coulomb, const std::vector<const Matrix*>& exchange,
                                   double neglected) {
  const CartesianBasis& basis = state_->basis;
  Build build;
  build.exchangeDensities = exchangeSets(exchange);
  for (const Matrix* density : coulomb) build.coulombDensities.push_back(pairDensity(basis, state_->pairs, *density));
  std::vector<const Matrix*> all = coulomb;
  all.insert(all.end(), exchange.begin(), exchange.end());
  build.maxima = shellMaxima(basis, all);
  build.largest = build.maxima.data.empty() ? 0.0 : *std::max_element(build.maxima.data.begin(), build.maxima.data.end());
  build.threshold = std::max(state_->options.threshold, neglected);

  std::vector<Accumulators> parts(nParts);
  parallelFor(nParts, state_->options.threads, [&](int part) {
    parts[part].coulomb.assign(coulomb.size(), AlignedVector(state_->pairs.pairSize, 0.0));
    for (const ExchangeSet& set : build.exchangeDensities) parts[part].exchange.emplace_back(set.values.size(), 0.0);
    PartWorker(*state_, build, part, parts[part]).run();
  });
  state_->filled = true;

  CoulombExchange result;
  for (std::size_t k = 0; k < coulomb.size(); ++k) {
    state_->options.control.check();
    AlignedVector& total = parts[0].coulomb[k];
    for (int part = 1; part < nParts; ++part)
      for (std::size_t i = 0; i < total.size(); ++i) total[i] += parts[part].coulomb[k][i];
    result.coulomb.push_back(coulombFromPairs(basis, state_->pairs, total));
  }
  for (std::size_t k = 0; k < build.exchangeDensities.size(); ++k) {
    state_->options.control.check();
    AlignedVector& total = parts[0].exchange[k];
    for (int part = 1; part < nParts; ++part)
      for (std::size_t i = 0; i < total.size(); ++i) total[i] += parts[part].exchange[k][i];
    const auto& [spins, signs, values] = build.exchangeDensities[k];
    for (int spin = 0; spin < spins; ++spin)
      result.exchange.push_back(exchangeOf(basis.nCartesian, total.data() + spin, spins, signs[spin]));
  }
  return result;
}

CoulombExchange ApartExchange::build(const std::vector<const Matrix*>& coulomb, const std::vector<const Matrix*>& exchange,
                                     double neglected) {
  CoulombExchange result;
  if (!coulomb.empty()) result.coulomb = coulomb_.build(coulomb, {}, neglected).coulomb;
  if (exchange.empty()) return result;
  if (!exchange_) {
    // Once the other has taken what it keeps.
    FockOptions own = options_;
    own.storeBytes -= std::min(own.storeBytes, coulomb_.storedBytes());
    exchange_ = std::make_unique<FockBuilder>(basis_, own);
  }
  result.exchange = exchange_->build({}, exchange, neglected).exchange;
  return result;
}

}  // namespace ansatz
