#pragma once
#include <cstddef>
#include <memory>
#include <vector>

#include "ansatz/basis.hpp"
#include "ansatz/control.hpp"
#include "ansatz/functional.hpp"
#include "ansatz/matrix.hpp"
#include "ansatz/molecular_grid.hpp"

namespace ansatz {

struct XcEnergy {
  /** Hartree. */
  double energy = 0.0;
  /** Σ over points of the density: what the grid makes of the number of electrons. */
  double electrons = 0.0;
  /** ∂E/∂D of each density, over the Cartesian functions. */
  std::vector<Matrix> potentials;
};

/** Exchange and correlation of a functional on a grid. */
class ExchangeCorrelation {
 public:
  /** The basis and the functional must outlive it. Cost: points × shells / 128. Throws Cancelled. */
  ExchangeCorrelation(const CartesianBasis& basis, const Functional& functional, std::shared_ptr<const MolecularGrid> grid, int threads,
                      const Control& control);
  ~ExchangeCorrelation();
  ExchangeCorrelation(const ExchangeCorrelation&) = delete;
  ExchangeCorrelation& operator=(const ExchangeCorrelation&) = delete;

  double exactExchange() const;
  const Repulsion& exchangeRepulsion() const;
  std::size_t nPoints() const;

  /**
   * Energy and potentials of spin densities over the Cartesian functions, symmetric: one of a closed shell, which counts twice, or α and β.
   *
   * The same bits for any number of threads. Functions below 1e-13 at all of 128 points that are close by are left out there. Cost:
   * points × functions², of those that are near; two products of matrices a density, five with the kinetic energy. Memory: up to 16
   * matrices a density, as many as 256 MiB hold. Throws Cancelled.
   */
  XcEnergy evaluate(const std::vector<const Matrix*>& densities) const;

  /** The energy alone, the same bits as with potentials; half the cost and no matrices. Throws Cancelled. */
  double energyOf(const std::vector<const Matrix*>& densities) const;

  /** What changes of the densities make of the potentials, to first order. Cost and errors as evaluate, half again. */
  std::vector<Matrix> response(const std::vector<const Matrix*>& densities, const std::vector<const Matrix*>& changes) const;

  /**
   * Derivatives of the energy by the positions of the nuclei that the grid was made for, at fixed densities, [nucleus][axis], hartree/bohr:
   * of functions, points and weights, so that they add up to nothing. B. G. Johnson, P. M. W. Gill, J. A. Pople, doi:10.1063/1.464906.
   * Cost: that of the potentials and, for each point, nuclei². Throws Cancelled.
   */
  std::vector<double> gradient(const std::vector<const Matrix*>& densities, const std::vector<PointCharge>& nuclei) const;

  struct State;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace ansatz
