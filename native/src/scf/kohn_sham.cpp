#include "ansatz/kohn_sham.hpp"

namespace ansatz {

ScfResult kohnSham(const System& system, ScfOptions options, const Functional& functional, const KohnShamGrids& grids,
                   CoulombExchangeBuilder& fock) {
  const FockOptions own = options.fock;
  const ExchangeCorrelation energy(system.basis, functional, grids.own, own.threads, own.control);
  if (grids.own == grids.coarse) {
    options.kohnSham = {&energy, &energy};
    return selfConsistentField(system, options, fock);
  }
  const ExchangeCorrelation response(system.basis, functional, grids.coarse, own.threads, own.control);
  options.kohnSham = {&energy, &response};
  return selfConsistentField(system, options, fock);
}

double checkedXcEnergy(const System& system, const Functional& functional, const std::vector<Matrix>& densities, const FockOptions& options) {
  std::vector<Matrix> cartesian;
  for (const Matrix& density : densities) cartesian.push_back(toCartesian(system.basis, density));
  std::vector<const Matrix*> all;
  for (const Matrix& density : cartesian) all.push_back(&density);
  double energy = 0.0;
  for (std::size_t atom = 0; atom < system.nuclei.size(); ++atom) {
    auto points = std::make_shared<MolecularGrid>(molecularGrid(system.nuclei, {GridLevel::check, options.threads, options.control, atom}));
    energy += ExchangeCorrelation(system.basis, functional, std::move(points), options.threads, options.control).energyOf(all);
  }
  return energy;
}

}  // namespace ansatz
