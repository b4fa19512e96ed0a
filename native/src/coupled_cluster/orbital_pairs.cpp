#include "coupled_cluster/orbital_pairs.hpp"

#include "ansatz/linalg.hpp"
#include "integrals/group_integrals.hpp"
#include "linalg/dense_kernels.hpp"
#include "mp2/pair_integrals.hpp"
#include "parallel/parallel_for.hpp"

namespace ansatz {
namespace {

/** Orbitals over Cartesian functions, one a row. */
Matrix rowsOf(const System& system, const Mp2Orbitals& orbitals) {
  const auto [occupied, virtuals] = excitationSpace(system, orbitals);
  Matrix rows(occupied.rows + virtuals.rows, system.basis.nCartesian);
  std::copy(virtuals.data.begin(), virtuals.data.end(), std::copy(occupied.data.begin(), occupied.data.end(), rows.data.begin()));
  return rows;
}

/** Orbitals r of a pass and the pairs r s with s ≤ r, one after another. */
struct Pass {
  int first, last;

  std::size_t offset(int r) const { return OrbitalPairs::triangle(r, 0) - OrbitalPairs::triangle(first, 0); }
  std::size_t width() const { return offset(last); }
};

std::vector<Pass> passesOver(int nOrbitals, std::size_t pairSize, std::size_t memoryBytes) {
  std::vector<Pass> passes;
  for (int r = 0; r < nOrbitals; ++r) {
    if (!passes.empty() && pairSize * Pass{passes.back().first, r + 1}.width() * sizeof(double) <= memoryBytes) ++passes.back().last;
    else passes.push_back({r, r + 1});
  }
  return passes;
}

/** Rows of the second index that are taken to orbitals together, so that little above the diagonal is computed. */
constexpr int rowsTogether = 24;
/** Pairs whose matrices over functions are taken to orbitals together. */
constexpr int pairsTogether = gemmPanelWidth;

class Transformation {
 public:
  Transformation(const System& system, const Mp2Orbitals& bra, const Mp2Orbitals& ket, const TransformOptions& options)
      : system_(system), options_(options), n_(system.basis.nCartesian), pairs_(makePairList(system.basis, options.threshold, options.control)),
        bra_(rowsOf(system, bra)), ket_(rowsOf(system, ket)), ketT_(transpose(ket_)),
        result_(space(bra), space(ket)) {}

  PairMatrix run() {
    const std::vector<Pass> passes = passesOver(ket_.rows, pairs_.pairSize, options_.memoryBytes);
    const int total = static_cast<int>(passes.size());
    for (int p = 0; p < total; ++p) {
      options_.control.report(Phase::transformation, p + 1, total);
      firstHalf(passes[p]);
      secondHalf(passes[p]);
    }
    return std::move(result_);
  }

 private:
  static OrbitalPairs space(const Mp2Orbitals& o) {
    return {static_cast<int>(o.occupiedEnergies.size()), static_cast<int>(o.virtualEnergies.size())};
  }

  /** (xy|rs) of every pair of functions, [xy][rs]. */
  void firstHalf(const Pass& pass) {
    std::vector<std::pair<std::size_t, int>> groups;
    for (std::size_t b = 0; b < pairs_.blocks.size(); ++b)
      for (int g = 0; g < pairs_.blocks[b].nGroups; ++g) groups.emplace_back(b, g);
    half_ = std::make_unique_for_overwrite<double[]>(pairs_.pairSize * pass.width());
    parallelFor(static_cast<int>(groups.size()), options_.threads, [&](int i) {
      const auto [block, group] = groups[i];
      GroupIntegrals integrals(system_.basis, pairs_, options_.threshold, options_.control);
      const std::vector<double>& rows = integrals.compute(block, group);
      const PairBlock& own = pairs_.blocks[block];
      const std::size_t at = own.pairOffset + group * own.groupSize();
      std::vector<double> one(static_cast<std::size_t>(pass.last - pass.first) * n_), two(static_cast<std::size_t>(rowsTogether) * ket_.rows);
      AlignedVector panel(256 * gemmPanelWidth);
      for (std::size_t f = 0; f < own.groupSize(); ++f) {
        options_.control.check();
        if (own.weight[group * lanes + f % lanes] > 0.0)
          toPairs(rows.data() + f * n_ * n_, pass, one, two, panel, half_.get() + (at + f) * pass.width());
      }
    });
  }

