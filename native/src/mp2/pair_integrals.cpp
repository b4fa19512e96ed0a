#include "mp2/pair_integrals.hpp"

#include <algorithm>
#include <memory>

#include "ansatz/linalg.hpp"
#include "integrals/aligned.hpp"
#include "integrals/group_integrals.hpp"
#include "linalg/dense_kernels.hpp"
#include "parallel/parallel_for.hpp"

namespace ansatz {
namespace {

Matrix rowsOf(const Matrix& m, int first, int last) {
  Matrix part(last - first, m.cols);
  std::copy(m.row(first), m.row(first) + part.data.size(), part.data.begin());
  return part;
}

/** Occupied orbitals of one space that share a pass over the integrals, and what they make of these. */
struct Slice {
  std::size_t space;
  int first;
  Matrix occupied;
  const Matrix* virtuals;
  std::unique_ptr<double[]> half;  // (ab|jb'), [ab][j][b'], of pairs that are no padding

  std::size_t width() const { return static_cast<std::size_t>(occupied.rows) * virtuals->rows; }
};

/** The slices of one pass after another, as many orbitals in each as fit the memory, one at least. */
std::vector<std::vector<Slice>> passesOver(const std::vector<ExcitationSpace>& spaces, std::size_t pairSize, std::size_t memoryBytes) {
  std::vector<std::vector<Slice>> passes;
  std::size_t left = 0;
  for (std::size_t s = 0; s < spaces.size(); ++s) {
    const auto& [occupied, virtuals] = spaces[s];
    const std::size_t bytes = std::max<std::size_t>(pairSize * virtuals.rows * sizeof(double), 1);
    for (int first = 0; first < occupied.rows;) {
      if (passes.empty() || left < bytes) {
        passes.emplace_back();
        left = std::max(memoryBytes, bytes);
      }
      const int count = static_cast<int>(std::min<std::size_t>(left / bytes, occupied.rows - first));
      passes.back().push_back({s, first, rowsOf(occupied, first, first + count), &virtuals, {}});
      left -= count * bytes;
      first += count;
    }
  }
  return passes;
}

/** What takes a symmetric matrix over functions to occupied and virtual orbitals of every slice. */
struct Transformation {
  Matrix occupied;                // of all slices, one a row
  std::vector<Matrix> virtualsT;  // of each

  explicit Transformation(const std::vector<Slice>& slices) {
    int rows = 0;
    for (const Slice& slice : slices) rows += slice.occupied.rows;
    occupied = Matrix(rows, slices.front().occupied.cols);
    double* to = occupied.data.data();
    for (const Slice& slice : slices) {
      to = std::copy(slice.occupied.data.begin(), slice.occupied.data.end(), to);
      virtualsT.push_back(transpose(*slice.virtuals));
    }
  }

