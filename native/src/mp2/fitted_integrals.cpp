#include "mp2/fitted_integrals.hpp"

#include <algorithm>
#include <string>

#include "ansatz/error.hpp"
#include "ansatz/linalg.hpp"
#include "density_fitting/metric.hpp"
#include "density_fitting/three_centre.hpp"
#include "linalg/dense_kernels.hpp"
#include "parallel/parallel_for.hpp"

namespace ansatz {
namespace {

/** Auxiliary functions that are transformed together. */
constexpr int auxiliaryBlock = 4 * gemmPanelWidth;
/** Products of orbitals that are fitted together. */
constexpr int rowsTogether = 96;

AlignedVector panel() { return AlignedVector(256 * gemmPanelWidth); }

/** (ij|Q) of the pairs i ≥ j of Cartesian functions. */
class Products {
 public:
  Products(const CartesianBasis& basis, const ThreeCentreIntegrals& integrals, const Mp2Options& options)
      : n_(basis.nCartesian), nAuxiliary_(integrals.nAuxiliary()) {
    for (int i = 0; i < n_; ++i) {
      options.control.check();
      rows_.emplace_back(static_cast<std::size_t>(i + 1) * nAuxiliary_);
    }
    for (const PairBlock& block : integrals.pairs())
      parallelFor(block.nPairs, options.threads, [&](int pair) {
        options.control.check();
        fill(basis, integrals, block, pair);
      });
  }

  const double* row(int i, int j) const { return rows_[std::max(i, j)].data() + offset(i, j); }
  int nAuxiliary() const { return nAuxiliary_; }

  /** (ia|Q) for Q from q0 to q1 into columns of [i a][nAuxiliary]. */
  void transform(const ExcitationSpace& space, int q0, int q1, const Control& control, Matrix& result) const {
    const int width = q1 - q0;
    const int nOccupied = space.occupied.rows, nVirtual = space.virtuals.rows;
    const auto multiplyAdd = ANSATZ_SELECT(gemm);
    AlignedVector scratch = panel();
    Matrix gathered(n_, width), half(nOccupied, n_ * width);
    for (int i = 0; i < n_; ++i) {
      control.check();
      for (int k = 0; k < n_; ++k) std::copy_n(row(i, k) + q0, width, gathered.row(k));
      multiplyAdd(nOccupied, width, n_, space.occupied.data.data(), n_, gathered.data.data(), width,
                  half.data.data() + static_cast<std::size_t>(i) * width, n_ * width, scratch.data());
    }
    for (int o = 0; o < nOccupied; ++o) {
      control.check();
      multiplyAdd(nVirtual, width, n_, space.virtuals.data.data(), n_, half.row(o), width, result.row(o * nVirtual) + q0, result.cols,
                  scratch.data());
    }
  }

 private:
  std::size_t offset(int i, int j) const { return static_cast<std::size_t>(std::min(i, j)) * nAuxiliary_; }

  void fill(const CartesianBasis& basis, const ThreeCentreIntegrals& integrals, const PairBlock& block, int pair) {
    const int nA = block.pairClass->nA, nB = block.pairClass->nB;
    std::vector<double> raw(static_cast<std::size_t>(nA) * nB * nAuxiliary_);
    integrals.ofPair(block, pair, raw.data());
    const int i0 = basis.shells[block.shellA[pair]].offset, j0 = basis.shells[block.shellB[pair]].offset;
    const double* from = raw.data();
    for (int i = i0; i < i0 + nA; ++i)
      for (int j = j0; j < j0 + nB; ++j, from += nAuxiliary_)
        std::copy_n(from, nAuxiliary_, rows_[std::max(i, j)].data() + offset(i, j));
  }

