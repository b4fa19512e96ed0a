#pragma once
#include <vector>

#include "ansatz/basis.hpp"
#include "ansatz/molecular_grid.hpp"
#include "integrals/aligned.hpp"

namespace ansatz {

/** Cartesian functions at some points of a grid. */
struct FunctionsOnPoints {
  int nPoints = 0;
  /** Which of the basis, rising within a shell. */
  std::vector<int> functions;
  /** [derivative][function][point]: the value, and where they were asked for ∂x, ∂y, ∂z and the second ones xx, xy, xz, yy, yz, zz. */
  AlignedVector values;

  int nFunctions() const { return static_cast<int>(functions.size()); }
  const double* derivative(int k) const { return values.data() + static_cast<std::size_t>(k) * functions.size() * nPoints; }
};

/** How far from its centre a function of each shell, or its slope, is above 1e-13 in some direction, bohr. */
std::vector<double> shellReaches(const CartesianBasis& basis);

/** Points first … first + nPoints − 1, with the functions of the shells named. */
void evaluateFunctions(const CartesianBasis& basis, const std::vector<int>& shells, const MolecularGrid& grid, std::size_t first,
                       int nPoints, int derivatives, FunctionsOnPoints& out);

}  // namespace ansatz
