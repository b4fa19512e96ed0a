#pragma once
#include <vector>

#include "ansatz/basis.hpp"

namespace ansatz {

/** How space is shared out among atoms: A. D. Becke, doi:10.1063/1.454033, three smoothings. */
class BeckeCells {
 public:
  /** Radii tell where two cells meet, by their ratio. */
  BeckeCells(std::vector<Point> centres, const std::vector<double>& radii);

  /** What is the atom's of a point, 0 to 1; those of all atoms add up to 1. Shares below about 1e-15 are none. */
  double share(int atom, const Point& point) const;

 private:
  /** Not normalised; `order` has the centres from the nearest to the point on. */
  double cell(int atom, const std::vector<double>& distances, const std::vector<int>& order) const;

  std::vector<Point> centres_;
  /** [atom][atom] */
  std::vector<double> inverseDistances_, shifts_;
};

}  // namespace ansatz
