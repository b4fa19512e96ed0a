#include "grids/functions_on_points.hpp"

#include <algorithm>
#include <cmath>

#include "grids/shell_kernel.hpp"

namespace ansatz {
namespace {

constexpr double negligible = 1e-13;

/** Largest value or slope of a shell's functions at a distance. */
double largestAt(const CartesianShell& shell, double r) {
  double largest = 0.0;
  for (std::size_t part = 0; part < shell.parts.size(); ++part) {
    double radial = 0.0, slope = 0.0;
    for (std::size_t k = 0; k < shell.exponents.size(); ++k) {
      const double value = std::abs(shell.coefficients[part][k]) * std::exp(-shell.exponents[k] * r * r);
      radial += value;
      slope += 2.0 * shell.exponents[k] * r * value;
    }
    const int l = shell.parts[part];
    const double power = std::pow(r, l);
    largest = std::max({largest, power * radial, power * slope + (l > 0 ? l * std::pow(r, l - 1) * radial : 0.0)});
  }
  return largest;
}

}  // namespace

std::vector<double> shellReaches(const CartesianBasis& basis) {
  constexpr double step = 0.25, farthest = 200.0;
  std::vector<double> reaches;
  for (const CartesianShell& shell : basis.shells) {
    // From outside in: contracted functions may have a node.
    double r = farthest;
    while (r > step && largestAt(shell, r - step) < negligible) r -= step;
    reaches.push_back(r);
  }
  return reaches;
}

void evaluateFunctions(const CartesianBasis& basis, const std::vector<int>& shells, const MolecularGrid& grid, std::size_t first,
                       int nPoints, int derivatives, FunctionsOnPoints& out) {
  out.nPoints = nPoints;
  out.functions.clear();
  int highest = 0;
  for (const int s : shells) {
    int function = basis.shells[s].offset;
    for (const int l : basis.shells[s].parts) {
      highest = std::max(highest, l);
      for (int c = 0; c < nCartesian(l); ++c) out.functions.push_back(function++);
    }
  }
  const std::size_t stride = out.functions.size() * nPoints;
  out.values.resize((derivatives == 0 ? 1 : derivatives == 1 ? 4 : 10) * stride);
  std::vector<double> displacements(3 * static_cast<std::size_t>(nPoints)), scratch(static_cast<std::size_t>(shellScratch(highest)) * nPoints);
  const auto kernel = ANSATZ_SELECT(evaluateShell);
  double* to = out.values.data();
  for (const int s : shells) {
    const CartesianShell& shell = basis.shells[s];
    for (int x = 0; x < nPoints; ++x) {
      displacements[x] = grid.x[first + x] - shell.centre[0];
      displacements[nPoints + x] = grid.y[first + x] - shell.centre[1];
      displacements[2 * static_cast<std::size_t>(nPoints) + x] = grid.z[first + x] - shell.centre[2];
    }
    for (std::size_t part = 0; part < shell.parts.size(); ++part) {
      kernel({shell.parts[part], static_cast<int>(shell.exponents.size()), shell.exponents.data(), shell.coefficients[part].data(), nPoints,
              displacements.data(), derivatives, to, static_cast<long>(stride), scratch.data()});
      to += static_cast<std::size_t>(nCartesian(shell.parts[part])) * nPoints;
    }
  }
}

}  // namespace ansatz
