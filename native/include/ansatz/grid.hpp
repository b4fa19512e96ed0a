#pragma once
#include <array>
#include <vector>

#include "ansatz/basis.hpp"
#include "ansatz/control.hpp"
#include "ansatz/matrix.hpp"

namespace ansatz {

/** Points origin + i axes[0] + j axes[1] + k axes[2], bohr, i, j, k below counts; values lie with k running fastest. */
struct Grid {
  Point origin;
  std::array<Point, 3> axes;
  std::array<int, 3> counts;

  std::size_t size() const { return static_cast<std::size_t>(counts[0]) * counts[1] * counts[2]; }
};

struct GridOptions {
  int threads = 1;
  Control control;
};

/** ψ(r) in bohr^(−3/2) of one orbital, a column over the basis functions. Throws Cancelled. */
std::vector<double> orbitalOnGrid(const CartesianBasis& basis, const Matrix& orbital, const Grid& grid, const GridOptions& options);

/**
 * Σ_o w_o ψ_o(r)² in bohr⁻³ of orbitals, one a column [nBasis, n], with weights [n].
 *
 * Functions below about 1e-20 at all points of a row are left out. Cost: points × functions × orbitals. Throws Cancelled.
 */
std::vector<double> densityOnGrid(const CartesianBasis& basis, const Matrix& orbitals, const std::vector<double>& weights,
                                  const Grid& grid, const GridOptions& options);

}  // namespace ansatz
