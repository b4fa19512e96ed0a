#include "ansatz/grid.hpp"

#include <algorithm>
#include <cmath>

#include "basis/cartesian.hpp"
#include "integrals/aligned.hpp"
#include "linalg/dense_kernels.hpp"
#include "parallel/parallel_for.hpp"

namespace ansatz {
namespace {

/** exp(−46) is about 1e-20. */
constexpr double largestExponent = 46.0;

/** Coefficients over the Cartesian functions, one orbital a row. */
Matrix cartesianRows(const CartesianBasis& basis, const Matrix& orbitals) {
  Matrix rows(orbitals.cols, basis.nCartesian);
  for (int i = 0; i < orbitals.rows; ++i)
    for (const CartesianTerm& t : basis.functions[i])
      for (int o = 0; o < orbitals.cols; ++o) rows(o, t.cartesian) += t.coefficient * orbitals(i, o);
  return rows;
}

double squaredDistance(const Point& a, const Point& b) {
  double sum = 0.0;
  for (int k = 0; k < 3; ++k) sum += (a[k] - b[k]) * (a[k] - b[k]);
  return sum;
}

/** Cartesian functions at some points: those that are not negligible at all of them. */
struct FunctionValues {
  std::vector<int> functions;
  std::vector<double> values;  // [function][point]
};

/** Adds one shell's functions. */
void evaluateShell(const CartesianShell& shell, const std::vector<Point>& points, FunctionValues& out) {
  const std::size_t n = points.size();
  int function = shell.offset;
  for (std::size_t part = 0; part < shell.parts.size(); ++part) {
    const int l = shell.parts[part];
    std::vector<double> radial(n, 0.0);
    for (std::size_t x = 0; x < n; ++x) {
      const double squared = squaredDistance(points[x], shell.centre);
      for (std::size_t k = 0; k < shell.exponents.size(); ++k)
        if (shell.exponents[k] * squared < largestExponent)
          radial[x] += shell.coefficients[part][k] * std::exp(-shell.exponents[k] * squared);
    }
    for (int c = 0; c < nCartesian(l); ++c, ++function) {
      const Powers powers = cartesianPowers(l, c);
      out.functions.push_back(function);
      for (std::size_t x = 0; x < n; ++x) {
        double value = radial[x];
        for (int axis = 0; axis < 3; ++axis)
          for (int power = 0; power < powers[axis]; ++power) value *= points[x][axis] - shell.centre[axis];
        out.values.push_back(value);
      }
    }
  }
}

FunctionValues evaluateFunctions(const CartesianBasis& basis, const std::vector<Point>& points) {
  FunctionValues result;
  for (const CartesianShell& shell : basis.shells) {
    const double softest = *std::min_element(shell.exponents.begin(), shell.exponents.end());
    const bool reaches = std::any_of(points.begin(), points.end(), [&](const Point& p) {
      return softest * squaredDistance(p, shell.centre) < largestExponent;
    });
    if (reaches) evaluateShell(shell, points, result);
  }
  return result;
}

/** Orbitals [rows of coefficients][point] at some points. */
Matrix evaluateOrbitals(const CartesianBasis& basis, const Matrix& rows, const std::vector<Point>& points) {
  const FunctionValues f = evaluateFunctions(basis, points);
  const int nUsed = static_cast<int>(f.functions.size());
  const int nPoints = static_cast<int>(points.size());
  Matrix used(rows.rows, nUsed);
  for (int o = 0; o < rows.rows; ++o)
    for (int i = 0; i < nUsed; ++i) used(o, i) = rows(o, f.functions[i]);
  Matrix result(rows.rows, nPoints);
  AlignedVector panel(256 * gemmPanelWidth);
  ANSATZ_SELECT(gemm)
  (rows.rows, nPoints, nUsed, used.data.data(), nUsed, f.values.data(), nPoints, result.data.data(), nPoints, panel.data());
  return result;
}

/** Calls body(orbitals [o][k], first) for every row of points along the last axis; `first` is the place of its values. */
template <class Body>
void forEachRow(const CartesianBasis& basis, const Matrix& orbitals, const Grid& grid, const GridOptions& options, const Body& body) {
  const Matrix rows = cartesianRows(basis, orbitals);
  parallelFor(grid.counts[0] * grid.counts[1], options.threads, [&](int row) {
    options.control.check();
    const int i = row / grid.counts[1];
    const int j = row % grid.counts[1];
    std::vector<Point> points(grid.counts[2]);
    for (int k = 0; k < grid.counts[2]; ++k)
      for (int x = 0; x < 3; ++x)
        points[k][x] = grid.origin[x] + i * grid.axes[0][x] + j * grid.axes[1][x] + k * grid.axes[2][x];
    body(evaluateOrbitals(basis, rows, points), static_cast<std::size_t>(row) * grid.counts[2]);
  });
}

}  // namespace

std::vector<double> orbitalOnGrid(const CartesianBasis& basis, const Matrix& orbital, const Grid& grid,
                                  const GridOptions& options) {
  std::vector<double> values(grid.size());
  forEachRow(basis, orbital, grid, options, [&](const Matrix& psi, std::size_t first) {
    std::copy_n(psi.row(0), psi.cols, values.begin() + static_cast<std::ptrdiff_t>(first));
  });
  return values;
}

std::vector<double> densityOnGrid(const CartesianBasis& basis, const Matrix& orbitals, const std::vector<double>& weights,
                                  const Grid& grid, const GridOptions& options) {
  std::vector<double> values(grid.size());
  forEachRow(basis, orbitals, grid, options, [&](const Matrix& psi, std::size_t first) {
    for (int o = 0; o < psi.rows; ++o)
      for (int k = 0; k < psi.cols; ++k) values[first + k] += weights[o] * psi(o, k) * psi(o, k);
  });
  return values;
}

}  // namespace ansatz
