#include <numeric>

#include "exchange_correlation/block_worker.hpp"
#include "exchange_correlation/variables.hpp"
#include "grids/becke_cells.hpp"

namespace ansatz {

std::vector<double> ExchangeCorrelation::gradient(const std::vector<const Matrix*>& densities, const std::vector<PointCharge>& nuclei) const {
  const State& state = *state_;
  const bool isClosed = densities.size() == 1;
  const NuclearCells known = nuclearCells(nuclei);
  const std::size_t size = 3 * nuclei.size();
  std::vector<std::vector<double>> parts(mostParts, std::vector<double>(size));
  std::vector<std::vector<double>> ofCells(mostParts, std::vector<double>(3 * known.nuclei.size()));
  overParts(
      state, mostParts,
      [&](BlockWorker& worker, int block, int part) {
        const int n = worker.nPoints();
        const double* w = worker.weights();
        std::vector<DensityOnPoints> d;
        for (std::size_t spin = 0; spin < densities.size(); ++spin) d.push_back(worker.densityOf(*densities[spin], spin));
        const std::vector<std::vector<double>> variables = Variables(state.functional, n, isClosed).of(d);
        std::vector<double> energy(n);
        Slopes slopes(variables.size(), std::vector<double>(n));
        state.functional.evaluate({n, isClosed, pointers<const double*>(variables), {}}, {energy.data(), pointers<double*>(slopes), {}});
        for (std::size_t spin = 0; spin < densities.size(); ++spin)
          worker.addSlopes(factorsOf(state.functional, slopes, d, spin, isClosed, w), spin, isClosed ? 2.0 : 1.0, known.nuclei, parts[part]);
        const MolecularGrid& grid = state.grid();
        for (int x = 0; x < n; ++x) {
          const std::size_t i = state.first(block) + x;
          known.cells.addShareSlopes(grid.cells[i], {grid.x[i], grid.y[i], grid.z[i]}, w[x] * energy[x], ofCells[part]);
        }
      },
      1);
  std::vector<double> result(size);
  for (int part = 0; part < mostParts; ++part) {
    for (std::size_t i = 0; i < size; ++i) result[i] += parts[part][i];
    for (std::size_t i = 0; i < ofCells[part].size(); ++i) result[3 * known.nuclei[i / 3] + i % 3] += ofCells[part][i];
  }
  return result;
}

}  // namespace ansatz
