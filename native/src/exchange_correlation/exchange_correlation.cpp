#include "ansatz/exchange_correlation.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "grids/blocks.hpp"
#include "grids/functions_on_points.hpp"
#include "integrals/aligned.hpp"
#include "linalg/dense_kernels.hpp"
#include "parallel/parallel_for.hpp"

namespace ansatz {

struct ExchangeCorrelation::State {
  const CartesianBasis& basis;
  const Functional& functional;
  std::shared_ptr<const MolecularGrid> points;
  int threads;
  Control control;
  /** Of each block of points. */
  std::vector<std::vector<int>> shells;

  const MolecularGrid& grid() const { return *points; }
  int nBlocks() const { return static_cast<int>(shells.size()); }
  std::size_t first(int block) const { return static_cast<std::size_t>(block) * pointsTogether; }
  int nPoints(int block) const { return static_cast<int>(std::min<std::size_t>(pointsTogether, grid().size() - first(block))); }
};

namespace {

using State = ExchangeCorrelation::State;

/** Shells that reach some point of a block. */
std::vector<int> shellsNear(const State& state, const std::vector<double>& reaches, int block) {
  std::vector<int> near;
  const std::size_t first = state.first(block), last = first + state.nPoints(block);
  for (std::size_t s = 0; s < reaches.size(); ++s) {
    const Point& c = state.basis.shells[s].centre;
    const double reach = reaches[s] * reaches[s];
    for (std::size_t i = first; i < last; ++i) {
      const double x = state.grid().x[i] - c[0], y = state.grid().y[i] - c[1], z = state.grid().z[i] - c[2];
      if (x * x + y * y + z * z >= reach) continue;
      near.push_back(static_cast<int>(s));
      break;
    }
  }
  return near;
}

/** ρ, ∇ρ and τ of one spin density at the points of a block. */
struct DensityOnPoints {
  std::vector<double> rho, tau;
  std::array<std::vector<double>, 3> gradient;
};

/** What one thread needs for a block. */
class BlockWorker {
 public:
  explicit BlockWorker(const State& state)
      : state_(state), ingredients_(state.functional.ingredients), panel_(256 * gemmPanelWidth) {}

  /** The functions of a block; false where there are none. */
  bool enter(int block) {
    if (state_.shells[block].empty()) return false;
    n_ = state_.nPoints(block);
    weights_ = state_.grid().weights.data() + state_.first(block);
    evaluateFunctions(state_.basis, state_.shells[block], state_.grid(), state_.first(block), n_, hasGradient() ? 1 : 0, functions_);
    nf_ = functions_.nFunctions();
    return true;
  }

  int nPoints() const { return n_; }
  const double* weights() const { return weights_; }

  DensityOnPoints densityOf(const Matrix& density) {
    packed_.resize(static_cast<std::size_t>(nf_) * nf_);
    for (int i = 0; i < nf_; ++i) {
      const double* row = density.row(functions_.functions[i]);
      for (int j = 0; j < nf_; ++j) packed_[static_cast<std::size_t>(i) * nf_ + j] = row[functions_.functions[j]];
    }
    DensityOnPoints result;
    transform(0);
    result.rho = contracted(0, 1.0);
    if (hasGradient())
      for (int k = 0; k < 3; ++k) result.gradient[k] = contracted(k + 1, 2.0);
    if (!hasKinetic()) return result;
    result.tau.assign(n_, 0.0);
    for (int k = 0; k < 3; ++k) {
      transform(k + 1);
      const std::vector<double> part = contracted(k + 1, 0.5);
      for (int x = 0; x < n_; ++x) result.tau[x] += part[x];
    }
    return result;
  }

