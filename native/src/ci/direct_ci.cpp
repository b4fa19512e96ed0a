#include "ansatz/direct_ci.hpp"

#include <algorithm>
#include <bit>

#include "ansatz/error.hpp"
#include "ci/couplings.hpp"
#include "ci/kernels.hpp"
#include "ci/tables.hpp"
#include "parallel/parallel_for.hpp"

namespace ansatz {
namespace {

/** The part of [0, n) that the task-th of `tasks` tasks works on. */
std::pair<std::size_t, std::size_t> share(std::size_t n, std::size_t task, std::size_t tasks) {
  return {n * task / tasks, n * (task + 1) / tasks};
}

/** Lanes of the next block: the widest that is filled, or the narrowest that holds the rest. */
std::size_t lanesFor(std::size_t rest) {
  for (const std::size_t lanes : {maxLanes, maxLanes / 2})
    if (rest >= lanes) return lanes;
  return rest > maxLanes / 4 ? maxLanes / 2 : maxLanes / 4;
}

/** Rows of a block that are worked on between two checks for cancellation: milliseconds. */
constexpr std::size_t rowsBetweenChecks = 2048;

/** Calls body(first, count) for blocks of at most rowsBetweenChecks of `nrow` rows. */
template <class Body>
void eachBlockOfRows(std::size_t nrow, const Control& control, Body body) {
  for (std::size_t first = 0; first < nrow; first += rowsBetweenChecks) {
    control.check();
    body(first, std::min(rowsBetweenChecks, nrow - first));
  }
}

/** to[j][i] = from[i][j], in tiles that stay in cache. */
void transposeInto(std::size_t nrow, std::size_t ncol, const double* from, double* to) {
  constexpr std::size_t tile = 32;
  for (std::size_t i0 = 0; i0 < nrow; i0 += tile)
    for (std::size_t j0 = 0; j0 < ncol; j0 += tile)
      for (std::size_t j = j0; j < std::min(ncol, j0 + tile); ++j)
        for (std::size_t i = i0; i < std::min(nrow, i0 + tile); ++i) to[j * nrow + i] = from[i * ncol + j];
}

/** a + aᵀ in place, in tiles that stay in cache. */
void addTransposed(std::size_t n, std::span<double> a, int threads) {
  constexpr std::size_t tile = 32;
  parallelFor(static_cast<int>((n + tile - 1) / tile), threads, [&](int block) {
    const std::size_t i0 = static_cast<std::size_t>(block) * tile;
    for (std::size_t j0 = 0; j0 <= i0; j0 += tile)
      for (std::size_t i = i0; i < std::min(n, i0 + tile); ++i)
        for (std::size_t j = j0; j < std::min(i + 1, j0 + tile); ++j)
          a[i * n + j] = a[j * n + i] = a[i * n + j] + a[j * n + i];
  });
}

}  // namespace

struct DirectCi::Tables {
  Hamiltonian hamiltonian;
  StringSpace alpha;
  StringSpace beta;
  double spinPenalty;
  bool symmetric;
  Control control;
  double penaltyShift;
  SameSpinMatrix alphaSame;
  SameSpinMatrix betaSame;
  std::vector<Transitions> betaTransitions;
  Couplings couplings;
  std::vector<std::vector<double>> scratch;
  /** Coefficients and product by β and α, where they are not symmetric. */
  std::vector<double> transposed;
  std::vector<double> transposedSigma;

  Tables(const Hamiltonian& h, StringSpace alphaStrings, StringSpace betaStrings, const DirectCiOptions& options)
      : hamiltonian(h),
        alpha(std::move(alphaStrings)),
        beta(std::move(betaStrings)),
        spinPenalty(options.spinPenalty),
        symmetric(options.symmetric),
        control(options.control) {
    if (alpha.size() >> (32 - codeBits) != 0)
      throw InvalidInput("not-supported", "more strings of one spin than direct CI can number: choose a smaller active space");
    const int nbeta = beta.nelec();
    const double ms = 0.5 * (alpha.nelec() - nbeta);
    const double s = std::abs(ms);
    // S² = Ms(Ms+1) + nβ − Σ_pq E^α_qp E^β_pq
    penaltyShift = spinPenalty * (ms * (ms + 1.0) + nbeta - s * (s + 1.0));
    alphaSame = sameSpinMatrix(h, alpha, control);
    betaSame = sameSpinMatrix(h, beta, control);
    // The transpose of a symmetric product adds the other half.
    const double shift = symmetric ? 0.5 * penaltyShift : penaltyShift;
    for (std::size_t i = 0; i < alpha.size(); ++i) alphaSame.value[alphaSame.start[i]] += shift;
    betaTransitions = transitionLists(beta);
    couplings = makeCouplings(alpha, couplingMatrix(), symmetric, control);
    if (!symmetric) {
      transposed.resize(alpha.size() * beta.size());
      transposedSigma.resize(transposed.size());
    }
    const std::size_t rows = std::max(alpha.size(), beta.size());
    scratch.assign(static_cast<std::size_t>(std::max(1, options.threads)), std::vector<double>(rows * maxLanes));
  }

