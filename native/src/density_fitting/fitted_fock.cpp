#include <algorithm>
#include <cmath>
#include <utility>

#include "ansatz/density_fitting.hpp"
#include "ansatz/error.hpp"
#include "ansatz/linalg.hpp"
#include "density_fitting/metric.hpp"
#include "density_fitting/three_centre.hpp"
#include "linalg/dense_kernels.hpp"
#include "parallel/parallel_for.hpp"

namespace ansatz {
namespace {

/** Parts of the work that are summed in order, whatever the number of threads. */
constexpr int nParts = 16;
/** Rows that are fitted together: enough for the matrix product to run at speed. */
constexpr int rowsTogether = 96;
/** Rows of the exchange matrix that are made between two looks at the control block. */
constexpr int exchangeRows = 48;
/** Auxiliary functions whose half-transformed integrals are held together. */
constexpr int auxiliaryBlock = 2 * gemmPanelWidth;

/** D = Σ s_o v_o v_oᵀ, s = ±1: row o of `vectors` is v_o. */
struct Factors {
  Matrix vectors;
  std::vector<double> signs;
};

/** Eigenvectors of a symmetric density, those without weight left out: as many as there are occupied orbitals. */
Factors factorise(const Matrix& density, const Control& control) {
  constexpr double negligible = 1e-13;
  const Eigen eigen = eigh(density, control);
  const double largest = std::max(std::abs(eigen.values.front()), std::abs(eigen.values.back()));
  std::vector<int> used;
  for (int k = 0; k < density.rows; ++k)
    if (std::abs(eigen.values[k]) > negligible * largest) used.push_back(k);
  Factors factors{Matrix(static_cast<int>(used.size()), density.rows), {}};
  for (int o = 0; o < factors.vectors.rows; ++o) {
    const double value = eigen.values[used[o]];
    factors.signs.push_back(value < 0.0 ? -1.0 : 1.0);
    for (int i = 0; i < density.rows; ++i) factors.vectors(o, i) = std::sqrt(std::abs(value)) * eigen.vectors(i, used[o]);
  }
  return factors;
}

}  // namespace

/** B[ij][P] of the pairs i ≥ j. */
struct FittedFockBuilder::Tensor {
  const CartesianBasis& basis;
  int nFit;
  std::vector<std::vector<double>> rows;  // [i][j ≤ i][P]

  const double* row(int i, int j) const {
    return rows[std::max(i, j)].data() + static_cast<std::size_t>(std::min(i, j)) * nFit;
  }
  double* row(int i, int j) { return const_cast<double*>(std::as_const(*this).row(i, j)); }

