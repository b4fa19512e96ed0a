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

  /**
   * Adds factor × ∂ ln share of a point that moves with the atom by the position of each centre, to [centre][axis]: B. G. Johnson, P. M. W.
   * Gill, J. A. Pople, doi:10.1063/1.464906, appendix B. Nothing where the point is not the atom's. Cost: that of the share.
   */
  void addShareSlopes(int atom, const Point& point, double factor, std::vector<double>& to) const;

 private:
  /** From a point, and the centres from the nearest to it on. */
  std::vector<double> distancesTo(const Point& point, std::vector<int>& order) const;
  /** (r_A − r_B) / R_AB: −1 at the first, 1 at the second. */
  double between(int atom, int other, const std::vector<double>& distances) const;
  /** Not normalised. */
  double cell(int atom, const std::vector<double>& distances, const std::vector<int>& order) const;
  /** Adds factor × ∂ of the logarithm of what a cell keeps towards another one; the point moves with `carrier`. */
  void addFactorSlopes(int atom, int other, int carrier, const Point& point, const std::vector<double>& distances, double factor,
                       std::vector<double>& to) const;

  std::vector<Point> centres_;
  /** [atom][atom] */
  std::vector<double> inverseDistances_, shifts_;
};

/** Cells of nuclei, and the nucleus that each is of: ghosts have none. */
struct NuclearCells {
  BeckeCells cells;
  std::vector<int> nuclei;
};

/** Sizes go with the square root of the atoms' radii. Throws InvalidInput beyond krypton. */
NuclearCells nuclearCells(const std::vector<PointCharge>& nuclei);

}  // namespace ansatz
