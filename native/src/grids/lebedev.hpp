#pragma once
#include <vector>

#include "ansatz/basis.hpp"

namespace ansatz {

/** Points on the unit sphere; the weights of all add up to 1. */
struct SphereRule {
  int degree;
  std::vector<Point> points;
  std::vector<double> weights;
};

/** Numbers of points that there are rules of, rising: 14 to 1202. */
std::vector<int> lebedevSizes();

/** The rule of so many points, which are on file. */
SphereRule lebedevRule(int points);

}  // namespace ansatz
