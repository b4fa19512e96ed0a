#include "exchange_correlation/block_worker.hpp"

#include "linalg/dense_kernels.hpp"

namespace ansatz {
namespace {

/** Second derivatives by i and k in the order of FunctionsOnPoints. */
constexpr int second[3][3] = {{4, 5, 6}, {5, 7, 8}, {6, 8, 9}};

/** One number for each Cartesian function. */
std::vector<int> atomsOf(const CartesianBasis& basis) {
  std::vector<int> atoms;
  for (const CartesianShell& shell : basis.shells)
    for (const int l : shell.parts) atoms.insert(atoms.end(), nCartesian(l), shell.atom);
  return atoms;
}

}  // namespace

BlockWorker::BlockWorker(const ExchangeCorrelation::State& state, int furtherDerivatives)
    : state_(state), ingredients_(state.functional.ingredients), derivatives_((hasGradient() ? 1 : 0) + furtherDerivatives),
      panel_(256 * gemmPanelWidth) {
  if (furtherDerivatives > 0) atoms_ = atomsOf(state.basis);
}

bool BlockWorker::enter(int block) {
  if (state_.shells[block].empty()) return false;
  n_ = state_.nPoints(block);
  first_ = state_.first(block);
  weights_ = state_.grid().weights.data() + first_;
  evaluateFunctions(state_.basis, state_.shells[block], state_.grid(), first_, n_, derivatives_, functions_);
  nf_ = functions_.nFunctions();
  return true;
}

DensityOnPoints BlockWorker::densityOf(const Matrix& density, std::size_t spin) {
  auto& [packed, images] = packed_[spin];
  packed.resize(static_cast<std::size_t>(nf_) * nf_);
  for (int i = 0; i < nf_; ++i) {
    const double* row = density.row(functions_.functions[i]);
    for (int j = 0; j < nf_; ++j) packed[static_cast<std::size_t>(i) * nf_ + j] = row[functions_.functions[j]];
  }
  DensityOnPoints result;
  transform(packed, functions_.derivative(0), images[0]);
  result.rho = contracted(0, images[0], 1.0);
  if (hasGradient())
    for (int k = 0; k < 3; ++k) result.gradient[k] = contracted(k + 1, images[0], 2.0);
  if (!hasKinetic()) return result;
  result.tau.assign(n_, 0.0);
  for (int k = 0; k < 3; ++k) {
    transform(packed, functions_.derivative(k + 1), images[k + 1]);
    const std::vector<double> part = contracted(k + 1, images[k + 1], 0.5);
    for (int x = 0; x < n_; ++x) result.tau[x] += part[x];
  }
  return result;
}

void BlockWorker::addPotential(const Factors& factors, Matrix& to) {
  const auto& [a, b, v] = factors;
  half_.assign(static_cast<std::size_t>(nf_) * nf_, 0.0);
  turned_.resize(static_cast<std::size_t>(nf_) * n_);
  const double* value = functions_.derivative(0);
  for (int j = 0; j < nf_; ++j)
    for (int x = 0; x < n_; ++x) {
      const std::size_t at = static_cast<std::size_t>(j) * n_ + x;
      double g = 0.5 * a[x] * value[at];
      if (hasGradient())
        for (int k = 0; k < 3; ++k) g += v[k][x] * functions_.derivative(k + 1)[at];
      turned_[static_cast<std::size_t>(x) * nf_ + j] = g;
    }
  accumulate(value);
  if (hasKinetic())
    for (int k = 0; k < 3; ++k) {
      const double* slope = functions_.derivative(k + 1);
      for (int j = 0; j < nf_; ++j)
        for (int x = 0; x < n_; ++x) turned_[static_cast<std::size_t>(x) * nf_ + j] = 0.5 * b[x] * slope[static_cast<std::size_t>(j) * n_ + x];
      accumulate(slope);
    }
  for (int i = 0; i < nf_; ++i) {
    double* row = to.row(functions_.functions[i]);
    for (int j = 0; j < nf_; ++j) row[functions_.functions[j]] += half_[static_cast<std::size_t>(i) * nf_ + j];
  }
}

void BlockWorker::addSlopes(const Factors& factors, std::size_t spin, double factor, const std::vector<int>& nuclei,
                            std::vector<double>& to) {
  const auto& [a, b, v] = factors;
  const auto& [density, images] = packed_[spin];
  const std::size_t size = static_cast<std::size_t>(nf_) * n_;
  // What stands behind ∂k χμ: D (a χ + v·∇χ).
  turned_.resize(size);
  half_.resize(size);
  for (int j = 0; j < nf_; ++j)
    for (int x = 0; x < n_; ++x) {
      const std::size_t at = static_cast<std::size_t>(j) * n_ + x;
      double g = a[x] * functions_.derivative(0)[at];
      if (hasGradient())
        for (int k = 0; k < 3; ++k) g += v[k][x] * functions_.derivative(k + 1)[at];
      turned_[at] = g;
    }
  transform(density, turned_.data(), half_);
  std::array<std::vector<double>, 3> all;
  for (std::vector<double>& points : all) points.assign(n_, 0.0);
  std::array<std::vector<double>, 3> behind;  // ∂i∂k χμ
  for (std::vector<double>& points : behind) points.resize(n_);
  for (int j = 0; j < nf_; ++j) {
    const std::size_t row = static_cast<std::size_t>(j) * n_;
    if (hasGradient())
      for (int i = 0; i < 3; ++i)
        for (int x = 0; x < n_; ++x) {
          behind[i][x] = v[i][x] * images[0][row + x];
          if (hasKinetic()) behind[i][x] += b[x] * images[i + 1][row + x];
        }
    for (int k = 0; k < 3; ++k) {
      const double* slope = functions_.derivative(k + 1) + row;
      double sum = 0.0;
      for (int x = 0; x < n_; ++x) {
        double change = slope[x] * half_[row + x];
        if (hasGradient())
          for (int i = 0; i < 3; ++i) change += functions_.derivative(second[i][k])[row + x] * behind[i][x];
        all[k][x] += change;
        sum += change;
      }
      to[3 * atoms_[functions_.functions[j]] + k] -= 2.0 * factor * sum;
    }
  }
  for (int x = 0; x < n_; ++x)
    for (int k = 0; k < 3; ++k) to[3 * nuclei[state_.grid().cells[first_ + x]] + k] += 2.0 * factor * all[k][x];
}

void BlockWorker::transform(const AlignedVector& density, const double* functions, AlignedVector& image) {
  state_.control.check();
  image.assign(static_cast<std::size_t>(nf_) * n_, 0.0);
  ANSATZ_SELECT(gemm)(nf_, n_, nf_, density.data(), nf_, functions, n_, image.data(), n_, panel_.data());
}

std::vector<double> BlockWorker::contracted(int derivative, const AlignedVector& image, double factor) const {
  std::vector<double> result(n_, 0.0);
  const double* value = functions_.derivative(derivative);
  for (int i = 0; i < nf_; ++i)
    for (int x = 0; x < n_; ++x) result[x] += value[static_cast<std::size_t>(i) * n_ + x] * image[static_cast<std::size_t>(i) * n_ + x];
  for (double& r : result) r *= factor;
  return result;
}

void BlockWorker::accumulate(const double* left) {
  state_.control.check();
  ANSATZ_SELECT(gemm)(nf_, nf_, n_, left, n_, turned_.data(), nf_, half_.data(), nf_, panel_.data());
}

}  // namespace ansatz