  int n_, nAuxiliary_;
  std::vector<std::vector<double>> rows_;
};

/** B_ia,P of a space, a row for each i and a. */
Matrix fitted(const Products& products, const OrthonormalFit& fit, const ExcitationSpace& space, const Mp2Options& options) {
  const int nRows = space.occupied.rows * space.virtuals.rows;
  const int nAuxiliary = products.nAuxiliary(), nFit = static_cast<int>(fit.kept.size());
  Matrix raw(nRows, nAuxiliary);
  const int nBlocks = (nAuxiliary + auxiliaryBlock - 1) / auxiliaryBlock;
  parallelFor(nBlocks, options.threads, [&](int block) {
    const int q0 = block * auxiliaryBlock;
    products.transform(space, q0, std::min(q0 + auxiliaryBlock, nAuxiliary), options.control, raw);
  });
  Matrix result(nRows, nFit);
  parallelFor((nRows + rowsTogether - 1) / rowsTogether, options.threads, [&](int block) {
    options.control.check();
    const int first = block * rowsTogether, last = std::min(first + rowsTogether, nRows);
    Matrix kept(last - first, nFit);
    for (int r = first; r < last; ++r)
      for (int p = 0; p < nFit; ++p) kept(r - first, p) = raw(r, fit.kept[p]);
    AlignedVector scratch = panel();
    ANSATZ_SELECT(gemm)
    (last - first, nFit, nFit, kept.data.data(), nFit, fit.combinations.data.data(), nFit, result.row(first), nFit, scratch.data());
  });
  return result;
}

/** What tensors take beside each other at most, bytes. */
double bytesOf(const System& system, const CartesianBasis& auxiliary, const std::vector<ExcitationSpace>& spaces) {
  const double n = system.basis.nCartesian, nAuxiliary = auxiliary.nBasis();
  double numbers = 0.5 * n * (n + 1.0) * nAuxiliary + 4.0 * nAuxiliary * nAuxiliary, largest = 0.0;
  for (const ExcitationSpace& space : spaces) {
    const double own = static_cast<double>(space.occupied.rows) * space.virtuals.rows * nAuxiliary;
    numbers += own;
    largest = std::max(largest, own);
  }
  return sizeof(double) * (numbers + largest);
}

}  // namespace

void forEachOccupiedFitted(const System& system, const CartesianBasis& auxiliary, const std::vector<ExcitationSpace>& spaces,
                           const Mp2Options& options, const std::function<void(std::size_t, int, const PartnersOf&)>& consume) {
  requireRoomForFit({"MP2 with density fitting", "leave density fitting off"}, system.basis, auxiliary, bytesOf(system, auxiliary, spaces),
                    options.memoryBytes);
  std::vector<Matrix> tensors;
  {
    FockOptions screening;
    screening.threshold = options.threshold;
    screening.threads = options.threads;
    screening.control = options.control;
    const ThreeCentreIntegrals integrals(system.basis, auxiliary, screening);
    const OrthonormalFit fit = orthonormalFit(integrals.metric(options.control), options.control);
    const Products products(system.basis, integrals, options);
    for (const ExcitationSpace& space : spaces) tensors.push_back(fitted(products, fit, space, options));
  }
  for (std::size_t s = 0; s < spaces.size(); ++s) {
    const int nVirtual = spaces[s].virtuals.rows, nFit = tensors[s].cols;
    for (int j = 0; j < spaces[s].occupied.rows; ++j) {
      Matrix turned(nFit, nVirtual);
      for (int b = 0; b < nVirtual; ++b)
        for (int p = 0; p < nFit; ++p) turned(p, b) = tensors[s](j * nVirtual + b, p);
      consume(s, j, [&](std::size_t second) {
        const int nI = spaces[second].occupied.rows, nA = spaces[second].virtuals.rows;
        std::vector<double> result(static_cast<std::size_t>(nI) * nA * nVirtual);
        parallelFor(nI, options.threads, [&](int i) {
          options.control.check();
          AlignedVector scratch = panel();
          ANSATZ_SELECT(gemm)
          (nA, nVirtual, nFit, tensors[second].row(i * nA), nFit, turned.data.data(), nVirtual,
           result.data() + static_cast<std::size_t>(i) * nA * nVirtual, nVirtual, scratch.data());
        });
        return result;
      });
    }
  }
}

}  // namespace ansatz