  double coupling(int p, int q, int r, int s) const {
    return hamiltonian.g(p, q, r, s) - (p == s && q == r ? spinPenalty : 0.0);
  }

  /** coupling(p, q, r, s), [norb², norb²] */
  std::vector<double> couplingMatrix() const {
    const int n = hamiltonian.norb;
    std::vector<double> matrix = hamiltonian.twoBody;
    for (int p = 0; p < n; ++p)
      for (int q = 0; q < n; ++q) matrix[static_cast<std::size_t>(((p * n + q) * n + q) * n + p)] = coupling(p, q, q, p);
    return matrix;
  }

  /** sigma[J, I] += Σ_K matrix[I, K] c[J, K] for rows J of [begin, end). */
  void sameSpin(const SameSpinMatrix& matrix, const double* c, double* sigma, std::pair<std::size_t, std::size_t> rows,
                double* x) const {
    const auto pack = ANSATZ_SELECT(packLanes);
    const auto multiply = ANSATZ_SELECT(sparseRows);
    const SparseRows sparse = matrix.rows();
    for (std::size_t first = rows.first, lanes = 0; first < rows.second; first += lanes) {
      lanes = lanesFor(rows.second - first);
      LaneMap map{{}, {}, std::min(lanes, rows.second - first)};
      for (std::size_t lane = 0; lane < map.used; ++lane) {
        map.offset[lane] = (first + lane) * sparse.nrow;
        map.sign[lane] = 1.0;
      }
      pack(sparse.nrow, lanes, map, c, x);
      eachBlockOfRows(sparse.nrow, control, [&](std::size_t row, std::size_t count) {
        multiply(sparse.part(row, count), lanes, x, map, sigma + row);
      });
    }
  }

  /** sigma[J, I] += Σ (pq|rs) ⟨J|E_pq|L⟩ ⟨I|E_rs|K⟩ c[L, K] for β strings J of [begin, end); α strings run fastest. */
  void alphaBeta(const double* c, double* sigma, std::pair<std::size_t, std::size_t> share, double* x) const {
    for (std::size_t pq = 0; pq < betaTransitions.size(); ++pq) {
      if (couplings.pairs[pq].table == noTable) continue;
      const std::vector<std::uint32_t>& target = betaTransitions[pq].target;
      const auto position = [&](std::size_t at) {
        return static_cast<std::size_t>(std::lower_bound(target.begin(), target.end(), at) - target.begin());
      };
      oneTransition(pq, c, sigma, {position(share.first), position(share.second)}, x);
    }
  }

