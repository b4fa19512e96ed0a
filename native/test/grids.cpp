#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

#include "ansatz/molecular_grid.hpp"
#include "check.hpp"
#include "grids/becke_cells.hpp"
#include "grids/functions_on_points.hpp"
#include "grids/lebedev.hpp"
#include "instruction_sets.hpp"
#include "basis/cartesian.hpp"
#include "random.hpp"

namespace ansatz::test {
namespace {

double power(double x, int n) {
  double value = 1.0;
  for (; n > 0; --n) value *= x;
  return value;
}

/** Mean of x^a y^b z^c over the unit sphere. */
double meanOnSphere(int a, int b, int c) {
  if (a % 2 != 0 || b % 2 != 0 || c % 2 != 0) return 0.0;
  return std::tgamma(0.5 * (a + 1)) * std::tgamma(0.5 * (b + 1)) * std::tgamma(0.5 * (c + 1)) / std::tgamma(0.5 * (a + b + c + 3)) /
         (2.0 * std::numbers::pi);
}

/** All monomials up to the degree: they span the spherical harmonics. */
void testLebedevRules(Check& check) {
  for (const int size : lebedevSizes()) {
    const SphereRule rule = lebedevRule(size);
    check.that(static_cast<int>(rule.points.size()) == size, "a Lebedev rule has its points");
    double worst = 0.0;
    const auto errorAt = [&](int a, int b, int c) {
      double sum = 0.0;
      for (int k = 0; k < size; ++k)
        sum += rule.weights[k] * power(rule.points[k][0], a) * power(rule.points[k][1], b) * power(rule.points[k][2], c);
      return std::abs(sum - meanOnSphere(a, b, c));
    };
    // Odd powers vanish by symmetry; one of them is enough.
    for (int a = 0; a <= rule.degree; a += 2)
      for (int b = 0; a + b <= rule.degree; b += 2)
        for (int c = 0; a + b + c <= rule.degree; c += 2) worst = std::max(worst, errorAt(a, b, c));
    worst = std::max(worst, errorAt(1, 2, 2));
    check.that(worst < 1e-14, "Lebedev's " + std::to_string(size) + " points integrate degree " + std::to_string(rule.degree));
  }
}

const std::vector<PointCharge> molecule{{{0, 0, 0}, 8.0}, {{0, 1.4, 1.1}, 1.0}, {{0, -1.4, 1.1}, 1.0}, {{3.0, 0.5, 0}, 16.0}};

void testCells(Check& check) {
  std::vector<Point> centres;
  for (const PointCharge& nucleus : molecule) centres.push_back(nucleus.position);
  const BeckeCells cells(centres, {1.1, 0.8, 0.8, 1.4});
  Random random;
  double worst = 0.0;
  for (int k = 0; k < 500; ++k) {
    const Point p{random.between(-6, 8), random.between(-6, 6), random.between(-6, 6)};
    double sum = 0.0;
    for (int atom = 0; atom < 4; ++atom) sum += cells.share(atom, p);
    worst = std::max(worst, std::abs(sum - 1.0));
  }
  check.that(worst < 1e-14, "shares of a point add up to 1");
  check.that(std::abs(cells.share(3, {3.0, 0.5, 1e-9}) - 1.0) < 1e-14, "a nucleus is its own");
}

/** Shares of points that move with an atom, by central differences. */
void testShareSlopes(Check& check) {
  const std::vector<double> radii{1.1, 0.8, 0.8, 1.4};
  std::vector<Point> centres;
  for (const PointCharge& nucleus : molecule) centres.push_back(nucleus.position);
  const BeckeCells cells(centres, radii);
  Random random;
  double worst = 0.0, total = 0.0, largest = 0.0;
  for (int trial = 0; trial < 100; ++trial) {
    const int atom = trial % 4;
    Point p;
    for (int k = 0; k < 3; ++k) p[k] = centres[atom][k] + random.between(-1.5, 1.5);
    std::vector<double> slopes(12);
    cells.addShareSlopes(atom, p, cells.share(atom, p), slopes);
    for (int k = 0; k < 3; ++k) total = std::max(total, std::abs(slopes[k] + slopes[3 + k] + slopes[6 + k] + slopes[9 + k]));
    for (int c = 0; c < 4; ++c)
      for (int k = 0; k < 3; ++k) {
        constexpr double h = 1e-5;
        const auto shareAt = [&](double step) {
          std::vector<Point> moved = centres;
          Point carried = p;
          moved[c][k] += step;
          if (c == atom) carried[k] += step;
          return BeckeCells(moved, radii).share(atom, carried);
        };
        worst = std::max(worst, std::abs((shareAt(h) - shareAt(-h)) / (2.0 * h) - slopes[3 * c + k]));
        largest = std::max(largest, std::abs(slopes[3 * c + k]));
      }
  }
  check.that(largest > 0.1 && worst < 1e-8, "slopes of shares are those of central differences, off by " + std::to_string(worst));
  check.that(total < 1e-13, "a share does not change when all move together");
}

/** ∫ of Gaussians and Slater functions on the nuclei, in hartree-like accuracy for each level. */
void testMolecularGrids(Check& check) {
  const double accuracies[] = {2e-4, 2e-5, 1e-6, 5e-7};
  std::size_t before = 0;
  for (const char* name : {"coarse", "medium", "fine", "finest"}) {
    const GridLevel level = gridLevel(name);
    const MolecularGrid grid = molecularGrid(molecule, {level, 2, {}});
    double worst = 0.0;
    for (std::size_t c = 0; c < molecule.size(); ++c)
      for (const double zeta : {0.9, 1.7, 6.0}) {
        double sum = 0.0;
        for (std::size_t i = 0; i < grid.size(); ++i) {
          const Point& p = molecule[c].position;
          const double r = std::hypot(grid.x[i] - p[0], grid.y[i] - p[1], grid.z[i] - p[2]);
          sum += grid.weights[i] * std::exp(-2.0 * zeta * r) * zeta * zeta * zeta / std::numbers::pi;
        }
        worst = std::max(worst, std::abs(sum - 1.0));
      }
    std::printf("  grid %s: %zu points, %.1e electrons off\n", name, grid.size(), worst);
    check.that(worst < accuracies[static_cast<int>(level)], std::string("a grid counts electrons: ") + name);
    check.that(grid.size() > before, "finer grids have more points");
    before = grid.size();
  }
  const MolecularGrid one = molecularGrid(molecule, {GridLevel::coarse, 1, {}}), three = molecularGrid(molecule, {GridLevel::coarse, 3, {}});
  check.that(one.weights == three.weights && one.x == three.x, "grids are the same for any number of threads");
}

/** Each element's own spheres count an electron as near the nucleus as in the hydrogen-like ion, and one as far out as in an anion. */
void testElements(Check& check) {
  double worst = 0.0;
  for (int charge = 1; charge <= 36; ++charge) {
    const MolecularGrid grid = molecularGrid({{{0, 0, 0}, static_cast<double>(charge)}}, {GridLevel::coarse, 1, {}});
    for (const double zeta : {static_cast<double>(charge), 0.5}) {
      double sum = 0.0;
      for (std::size_t i = 0; i < grid.size(); ++i)
        sum += grid.weights[i] * std::exp(-2.0 * zeta * std::hypot(grid.x[i], grid.y[i], grid.z[i])) * zeta * zeta * zeta / std::numbers::pi;
      worst = std::max(worst, std::abs(sum - 1.0));
    }
  }
  check.that(worst < 2e-5, "spheres of the elements to Kr count electrons near and far, off by " + std::to_string(worst));
}

/** x^a y^b z^c Σ c exp(−α r²) */
double slowFunction(const CartesianShell& shell, std::size_t part, int component, const Point& p) {
  const Powers powers = cartesianPowers(shell.parts[part], component);
  double square = 0.0, angular = 1.0, radial = 0.0;
  for (int k = 0; k < 3; ++k) {
    const double d = p[k] - shell.centre[k];
    square += d * d;
    angular *= power(d, powers[k]);
  }
  for (std::size_t k = 0; k < shell.exponents.size(); ++k) radial += shell.coefficients[part][k] * std::exp(-shell.exponents[k] * square);
  return angular * radial;
}

void testFunctions(Check& check) {
  const CartesianBasis basis = makeCartesianBasis({{0, true, 0, {0.1, 0.2, 0.3}, {0.3, 4.0}, {0.6, 0.5}},
                                                   {1, true, 0, {0.1, 0.2, 0.3}, {0.3, 4.0}, {0.2, 0.9}},
                                                   {2, true, 0, {0.1, 0.2, 0.3}, {0.7}, {1.0}},
                                                   {3, false, 0, {-0.4, 0.9, 0.0}, {1.1}, {1.0}}});
  Random random;
  MolecularGrid grid;
  const int n = 37;
  for (int i = 0; i < n + 3; ++i) {
    grid.x.push_back(random.between(-3, 3));
    grid.y.push_back(random.between(-3, 3));
    grid.z.push_back(random.between(-3, 3));
    grid.weights.push_back(1.0);
  }
  std::vector<int> shells;
  for (std::size_t s = 0; s < basis.shells.size(); ++s) shells.push_back(static_cast<int>(s));
  forEachIsa([&](const std::string& isa) {
    FunctionsOnPoints f;
    evaluateFunctions(basis, shells, grid, 3, n, 2, f);
    FunctionsOnPoints fewer;
    evaluateFunctions(basis, shells, grid, 3, n, 1, fewer);
    check.that(std::equal(fewer.values.begin(), fewer.values.end(), f.values.begin()), "more derivatives leave the others: " + isa);
    double worst = 0.0, worstSlope = 0.0, worstCurvature = 0.0;
    int row = 0;
    for (const CartesianShell& shell : basis.shells)
      for (std::size_t part = 0; part < shell.parts.size(); ++part)
        for (int c = 0; c < nCartesian(shell.parts[part]); ++c, ++row)
          for (int x = 0; x < n; ++x) {
            const Point p{grid.x[3 + x], grid.y[3 + x], grid.z[3 + x]};
            worst = std::max(worst, std::abs(f.derivative(0)[row * n + x] - slowFunction(shell, part, c, p)));
            for (int k = 0; k < 3; ++k) {
              constexpr double h = 1e-4;
              Point up = p, down = p;
              up[k] += h;
              down[k] -= h;
              const double slope = (slowFunction(shell, part, c, up) - slowFunction(shell, part, c, down)) / (2.0 * h);
              worstSlope = std::max(worstSlope, std::abs(f.derivative(k + 1)[row * n + x] - slope));
              for (int i = 0; i <= k; ++i) {
                constexpr double wide = 1e-3;
                const auto at = [&](int a, int b) {
                  Point q = p;
                  q[k] += a * wide;
                  q[i] += b * wide;
                  return slowFunction(shell, part, c, q);
                };
                const double curvature = (at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / (4.0 * wide * wide);
                const int order = 4 + (i == 0 ? k : i == 1 ? 2 + k : 5);  // xx, xy, xz, yy, yz, zz
                worstCurvature = std::max(worstCurvature, std::abs(f.derivative(order)[row * n + x] - curvature));
              }
            }
          }
    check.that(row == f.nFunctions(), "all functions of the shells are there");
    check.that(worst < 1e-14, "functions at points are as by hand: " + isa);
    check.that(worstSlope < 1e-7, "their derivatives are slopes: " + isa);
    check.that(worstCurvature < 1e-4, "their second derivatives are curvatures, off by " + std::to_string(worstCurvature) + ": " + isa);
  });
}

}  // namespace

void testGrids(Check& check) {
  testLebedevRules(check);
  testCells(check);
  testShareSlopes(check);
  testMolecularGrids(check);
  testElements(check);
  testFunctions(check);
}

}  // namespace ansatz::test
