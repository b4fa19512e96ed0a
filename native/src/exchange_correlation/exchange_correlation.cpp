#include "ansatz/exchange_correlation.hpp"

#include <algorithm>
#include <numeric>

#include "exchange_correlation/block_worker.hpp"
#include "exchange_correlation/variables.hpp"

namespace ansatz {
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
const Repulsion& ExchangeCorrelation::exchangeRepulsion() const { return state_->functional.exchangeRepulsion; }

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
      worker.addPotential(f, potentials[spin]);
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
      worker.addPotential(f, potentials[spin]);
    }
  });
}

}  // namespace ansatz