  void toPairs(const double* v, const Pass& pass, std::vector<double>& one, std::vector<double>& two, AlignedVector& panel, double* to) const {
    Gemm* gemm = ANSATZ_SELECT(gemm);
    std::fill(one.begin(), one.end(), 0.0);
    gemm(pass.last - pass.first, n_, n_, ket_.row(pass.first), n_, v, n_, one.data(), n_, panel.data());
    for (int r = pass.first; r < pass.last; r += rowsTogether) {
      const int end = std::min(r + rowsTogether, pass.last);
      std::fill(two.begin(), two.end(), 0.0);
      gemm(end - r, end, n_, one.data() + static_cast<std::size_t>(r - pass.first) * n_, n_, ketT_.data.data(), ket_.rows, two.data(), end, panel.data());
      for (int k = r; k < end; ++k) to = std::copy_n(two.data() + static_cast<std::size_t>(k - r) * end, k + 1, to);
    }
  }

  void secondHalf(const Pass& pass) {
    std::vector<std::size_t> rows;
    for (int r = pass.first; r < pass.last; ++r)
      for (int s = 0; s <= r; ++s) rows.push_back(result_.ket.of(r, s));
    const int nTasks = static_cast<int>((rows.size() + pairsTogether - 1) / pairsTogether);
    parallelFor(nTasks, options_.threads, [&](int task) {
      options_.control.check();
      const std::size_t first = static_cast<std::size_t>(task) * pairsTogether;
      const int count = static_cast<int>(std::min<std::size_t>(pairsTogether, rows.size() - first));
      toOrbitals(pass, first, count, rows.data() + first);
    });
    half_.reset();
  }

  /** All (pq|rs) of some rs. */
  void toOrbitals(const Pass& pass, std::size_t first, int count, const std::size_t* columns) {
    Gemm* gemm = ANSATZ_SELECT(gemm);
    const std::size_t width = static_cast<std::size_t>(n_) * count;
    std::vector<double> integrals(n_ * width), one(bra_.rows * width), two(static_cast<std::size_t>(bra_.rows) * count);
    AlignedVector panel(256 * gemmPanelWidth);
    unpack(pass, first, count, integrals.data());
    gemm(bra_.rows, static_cast<int>(width), n_, bra_.data.data(), n_, integrals.data(), static_cast<int>(width), one.data(), static_cast<int>(width),
         panel.data());
    for (int p = 0; p < bra_.rows; ++p) {
      options_.control.check();
      std::fill(two.begin(), two.end(), 0.0);
      gemm(p + 1, count, n_, bra_.data.data(), n_, one.data() + p * width, count, two.data(), count, panel.data());
      for (int q = 0; q <= p; ++q) {
        double* row = result_.row(result_.bra.of(p, q));
        for (int c = 0; c < count; ++c) row[columns[c]] = two[static_cast<std::size_t>(q) * count + c];
      }
    }
  }

  /** (xy|rs) of some rs, [x][y][rs]. */
  void unpack(const Pass& pass, std::size_t first, int count, double* to) const {
    for (const PairBlock& own : pairs_.blocks)
      for (int pair = 0; pair < own.nPairs; ++pair) {
        const double* from = half_.get() + (own.pairOffset + (pair / lanes) * own.groupSize() + pair % lanes) * pass.width() + first;
        const std::size_t x0 = system_.basis.shells[own.shellA[pair]].offset;
        const std::size_t y0 = system_.basis.shells[own.shellB[pair]].offset;
        for (std::size_t x = x0; x < x0 + own.pairClass->nA; ++x)
          for (std::size_t y = y0; y < y0 + own.pairClass->nB; ++y, from += lanes * pass.width()) {
            std::copy_n(from, count, to + (x * n_ + y) * count);
            std::copy_n(from, count, to + (y * n_ + x) * count);
          }
      }
  }

  const System& system_;
  const TransformOptions& options_;
  int n_;
  PairList pairs_;
  Matrix bra_, ket_, ketT_;
  PairMatrix result_;
  std::unique_ptr<double[]> half_;
};

}  // namespace

PairMatrix orbitalIntegralPairs(const System& system, const Mp2Orbitals& bra, const Mp2Orbitals& ket, const TransformOptions& options) {
  return Transformation(system, bra, ket, options).run();
}

}  // namespace ansatz
