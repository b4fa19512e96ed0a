#include "ansatz/molecular_grid.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>

#include "grids/atoms.hpp"
#include "grids/becke_cells.hpp"
#include "grids/blocks.hpp"
#include "grids/lebedev.hpp"
#include "parallel/parallel_for.hpp"

namespace ansatz {
namespace {

/** Points of an atom by its row of the periodic table. */
struct Fineness {
  std::array<int, 4> radial;
  /** On the spheres through the valence shell. */
  std::array<int, 4> angular;
  bool isPruned;
};

/** In the order of GridLevel. */
constexpr Fineness finenesses[] = {
    {{35, 50, 60, 70}, {194, 194, 194, 302}, true},
    {{50, 75, 80, 90}, {302, 302, 434, 434}, true},
    {{70, 105, 110, 120}, {590, 770, 770, 770}, true},
    {{90, 135, 140, 150}, {974, 1202, 1202, 1202}, true},
    {{120, 165, 170, 180}, {1202, 1202, 1202, 1202}, false},
};

struct Sphere {
  int cell;
  double radius;
  /** 4π r² dr */
  double weight;
  int points;
};

/**
 * Points on a sphere: few near the nucleus, where all is round, one rule less than in the valence shell next to it and beyond. Radii by
 * P. M. W. Gill, B. G. Johnson, J. A. Pople, doi:10.1016/0009-2614(93)80125-9.
 */
int pointsAt(double radius, int charge, int full) {
  constexpr std::array<std::array<double, 4>, 3> edges{{{0.25, 0.5, 1.0, 4.5}, {0.1667, 0.5, 0.9, 3.5}, {0.1, 0.4, 0.8, 2.5}}};
  const double relative = radius / grids::radii[charge - 1];
  const std::array<double, 4>& own = edges[std::min(grids::rowOf(charge), 2)];
  const std::vector<int> sizes = lebedevSizes();
  const int less = *(std::find(sizes.begin(), sizes.end(), full) - 1);
  const int regions[] = {50, 86, less, full, less};
  return regions[std::count_if(own.begin(), own.end(), [&](double edge) { return relative > edge; })];
}

void addSpheres(int cell, int charge, const Fineness& fineness, std::vector<Sphere>& spheres) {
  const int row = grids::rowOf(charge);
  const int n = fineness.radial[row];
  const double scale = grids::radialScales[charge - 1] / std::numbers::ln2;
  constexpr double power = 0.6;
  for (int i = 1; i <= n; ++i) {
    const double angle = i * std::numbers::pi / (n + 1);
    const double x = std::cos(angle);
    const double logarithm = std::log(2.0 / (1.0 - x));
    const double stretch = scale * std::pow(1.0 + x, power);
    const double radius = stretch * logarithm;
    const double slope = stretch * (power * logarithm / (1.0 + x) + 1.0 / (1.0 - x));
    const double weight = 4.0 * std::numbers::pi * radius * radius * slope * std::sin(angle) * std::numbers::pi / (n + 1);
    spheres.push_back({cell, radius, weight, fineness.isPruned ? pointsAt(radius, charge, fineness.angular[row]) : fineness.angular[row]});
  }
}

/** Points of one sphere that are not all another atom's. */
void fill(const Sphere& sphere, const Point& centre, const SphereRule& rule, const BeckeCells& cells, const Control& control,
          MolecularGrid& grid) {
  for (std::size_t k = 0; k < rule.points.size(); ++k) {
    control.check();
    Point p;
    for (int axis = 0; axis < 3; ++axis) p[axis] = centre[axis] + sphere.radius * rule.points[k][axis];
    const double weight = sphere.weight * rule.weights[k] * cells.share(sphere.cell, p);
    if (weight == 0.0) continue;
    grid.x.push_back(p[0]);
    grid.y.push_back(p[1]);
    grid.z.push_back(p[2]);
    grid.weights.push_back(weight);
    grid.cells.push_back(sphere.cell);
  }
}

template <class T>
std::vector<T> inOrder(const std::vector<T>& values, const std::vector<std::size_t>& order, const Control& control) {
  std::vector<T> result;
  result.reserve(order.size());
  for (const std::size_t i : order) {
    if (result.size() % (1 << 14) == 0) control.check();
    result.push_back(values[i]);
  }
  return result;
}

}  // namespace

GridLevel gridLevel(std::string_view name) {
  return name == "coarse" ? GridLevel::coarse : name == "medium" ? GridLevel::medium : name == "fine" ? GridLevel::fine : GridLevel::finest;
}

MolecularGrid molecularGrid(const std::vector<PointCharge>& nuclei, const MolecularGridOptions& options) {
  const Fineness& fineness = finenesses[static_cast<int>(options.level)];
  const NuclearCells known = nuclearCells(nuclei);
  std::vector<Sphere> spheres;
  for (std::size_t cell = 0; cell < known.nuclei.size(); ++cell) {
    const std::size_t atom = static_cast<std::size_t>(known.nuclei[cell]);
    if (options.atom.value_or(atom) == atom)
      addSpheres(static_cast<int>(cell), static_cast<int>(std::lround(nuclei[atom].charge)), fineness, spheres);
  }
  std::map<int, SphereRule> rules;
  for (const Sphere& sphere : spheres)
    if (!rules.contains(sphere.points)) rules.emplace(sphere.points, lebedevRule(sphere.points));
  std::vector<MolecularGrid> parts(spheres.size());
  parallelFor(static_cast<int>(spheres.size()), options.threads, [&](int i) {
    fill(spheres[i], nuclei[known.nuclei[spheres[i].cell]].position, rules.at(spheres[i].points), known.cells, options.control, parts[i]);
  });
  MolecularGrid all;
  for (MolecularGrid& part : parts) {
    options.control.check();
    all.x.insert(all.x.end(), part.x.begin(), part.x.end());
    all.y.insert(all.y.end(), part.y.begin(), part.y.end());
    all.z.insert(all.z.end(), part.z.begin(), part.z.end());
    all.weights.insert(all.weights.end(), part.weights.begin(), part.weights.end());
    all.cells.insert(all.cells.end(), part.cells.begin(), part.cells.end());
    part = {};
  }
  const std::vector<std::size_t> order = compactOrder(all, options.control);
  for (std::vector<double>* values : {&all.x, &all.y, &all.z, &all.weights}) *values = inOrder(*values, order, options.control);
  all.cells = inOrder(all.cells, order, options.control);
  return all;
}

}  // namespace ansatz
