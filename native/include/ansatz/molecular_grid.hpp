#pragma once
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "ansatz/basis.hpp"
#include "ansatz/control.hpp"

namespace ansatz {

/** How fine a grid is, coarsest first; `check` is what the others are measured with. */
enum class GridLevel { coarse, medium, fine, finest, check };

/** coarse, medium, fine, finest. */
GridLevel gridLevel(std::string_view name);

/** Points in space, bohr, and what each counts, bohr³. Points that are close by stand together. */
struct MolecularGrid {
  std::vector<double> x, y, z, weights;
  /** Of each point whose cell it is in, and with which it moves: nuclei without ghosts, counted from 0. */
  std::vector<int> cells;

  std::size_t size() const { return weights.size(); }
};

struct MolecularGridOptions {
  GridLevel level = GridLevel::fine;
  int threads = 1;
  Control control;
  /** Its points alone, in its cell of the whole molecule; all atoms' where none is named. */
  std::optional<std::size_t> atom = std::nullopt;
};

/**
 * Points around each nucleus for integrals of what follows the electrons: Lebedev's spheres, fewer points close by and far out, with
 * Treutler and Ahlrichs' radii (M4, doi:10.1063/1.469408), in cells after Becke (doi:10.1063/1.454033) whose sizes go with the square root
 * of the atoms' radii. Ghosts have no points; charges outside have none either.
 *
 * The same bits for any number of threads. Cost: points × atoms. Throws Cancelled.
 */
MolecularGrid molecularGrid(const std::vector<PointCharge>& nuclei, const MolecularGridOptions& options);

}  // namespace ansatz
