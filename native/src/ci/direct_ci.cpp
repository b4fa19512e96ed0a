#include "ansatz/direct_ci.hpp"

#include <algorithm>
#include <bit>

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

/** a + aᵀ in place, in tiles that stay in cache. */
void addTransposed(std::size_t n, std::span<double> a) {
  constexpr std::size_t tile = 32;
  for (std::size_t i0 = 0; i0 < n; i0 += tile)
    for (std::size_t j0 = 0; j0 <= i0; j0 += tile)
      for (std::size_t i = i0; i < std::min(n, i0 + tile); ++i)
        for (std::size_t j = j0; j < std::min(i + 1, j0 + tile); ++j)
          a[i * n + j] = a[j * n + i] = a[i * n + j] + a[j * n + i];
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
  OneBodyTable alphaOneBody;
  std::vector<Transitions> betaTransitions;
  /** coefficients[pq][code]: what E^α_rs is multiplied with next to E^β_pq. */
  std::vector<std::vector<double>> coefficients;
  std::vector<std::vector<double>> scratch;

  Tables(const Hamiltonian& h, StringSpace alphaStrings, StringSpace betaStrings, const DirectCiOptions& options)
      : hamiltonian(h),
        alpha(std::move(alphaStrings)),
        beta(std::move(betaStrings)),
        spinPenalty(options.spinPenalty),
        symmetric(options.symmetric),
        control(options.control) {
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
    alphaOneBody = oneBodyTable(alpha, control);
    betaTransitions = transitionLists(beta);
    buildCoefficients();
    const std::size_t rows = std::max(alpha.size(), beta.size());
    scratch.assign(static_cast<std::size_t>(std::max(1, options.threads)), std::vector<double>(rows * maxLanes));
  }

  double coupling(int p, int q, int r, int s) const {
    return hamiltonian.g(p, q, r, s) - (p == s && q == r ? spinPenalty : 0.0);
  }

  void buildCoefficients() {
    const int n = hamiltonian.norb;
    for (int p = 0; p < n; ++p)
      for (int q = 0; q < n; ++q) {
        std::vector<double> row(static_cast<std::size_t>(2 * n * n));
        for (int rs = 0; rs < n * n; ++rs) {
          // Half of a symmetric product: pairs of operators once, and those of an operator with itself by half.
          const double half = symmetric && rs == p * n + q ? 0.5 : 1.0;
          row[static_cast<std::size_t>(rs)] = half * coupling(p, q, rs / n, rs % n);
          row[static_cast<std::size_t>(rs + n * n)] = -row[static_cast<std::size_t>(rs)];
        }
        coefficients.push_back(std::move(row));
      }
  }

  void alphaAlpha(const double* c, double* sigma, std::size_t begin, std::size_t end, double* x) const {
    const auto pack = ANSATZ_SELECT(packLanes);
    const auto multiply = ANSATZ_SELECT(sparseRows);
    for (std::size_t first = begin, lanes = 0; first < end; first += lanes) {
      lanes = lanesFor(end - first);
      LaneMap map{beta.size(), {}, {}, std::min(lanes, end - first)};
      for (std::size_t lane = 0; lane < map.used; ++lane) {
        map.offset[lane] = first + lane;
        map.sign[lane] = 1.0;
      }
      pack(alpha.size(), lanes, map, c, x);
      eachBlockOfRows(alpha.size(), control, [&](std::size_t row, std::size_t count) {
        multiply(alphaSame.rows().part(row, count), lanes, x, map, sigma + row * map.rowStride);
      });
    }
  }

  void alphaBeta(const double* c, double* sigma, std::size_t begin, std::size_t end, double* x) const {
    const auto pack = ANSATZ_SELECT(packLanes);
    const auto multiply = ANSATZ_SELECT(codedRows);
    for (std::size_t pq = 0; pq < betaTransitions.size(); ++pq) {
      const Transitions& list = betaTransitions[pq];
      const CodedRows rows = symmetric ? alphaOneBody.rowsUpTo(pq) : alphaOneBody.rows();
      const auto from = std::lower_bound(list.target.begin(), list.target.end(), begin) - list.target.begin();
      const auto to = std::lower_bound(list.target.begin(), list.target.end(), end) - list.target.begin();
      const auto last = static_cast<std::size_t>(to);
      std::size_t lanes = 0;
      for (auto k = static_cast<std::size_t>(from); k < last; k += lanes) {
        lanes = lanesFor(last - k);
        LaneMap source{beta.size(), {}, {}, std::min(lanes, last - k)};
        LaneMap target = source;
        for (std::size_t lane = 0; lane < source.used; ++lane) {
          source.offset[lane] = list.source[k + lane];
          source.sign[lane] = list.sign[k + lane];
          target.offset[lane] = list.target[k + lane];
        }
        pack(alpha.size(), lanes, source, c, x);
        eachBlockOfRows(alpha.size(), control, [&](std::size_t row, std::size_t count) {
          multiply(rows.part(row, count), coefficients[pq].data(), lanes, x, target, sigma + row * target.rowStride);
        });
      }
    }
  }

  void betaBeta(const double* c, double* sigma, std::size_t begin, std::size_t end, double* x) const {
    const auto pack = ANSATZ_SELECT(packLanes);
    const auto multiply = ANSATZ_SELECT(sparseRows);
    for (std::size_t first = begin, lanes = 0; first < end; first += lanes) {
      lanes = lanesFor(end - first);
      LaneMap map{1, {}, {}, std::min(lanes, end - first)};
      for (std::size_t lane = 0; lane < map.used; ++lane) {
        map.offset[lane] = (first + lane) * beta.size();
        map.sign[lane] = 1.0;
      }
      pack(beta.size(), lanes, map, c, x);
      eachBlockOfRows(beta.size(), control, [&](std::size_t row, std::size_t count) {
        multiply(betaSame.rows().part(row, count), lanes, x, map, sigma + row * map.rowStride);
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
  std::fill(sigma.begin(), sigma.end(), 0.0);
  const std::size_t tasks = tables_->scratch.size();
  const int threads = static_cast<int>(tasks);
  parallelFor(threads, threads, [&](int task) {
    const auto t = static_cast<std::size_t>(task);
    const auto [begin, end] = share(tables_->beta.size(), t, tasks);
    double* x = tables_->scratch[t].data();
    tables_->alphaAlpha(c.data(), sigma.data(), begin, end, x);
    tables_->alphaBeta(c.data(), sigma.data(), begin, end, x);
  });
  if (tables_->symmetric) return addTransposed(tables_->alpha.size(), sigma);
  parallelFor(threads, threads, [&](int task) {
    const auto t = static_cast<std::size_t>(task);
    const auto [begin, end] = share(tables_->alpha.size(), t, tasks);
    tables_->betaBeta(c.data(), sigma.data(), begin, end, tables_->scratch[t].data());
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