  /**
   * Adds half of Σ over points of a χμχν + v·∇(χμχν) + b ∇χμ·∇χν, whose other half is its transpose; weights are in a, v, b.
   */
  void addPotential(const std::vector<double>& a, const std::array<std::vector<double>, 3>& v, const std::vector<double>& b, Matrix& to) {
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

 private:
  bool hasGradient() const { return ingredients_ != Ingredients::density; }
  bool hasKinetic() const { return ingredients_ == Ingredients::kineticEnergy; }

  /** D times values or derivatives. */
  void transform(int derivative) {
    state_.control.check();
    image_.assign(static_cast<std::size_t>(nf_) * n_, 0.0);
    ANSATZ_SELECT(gemm)(nf_, n_, nf_, packed_.data(), nf_, functions_.derivative(derivative), n_, image_.data(), n_, panel_.data());
  }

  /** factor · Σ_μ χμ (Dχ)μ at each point, with a derivative for χ. */
  std::vector<double> contracted(int derivative, double factor) const {
    std::vector<double> result(n_, 0.0);
    const double* value = functions_.derivative(derivative);
    for (int i = 0; i < nf_; ++i)
      for (int x = 0; x < n_; ++x) result[x] += value[static_cast<std::size_t>(i) * n_ + x] * image_[static_cast<std::size_t>(i) * n_ + x];
    for (double& r : result) r *= factor;
    return result;
  }

  void accumulate(const double* left) {
    state_.control.check();
    ANSATZ_SELECT(gemm)(nf_, nf_, n_, left, n_, turned_.data(), nf_, half_.data(), nf_, panel_.data());
  }

  const State& state_;
  const Ingredients ingredients_;
  FunctionsOnPoints functions_;
  int n_ = 0, nf_ = 0;
  const double* weights_ = nullptr;
  AlignedVector packed_, image_, half_, turned_, panel_;
};

/** Variables of the functional at the points of a block, and what comes of them. */
class Variables {
 public:
  Variables(const Functional& functional, int nPoints, bool isClosed)
      : functional_(functional), n_(nPoints), isClosed_(isClosed), count_(functional.nVariables(isClosed)) {}

  std::vector<std::vector<double>> of(const std::vector<DensityOnPoints>& d) const {
    std::vector<std::vector<double>> values(count_, std::vector<double>(n_));
    const auto spinRho = [&](std::size_t s, int x) { return std::max(0.0, d[s].rho[x]); };
    for (int x = 0; x < n_; ++x) {
      if (isClosed_) values[0][x] = 2.0 * spinRho(0, x);
      else
        for (int s = 0; s < 2; ++s) values[s][x] = spinRho(s, x);
    }
    if (functional_.ingredients == Ingredients::density) return values;
    fill(values, isClosed_ ? 1 : 2, d, d, 1.0);
    if (functional_.ingredients == Ingredients::kineticEnergy) fillKinetic(values, d);
    return values;
  }

  /** Of changes c of densities d. */
  std::vector<std::vector<double>> changesOf(const std::vector<DensityOnPoints>& d, const std::vector<DensityOnPoints>& c) const {
    std::vector<std::vector<double>> values(count_, std::vector<double>(n_));
    for (int x = 0; x < n_; ++x) {
      if (isClosed_) values[0][x] = 2.0 * c[0].rho[x];
      else
        for (int s = 0; s < 2; ++s) values[s][x] = c[s].rho[x];
    }
    if (functional_.ingredients == Ingredients::density) return values;
    fill(values, isClosed_ ? 1 : 2, d, c, 2.0);
    if (functional_.ingredients == Ingredients::kineticEnergy) fillKinetic(values, c);
    return values;
  }

 private:
  /** Products of gradients: factor · a·b, and of two spins the symmetric half of it. */
  void fill(std::vector<std::vector<double>>& values, int at, const std::vector<DensityOnPoints>& a, const std::vector<DensityOnPoints>& b,
            double factor) const {
    for (int x = 0; x < n_; ++x) {
      const auto product = [&](std::size_t s, std::size_t t) {
        double sum = 0.0;
        for (int k = 0; k < 3; ++k) sum += a[s].gradient[k][x] * b[t].gradient[k][x];
        return sum;
      };
      if (isClosed_) {
        values[at][x] = 4.0 * factor * product(0, 0);
        continue;
      }
      values[at][x] = factor * product(0, 0);
      values[at + 1][x] = 0.5 * factor * (product(0, 1) + product(1, 0));
      values[at + 2][x] = factor * product(1, 1);
    }
  }

  void fillKinetic(std::vector<std::vector<double>>& values, const std::vector<DensityOnPoints>& d) const {
    for (int x = 0; x < n_; ++x) {
      if (isClosed_) values[2][x] = 2.0 * d[0].tau[x];
      else
        for (int s = 0; s < 2; ++s) values[5 + s][x] = d[s].tau[x];
    }
  }