  /** The part of alphaBeta with one E_pq, for entries [first, last) of its list. */
  void oneTransition(std::size_t pq, const double* c, double* sigma, std::pair<std::size_t, std::size_t> entries,
                     double* x) const {
    const Transitions& list = betaTransitions[pq];
    const PairCoupling& pair = couplings.pairs[pq];
    const OneBodyTable& table = couplings.tables[pair.table];
    const CodedRows rows = symmetric ? table.rows(pair.count) : table.rows();
    std::size_t lanes = 0;
    for (std::size_t k = entries.first; k < entries.second; k += lanes) {
      lanes = lanesFor(entries.second - k);
      LaneMap source{{}, {}, std::min(lanes, entries.second - k)};
      LaneMap to = source;
      for (std::size_t lane = 0; lane < source.used; ++lane) {
        source.offset[lane] = list.source[k + lane] * alpha.size();
        source.sign[lane] = list.sign[k + lane];
        to.offset[lane] = list.target[k + lane] * alpha.size();
      }
      ANSATZ_SELECT(packLanes)(alpha.size(), lanes, source, c, x);
      eachBlockOfRows(alpha.size(), control, [&](std::size_t row, std::size_t count) {
        ANSATZ_SELECT(codedRows)(rows.part(row, count), pair.coefficients.data(), lanes, x, to, sigma + row);
      });
    }
  }
};

DirectCi::DirectCi(const Hamiltonian& hamiltonian, int nalpha, int nbeta, const DirectCiOptions& options)
    : DirectCi(hamiltonian, {hamiltonian.norb, nalpha}, {hamiltonian.norb, nbeta}, options) {}
DirectCi::DirectCi(const Hamiltonian& hamiltonian, StringSpace alpha, StringSpace beta, const DirectCiOptions& options)
    : tables_(std::make_unique<Tables>(hamiltonian, std::move(alpha), std::move(beta), options)) {}
DirectCi::~DirectCi() = default;

const StringSpace& DirectCi::alpha() const { return tables_->alpha; }
const StringSpace& DirectCi::beta() const { return tables_->beta; }
std::size_t DirectCi::size() const { return tables_->alpha.size() * tables_->beta.size(); }

void DirectCi::apply(std::span<const double> c, std::span<double> sigma) {
  Tables& t = *tables_;
  const std::size_t tasks = t.scratch.size();
  const auto inParallel = [&](std::size_t rows, const auto& work) {
    parallelFor(static_cast<int>(tasks), static_cast<int>(tasks), [&](int task) {
      const auto k = static_cast<std::size_t>(task);
      work(share(rows, k, tasks), t.scratch[k].data());
    });
  };
  // A symmetric vector is its own transpose.
  if (!t.symmetric) transposeInto(t.alpha.size(), t.beta.size(), c.data(), t.transposed.data());
  const double* byBeta = t.symmetric ? c.data() : t.transposed.data();
  const std::span<double> sigmaByBeta = t.symmetric ? sigma : std::span(t.transposedSigma);
  std::fill(sigmaByBeta.begin(), sigmaByBeta.end(), 0.0);
  inParallel(t.beta.size(), [&](std::pair<std::size_t, std::size_t> rows, double* x) {
    t.sameSpin(t.alphaSame, byBeta, sigmaByBeta.data(), rows, x);
    t.alphaBeta(byBeta, sigmaByBeta.data(), rows, x);
  });
  if (t.symmetric) return addTransposed(t.alpha.size(), sigma, static_cast<int>(tasks));
  transposeInto(t.beta.size(), t.alpha.size(), sigmaByBeta.data(), sigma.data());
  inParallel(t.alpha.size(), [&](std::pair<std::size_t, std::size_t> rows, double* x) {
    t.sameSpin(t.betaSame, c.data(), sigma.data(), rows, x);
  });
}

std::vector<double> DirectCi::diagonal() const {
  const Tables& t = *tables_;
  const int n = t.hamiltonian.norb;
  std::vector<double> diagonal(size());
  std::vector<double> field(static_cast<std::size_t>(n));
  for (std::size_t i = 0; i < t.alpha.size(); ++i) {
    t.control.check();
    std::fill(field.begin(), field.end(), 0.0);
    for (int p = 0; p < n; ++p)
      for (const int r : occupied(t.alpha[i])) field[static_cast<std::size_t>(p)] += t.coupling(p, p, r, r);
    for (std::size_t j = 0; j < t.beta.size(); ++j) {
      double energy = t.alphaSame.value[t.alphaSame.start[i]] + t.betaSame.value[t.betaSame.start[j]];
      if (t.symmetric) energy += 0.5 * t.penaltyShift;
      for (String rest = t.beta[j]; rest != 0; rest &= rest - 1)
        energy += field[static_cast<std::size_t>(std::countr_zero(rest))];
      diagonal[i * t.beta.size() + j] = energy;
    }
  }
  return diagonal;
}

double DirectCi::element(std::size_t i, std::size_t j) const {
  const Tables& t = *tables_;
  const String ai = t.alpha[i / t.beta.size()], bi = t.beta[i % t.beta.size()];
  const String aj = t.alpha[j / t.beta.size()], bj = t.beta[j % t.beta.size()];
  const int alphaDistance = std::popcount(ai ^ aj) / 2;
  const int betaDistance = std::popcount(bi ^ bj) / 2;
  if (alphaDistance + betaDistance > 2) return 0.0;
  double value = 0.0;
  if (betaDistance == 0)
    value += alphaDistance == 0 ? stringEnergy(t.hamiltonian, ai) + t.penaltyShift
                                : stringElement(t.hamiltonian, ai, aj);
  if (alphaDistance == 0)
    value += betaDistance == 0 ? stringEnergy(t.hamiltonian, bi) : stringElement(t.hamiltonian, bi, bj);
  const auto steps = [](String target, String source) {
    std::vector<std::pair<int, int>> pairs;
    if (target == source)
      for (const int p : occupied(source)) pairs.emplace_back(p, p);
    else
      pairs.emplace_back(std::countr_zero(target & ~source), std::countr_zero(source & ~target));
    return pairs;
  };
  if (alphaDistance < 2 && betaDistance < 2)
    for (const auto& [r, s] : steps(ai, aj))
      for (const auto& [p, q] : steps(bi, bj))
        value += excitationSign(aj, r, s) * excitationSign(bj, p, q) * t.coupling(p, q, r, s);
  return value;
}

}  // namespace ansatz