  /** Writes occupied · v · virtualsᵀ of each slice behind `at` pairs of its half. */
  void apply(const double* v, std::size_t at, std::vector<Slice>& slices, Matrix& half, AlignedVector& panel) const {
    Gemm* gemm = ANSATZ_SELECT(gemm);
    const int n = occupied.cols;
    std::fill(half.data.begin(), half.data.end(), 0.0);
    gemm(occupied.rows, n, n, occupied.data.data(), n, v, n, half.data.data(), n, panel.data());
    int row = 0;
    for (std::size_t s = 0; s < slices.size(); ++s) {
      const int rows = slices[s].occupied.rows;
      const int width = virtualsT[s].cols;
      double* to = slices[s].half.get() + at * slices[s].width();
      std::fill(to, to + slices[s].width(), 0.0);
      gemm(rows, width, n, half.row(row), n, virtualsT[s].data.data(), width, to, width, panel.data());
      row += rows;
    }
  }
};

/** One of the two integral indices of every slice taken to orbitals, in one pass over the integrals. */
void transformHalf(const System& system, const PairList& pairs, std::vector<Slice>& slices, const Mp2Options& options) {
  const int n = system.basis.nCartesian;
  std::vector<std::pair<std::size_t, int>> groups;
  for (std::size_t b = 0; b < pairs.blocks.size(); ++b)
    for (int g = 0; g < pairs.blocks[b].nGroups; ++g) groups.emplace_back(b, g);
  for (Slice& slice : slices) slice.half = std::make_unique_for_overwrite<double[]>(pairs.pairSize * slice.width());
  const Transformation transformation(slices);
  parallelFor(static_cast<int>(groups.size()), options.threads, [&](int i) {
    options.control.check();
    const auto [block, group] = groups[i];
    GroupIntegrals integrals(system.basis, pairs, options.threshold, options.control);
    const std::vector<double>& rows = integrals.compute(block, group);
    const PairBlock& own = pairs.blocks[block];
    const std::size_t at = own.pairOffset + group * own.groupSize();
    Matrix half(transformation.occupied.rows, n);
    AlignedVector panel(256 * gemmPanelWidth);
    for (std::size_t f = 0; f < own.groupSize(); ++f) {
      options.control.check();
      if (own.weight[group * lanes + f % lanes] > 0.0) transformation.apply(rows.data() + f * n * n, at + f, slices, half, panel);
    }
  });
}

/** Virtual orbitals of the fixed electron's partner that are taken together: some cache lines. */
constexpr int virtualsAtOnce = 32;

/** (xy|jb) for some b, [x][y][b], from the half-transformed integrals. */
void unpack(const System& system, const PairList& pairs, const Slice& slice, std::size_t first, int count, double* to) {
  const std::size_t n = system.basis.nCartesian;
  std::fill(to, to + n * n * count, 0.0);
  for (const PairBlock& own : pairs.blocks)
    for (int pair = 0; pair < own.nPairs; ++pair) {
      const double* from =
          slice.half.get() + (own.pairOffset + (pair / lanes) * own.groupSize() + pair % lanes) * slice.width() + first;
      const std::size_t x0 = system.basis.shells[own.shellA[pair]].offset;
      const std::size_t y0 = system.basis.shells[own.shellB[pair]].offset;
      for (std::size_t x = x0; x < x0 + own.pairClass->nA; ++x)
        for (std::size_t y = y0; y < y0 + own.pairClass->nB; ++y, from += lanes * slice.width()) {
          std::copy(from, from + count, to + (x * n + y) * count);
          std::copy(from, from + count, to + (y * n + x) * count);
        }
    }
}

/** K[i][a][b] = (ia|jb) with j one of a slice's orbitals. */
std::vector<double> partnersOf(const System& system, const PairList& pairs, const Slice& slice, int j, const ExcitationSpace& second,
                               const Mp2Options& options) {
  const int nPartner = slice.virtuals->rows;
  const auto& [occupied, virtuals] = second;
  const int n = system.basis.nCartesian;
  Gemm* gemm = ANSATZ_SELECT(gemm);
  std::vector<double> k(static_cast<std::size_t>(occupied.rows) * virtuals.rows * nPartner);
  parallelFor((nPartner + virtualsAtOnce - 1) / virtualsAtOnce, options.threads, [&](int part) {
    options.control.check();
    const int b0 = part * virtualsAtOnce;
    const int count = std::min(virtualsAtOnce, nPartner - b0);
    const int width = n * count;
    std::vector<double> integrals(static_cast<std::size_t>(n) * width), half(static_cast<std::size_t>(occupied.rows) * width);
    AlignedVector panel(256 * gemmPanelWidth);
    unpack(system, pairs, slice, static_cast<std::size_t>(j) * nPartner + b0, count, integrals.data());
    gemm(occupied.rows, width, n, occupied.data.data(), n, integrals.data(), width, half.data(), width, panel.data());
    for (int i = 0; i < occupied.rows; ++i)
      gemm(virtuals.rows, count, n, virtuals.data.data(), n, half.data() + static_cast<std::size_t>(i) * width, count,
           k.data() + static_cast<std::size_t>(i) * virtuals.rows * nPartner + b0, nPartner, panel.data());
  });
  return k;
}

}  // namespace

ExcitationSpace excitationSpace(const System& system, const Mp2Orbitals& orbitals) {
  // over Cartesian functions: C_cart = Tᵀ C
  const auto convert = [&](const Matrix& c) {
    Matrix rows(c.cols, system.basis.nCartesian);
    for (int i = 0; i < c.rows; ++i)
      for (const CartesianTerm& t : system.basis.functions[i])
        for (int p = 0; p < c.cols; ++p) rows(p, t.cartesian) += t.coefficient * c(i, p);
    return rows;
  };
  return {convert(orbitals.occupied), convert(orbitals.virtuals)};
}

void forEachOccupied(const System& system, const PairList& pairs, const std::vector<ExcitationSpace>& spaces,
                     const Mp2Options& options, const std::function<void(std::size_t, int, const Partners&)>& consume) {
  for (std::vector<Slice>& slices : passesOver(spaces, pairs.pairSize, options.memoryBytes)) {
    transformHalf(system, pairs, slices, options);
    for (const Slice& slice : slices)
      for (int j = 0; j < slice.occupied.rows; ++j)
        consume(slice.space, slice.first + j, [&](const ExcitationSpace& second) {
          return partnersOf(system, pairs, slice, j, second, options);
        });
    slices.clear();
  }
}

}  // namespace ansatz