  void fill(const ThreeCentreIntegrals& integrals, const OrthonormalFit& fit, const FockOptions& options);
  void fitPairs(const ThreeCentreIntegrals& integrals, const OrthonormalFit& fit, const PairBlock& block, int first, int last,
                const Control& control);
  Matrix coulomb(const Matrix& density, const FockOptions& options) const;
  Matrix exchange(const Factors& factors, const FockOptions& options) const;
  void addExchange(const Factors& factors, int p0, int p1, const Control& control, Matrix& result) const;
};

/** (ij|Q) U of the pairs of shells from `first` to `last` of a block. */
void FittedFockBuilder::Tensor::fitPairs(const ThreeCentreIntegrals& integrals, const OrthonormalFit& fit,
                                         const PairBlock& block, int first, int last,
                                         const Control& control) {
  constexpr int width = 8 * gemmPanelWidth;
  const int nProducts = block.pairClass->nA * block.pairClass->nB;
  const int nRows = nProducts * (last - first);
  const int nAll = integrals.nAuxiliary();
  std::vector<double> raw(static_cast<std::size_t>(nRows) * nAll);
  for (int pair = first; pair < last; ++pair) {
    control.check();
    integrals.ofPair(block, pair, raw.data() + static_cast<std::size_t>(pair - first) * nProducts * nAll);
  }
  Matrix kept(nRows, nFit);
  for (int r = 0; r < nRows; ++r)
    for (int p = 0; p < nFit; ++p) kept(r, p) = raw[static_cast<std::size_t>(r) * nAll + fit.kept[p]];
  Matrix fitted(nRows, nFit);
  AlignedVector panel(256 * gemmPanelWidth);
  for (int p = 0; p < nFit; p += width) {
    control.check();
    const int end = std::min(p + width, nFit);
    ANSATZ_SELECT(gemm)
    (nRows, end - p, end, kept.data.data(), nFit, fit.combinations.data.data() + p, nFit, fitted.data.data() + p, nFit,
     panel.data());
  }
  int r = 0;
  for (int pair = first; pair < last; ++pair) {
    const int i0 = basis.shells[block.shellA[pair]].offset;
    const int j0 = basis.shells[block.shellB[pair]].offset;
    for (int i = i0; i < i0 + block.pairClass->nA; ++i)
      for (int j = j0; j < j0 + block.pairClass->nB; ++j, ++r) std::copy_n(fitted.row(r), nFit, row(i, j));
  }
}

void FittedFockBuilder::Tensor::fill(const ThreeCentreIntegrals& integrals, const OrthonormalFit& fit,
                                     const FockOptions& options) {
  struct Task {
    const PairBlock& block;
    int first, last;
  };
  std::vector<Task> tasks;
  for (const PairBlock& block : integrals.pairs()) {
    const int step = std::max(1, rowsTogether / (block.pairClass->nA * block.pairClass->nB));
    for (int pair = 0; pair < block.nPairs; pair += step) tasks.push_back({block, pair, std::min(pair + step, block.nPairs)});
  }
  parallelFor(static_cast<int>(tasks.size()), options.threads, [&](int i) {
    fitPairs(integrals, fit, tasks[i].block, tasks[i].first, tasks[i].last, options.control);
  });
}

Matrix FittedFockBuilder::Tensor::coulomb(const Matrix& density, const FockOptions& options) const {
  const int n = basis.nCartesian;
  const auto addTo = ANSATZ_SELECT(axpy);
  const auto dot = ANSATZ_SELECT(dotKernel);
  Matrix parts(nParts, nFit);
  parallelFor(nParts, options.threads, [&](int part) {
    for (int i = part; i < n; i += nParts) {
      options.control.check();
      for (int j = 0; j <= i; ++j) addTo(nFit, (i == j ? 1.0 : 2.0) * density(i, j), row(i, j), parts.row(part));
    }
  });
  for (int part = 1; part < nParts; ++part) addTo(nFit, 1.0, parts.row(part), parts.row(0));
  Matrix result(n, n);
  parallelFor(n, options.threads, [&](int i) {
    options.control.check();
    for (int j = 0; j <= i; ++j) result(i, j) = result(j, i) = dot(nFit, row(i, j), parts.row(0));
  });
  return result;
}

/** Adds Σ_P Σ_o s_o (Σ_k B_ik,P v_ok) (Σ_l B_jl,P v_ol) over P from p0 to p1 to the lower triangle of `result`. */
void FittedFockBuilder::Tensor::addExchange(const Factors& factors, int p0, int p1, const Control& control, Matrix& result) const {
  const int n = basis.nCartesian;
  const int nOccupied = factors.vectors.rows;
  const int width = p1 - p0;
  const int length = nOccupied * width;
  const auto multiplyAdd = ANSATZ_SELECT(gemm);
  AlignedVector panel(256 * gemmPanelWidth);
  Matrix gathered(n, width);
  Matrix half(n, length);
  Matrix turned(length, n);
  for (int i = 0; i < n; ++i) {
    control.check();
    for (int k = 0; k < n; ++k) std::copy_n(row(i, k) + p0, width, gathered.row(k));
    multiplyAdd(nOccupied, width, n, factors.vectors.data.data(), n, gathered.data.data(), width, half.row(i), width, panel.data());
    for (int x = 0; x < length; ++x) turned(x, i) = factors.signs[x / width] * half(i, x);
  }
  for (int i = 0; i < n; i += exchangeRows) {
    control.check();
    const int end = std::min(i + exchangeRows, n);
    multiplyAdd(end - i, end, length, half.row(i), length, turned.data.data(), n, result.row(i), n, panel.data());
  }
}

Matrix FittedFockBuilder::Tensor::exchange(const Factors& factors, const FockOptions& options) const {
  const int n = basis.nCartesian;
  std::vector<Matrix> parts(nParts, Matrix(n, n));
  parallelFor(nParts, options.threads, [&](int part) {
    for (int p = part * auxiliaryBlock; p < nFit; p += nParts * auxiliaryBlock) {
      addExchange(factors, p, std::min(p + auxiliaryBlock, nFit), options.control, parts[part]);
    }
  });
  Matrix& result = parts.front();
  for (int part = 1; part < nParts; ++part)
    for (std::size_t x = 0; x < result.data.size(); ++x) result.data[x] += parts[part].data[x];
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j) result(j, i) = result(i, j);
  return std::move(result);
}

FittedFockBuilder::FittedFockBuilder(const CartesianBasis& basis, const CartesianBasis& auxiliary, const FockOptions& options)
    : options_(options) {
  options.control.report(Phase::integrals, 0, 1);
  const double n = basis.nCartesian;
  const double nAuxiliary = auxiliary.nBasis();
  // the tensor, and the metric with its factors
  const double bytes = sizeof(double) * (0.5 * n * (n + 1.0) * nAuxiliary + 4.0 * nAuxiliary * nAuxiliary);
  requireRoomForFit({"Density fitting", "allow more memory, or leave density fitting off (integrals are then made anew)"}, basis, auxiliary,
                    bytes, options.storeBytes);
  const ThreeCentreIntegrals integrals(basis, auxiliary, options);
  const OrthonormalFit fit = orthonormalFit(integrals.metric(options.control), options.control);
  const int nFit = static_cast<int>(fit.kept.size());
  tensor_ = std::make_unique<Tensor>(Tensor{basis, nFit, {}});
  for (int i = 0; i < basis.nCartesian; ++i) {
    options.control.check();
    tensor_->rows.emplace_back(static_cast<std::size_t>(i + 1) * nFit);
  }
  tensor_->fill(integrals, fit, options);
}

FittedFockBuilder::~FittedFockBuilder() = default;

std::size_t FittedFockBuilder::storedBytes() const {
  const std::size_t n = tensor_->rows.size();
  return n * (n + 1) / 2 * tensor_->nFit * sizeof(double);
}

int FittedFockBuilder::nAuxiliary() const { return tensor_->nFit; }

CoulombExchange FittedFockBuilder::build(const std::vector<const Matrix*>& coulomb, const std::vector<const Matrix*>& exchange,
                                         double /*neglected*/) {
  CoulombExchange result;
  for (const Matrix* density : coulomb) result.coulomb.push_back(tensor_->coulomb(*density, options_));
  for (const Matrix* density : exchange) result.exchange.push_back(tensor_->exchange(factorise(*density, options_.control), options_));
  return result;
}

}  // namespace ansatz