  const Functional& functional_;
  int n_;
  bool isClosed_;
  int count_;
};

template <class Pointer, class Arrays>
std::vector<Pointer> pointers(Arrays& arrays) {
  std::vector<Pointer> result;
  for (auto& array : arrays) result.push_back(array.data());
  return result;
}

/** Slopes of the energy density in front of χμχν, ∇(χμχν) and ∇χμ·∇χν, times the points' weights. */
struct Factors {
  std::vector<double> value, kinetic;
  std::array<std::vector<double>, 3> gradient;
};

using Slopes = std::vector<std::vector<double>>;

/** Adds what slopes by σ make with gradients: of a closed shell 2 vσ ∇ρ, of a spin 2 vσσ ∇ρσ + vσσ' ∇ρσ'. */
void addGradientFactors(const Slopes& slopes, const std::vector<DensityOnPoints>& d, std::size_t spin, bool isClosed, const double* w,
                        Factors& to) {
  const std::size_t n = to.value.size();
  for (int k = 0; k < 3; ++k)
    for (std::size_t x = 0; x < n; ++x) {
      if (isClosed) {
        to.gradient[k][x] += 4.0 * w[x] * slopes[1][x] * d[0].gradient[k][x];
        continue;
      }
      const double own = slopes[spin == 0 ? 2 : 4][x];
      to.gradient[k][x] += w[x] * (2.0 * own * d[spin].gradient[k][x] + slopes[3][x] * d[1 - spin].gradient[k][x]);
    }
}

Factors emptyFactors(int n) {
  const std::vector<double> zeros(n, 0.0);
  return {zeros, zeros, {zeros, zeros, zeros}};
}

/** What stands before ∇(χμχν) is `slopes` with the gradients of d and, where there is one, `before` with those of c. */
Factors factorsOf(const Functional& functional, const Slopes& slopes, const std::vector<DensityOnPoints>& d, std::size_t spin,
                  bool isClosed, const double* w, const Slopes* before = nullptr, const std::vector<DensityOnPoints>* c = nullptr) {
  const int n = static_cast<int>(slopes[0].size());
  Factors factors = emptyFactors(n);
  for (int x = 0; x < n; ++x) factors.value[x] = w[x] * slopes[isClosed ? 0 : spin][x];
  if (functional.ingredients == Ingredients::density) return factors;
  addGradientFactors(slopes, d, spin, isClosed, w, factors);
  if (before) addGradientFactors(*before, *c, spin, isClosed, w, factors);
  if (functional.ingredients == Ingredients::kineticEnergy)
    for (int x = 0; x < n; ++x) factors.kinetic[x] = 0.5 * w[x] * slopes[isClosed ? 2 : 5 + spin][x];
  return factors;
}

/** Σ of the parts in their order, with its transpose: what they hold is half. */
Matrix wholeOf(const std::vector<std::vector<Matrix>>& parts, std::size_t spin, const Control& control) {
  Matrix sum = parts[0][spin];
  for (std::size_t p = 1; p < parts.size(); ++p) {
    control.check();
    for (std::size_t i = 0; i < sum.data.size(); ++i) sum.data[i] += parts[p][spin].data[i];
  }
  Matrix whole(sum.rows, sum.cols);
  for (int i = 0; i < sum.rows; ++i)
    for (int j = 0; j < sum.cols; ++j) whole(i, j) = sum(i, j) + sum(j, i);
  return whole;
}

constexpr int mostParts = 16;

/** Calls body(worker, block, part) for every block with functions; those of a part one after another. */
template <class Body>
void overParts(const State& state, int nParts, const Body& body) {
  parallelFor(nParts, state.threads, [&](int part) {
    BlockWorker worker(state);
    for (int block = part; block < state.nBlocks(); block += nParts) {
      state.control.check();
      if (worker.enter(block)) body(worker, block, part);
    }
  });
}

/** By the size of a part's matrices alone, so that sums are the same whatever the threads. */
int partsOf(std::size_t bytes) {
  constexpr std::size_t most = std::size_t{256} << 20;
  return static_cast<int>(std::clamp<std::size_t>(most / std::max<std::size_t>(bytes, 1), 1, mostParts));
}

/** Calls body(worker, block, potentials of the part) for every block with functions; potentials summed over parts, in their order. */
template <class Body>
std::vector<Matrix> overBlocks(const State& state, std::size_t nSpins, const Body& body) {
  const int n = state.basis.nCartesian;
  const int nParts = partsOf(sizeof(double) * nSpins * n * n);
  std::vector<std::vector<Matrix>> parts(nParts, std::vector<Matrix>(nSpins, Matrix(n, n)));
  overParts(state, nParts, [&](BlockWorker& worker, int block, int part) { body(worker, block, parts[part]); });
  std::vector<Matrix> result;
  for (std::size_t spin = 0; spin < nSpins; ++spin) result.push_back(wholeOf(parts, spin, state.control));
  return result;
}

double sumOf(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

}  // namespace

ExchangeCorrelation::ExchangeCorrelation(const CartesianBasis& basis, const Functional& functional,
                                         std::shared_ptr<const MolecularGrid> grid, int threads, const Control& control)
    : state_(std::make_unique<State>(State{basis, functional, std::move(grid), threads, control, {}})) {
  const int nBlocks = static_cast<int>((state_->grid().size() + pointsTogether - 1) / pointsTogether);
  state_->shells.resize(nBlocks);
  const std::vector<double> reaches = shellReaches(basis);
  parallelFor(nBlocks, threads, [&](int block) {
    control.check();
    state_->shells[block] = shellsNear(*state_, reaches, block);
  });
}

ExchangeCorrelation::~ExchangeCorrelation() = default;

double ExchangeCorrelation::exactExchange() const { return state_->functional.exactExchange; }

std::size_t ExchangeCorrelation::nPoints() const { return state_->grid().size(); }

XcEnergy ExchangeCorrelation::evaluate(const std::vector<const Matrix*>& densities) const {
  const State& state = *state_;
  const bool isClosed = densities.size() == 1;
  std::vector<double> energies(state.nBlocks()), electrons(state.nBlocks());
  XcEnergy result;
  result.potentials = overBlocks(state, densities.size(), [&](BlockWorker& worker, int block, std::vector<Matrix>& potentials) {
    const int n = worker.nPoints();
    const double* w = worker.weights();
    std::vector<DensityOnPoints> d;
    for (const Matrix* density : densities) d.push_back(worker.densityOf(*density));
    const std::vector<std::vector<double>> variables = Variables(state.functional, n, isClosed).of(d);
    std::vector<double> energy(n);
    Slopes slopes(variables.size(), std::vector<double>(n));
    state.functional.evaluate({n, isClosed, pointers<const double*>(variables), {}}, {energy.data(), pointers<double*>(slopes), {}});
    for (int x = 0; x < n; ++x) {
      energies[block] += w[x] * energy[x];
      electrons[block] += w[x] * (variables[0][x] + (isClosed ? 0.0 : variables[1][x]));
    }
    for (std::size_t spin = 0; spin < densities.size(); ++spin) {
      const Factors f = factorsOf(state.functional, slopes, d, spin, isClosed, w);
      worker.addPotential(f.value, f.gradient, f.kinetic, potentials[spin]);
    }
  });
  result.energy = sumOf(energies);
  result.electrons = sumOf(electrons);
  return result;
}

double ExchangeCorrelation::energyOf(const std::vector<const Matrix*>& densities) const {
  const State& state = *state_;
  const bool isClosed = densities.size() == 1;
  std::vector<double> energies(state.nBlocks());
  overParts(state, mostParts, [&](BlockWorker& worker, int block, int) {
    const int n = worker.nPoints();
    std::vector<DensityOnPoints> d;
    for (const Matrix* density : densities) d.push_back(worker.densityOf(*density));
    const std::vector<std::vector<double>> variables = Variables(state.functional, n, isClosed).of(d);
    std::vector<double> energy(n);
    state.functional.evaluate({n, isClosed, pointers<const double*>(variables), {}}, {energy.data(), {}, {}});
    energies[block] = std::inner_product(energy.begin(), energy.end(), worker.weights(), 0.0);
  });
  return sumOf(energies);
}

std::vector<Matrix> ExchangeCorrelation::response(const std::vector<const Matrix*>& densities,
                                                  const std::vector<const Matrix*>& changes) const {
  const State& state = *state_;
  const bool isClosed = densities.size() == 1;
  return overBlocks(state, densities.size(), [&](BlockWorker& worker, int, std::vector<Matrix>& potentials) {
    const int n = worker.nPoints();
    std::vector<DensityOnPoints> d, c;
    for (const Matrix* density : densities) d.push_back(worker.densityOf(*density));
    for (const Matrix* change : changes) c.push_back(worker.densityOf(*change));
    const Variables makes(state.functional, n, isClosed);
    const std::vector<std::vector<double>> variables = makes.of(d), along = makes.changesOf(d, c);
    Slopes slopes(variables.size(), std::vector<double>(n)), slopeChanges = slopes;
    state.functional.evaluate({n, isClosed, pointers<const double*>(variables), pointers<const double*>(along)},
                              {nullptr, pointers<double*>(slopes), pointers<double*>(slopeChanges)});
    for (std::size_t spin = 0; spin < densities.size(); ++spin) {
      const Factors f = factorsOf(state.functional, slopeChanges, d, spin, isClosed, worker.weights(), &slopes, &c);
      worker.addPotential(f.value, f.gradient, f.kinetic, potentials[spin]);
    }
  });
}

}  // namespace ansatz
