#include "ansatz/kohn_sham.hpp"

namespace ansatz {
namespace {

MolecularGrid gridOf(const System& system, GridLevel level, const FockOptions& options) {
  return molecularGrid(system.nuclei, {level, options.threads, options.control});
}

double energyOn(const System& system, const Functional& functional, const ScfResult& field, GridLevel level, const FockOptions& options) {
  const ExchangeCorrelation finer(system.basis, functional, gridOf(system, level, options), options.threads, options.control);
  std::vector<Matrix> cartesian;
  for (const Matrix& density : field.densities) cartesian.push_back(toCartesian(system.basis, density));
  std::vector<const Matrix*> densities;
  for (const Matrix& density : cartesian) densities.push_back(&density);
  return finer.evaluate(densities).energy;
}

}  // namespace

KohnShamResult kohnSham(const System& system, ScfOptions options, const Functional& functional, GridLevel level,
                        CoulombExchangeBuilder& fock) {
  const FockOptions own = options.fock;
  own.control.report(Phase::integrals, 0, 1);
  const ExchangeCorrelation energy(system.basis, functional, gridOf(system, level, own), own.threads, own.control);
  const ExchangeCorrelation response(system.basis, functional, gridOf(system, GridLevel::coarse, own), own.threads, own.control);
  options.kohnSham = {&energy, &response};
  KohnShamResult result;
  result.field = selfConsistentField(system, options, fock);
  result.nPoints = energy.nPoints();
  const GridLevel next = static_cast<GridLevel>(static_cast<int>(level) + 1);
  if (result.field.converged) result.gridError = energyOn(system, functional, result.field, next, own) - result.field.xcEnergy;
  return result;
}

}  // namespace ansatz
