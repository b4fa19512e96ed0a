#pragma once
#include <array>
#include <cstddef>
#include <vector>

#include "ansatz/matrix.hpp"

namespace ansatz {

using Point = std::array<double, 3>;

/** Nuclei, ghost centres (charge 0) or external point charges; positions in bohr. */
struct PointCharge {
  Point position;
  double charge;
};

/**
 * A contracted Gaussian shell as it stands in a basis set file.
 *
 * Coefficients refer to normalised primitives; the contracted functions are normalised to self-overlap 1 by the engine,
 * each Cartesian component for itself.
 */
struct Shell {
  int l;
  /** Real solid harmonics (2l+1 functions) instead of Cartesian ones ((l+1)(l+2)/2); no difference for l < 2. */
  bool pure;
  int atom;
  Point centre;
  std::vector<double> exponents;
  std::vector<double> coefficients;
};

constexpr int nCartesian(int l) { return (l + 1) * (l + 2) / 2; }
inline int nFunctions(const Shell& shell) { return shell.pure && shell.l > 1 ? 2 * shell.l + 1 : nCartesian(shell.l); }

/** Coefficient of a Cartesian function of the integral engine in a basis function. */
struct CartesianTerm {
  int cartesian;
  double coefficient;
};

/** A shell of the integral engine: one or more angular momenta that share exponents (an s and a p part make an sp shell). */
struct CartesianShell {
  int atom;
  Point centre;
  std::vector<double> exponents;
  /** Angular momenta of the parts, rising. */
  std::vector<int> parts;
  /** [part][primitive], with the norm of the (l,0,0) function. */
  std::vector<std::vector<double>> coefficients;
  /** Index of its first function among the Cartesian functions. */
  int offset;
};

/**
 * A basis set as the integral engine sees it: Cartesian functions, every one with the norm of its (l,0,0) sibling, and the
 * linear map from them to the basis functions. The order of basis functions is that of the shells given; within a shell
 * p is x, y, z, Cartesian d is xx, xy, xz, yy, yz, zz and so on, pure is m = -l … l.
 */
struct CartesianBasis {
  std::vector<CartesianShell> shells;
  /** One list a basis function. */
  std::vector<std::vector<CartesianTerm>> functions;
  /** Atom of each basis function. */
  std::vector<int> atoms;
  int nCartesian = 0;

  int nBasis() const { return static_cast<int>(functions.size()); }
};

/** Merges s and p shells of one centre with equal exponents and normalises; cost negligible. */
CartesianBasis makeCartesianBasis(const std::vector<Shell>& shells);

/** Density-like matrix (contravariant) from basis functions to Cartesian ones: Tᵀ D T. */
Matrix toCartesian(const CartesianBasis& basis, const Matrix& density);

/** Integral matrix (covariant) from Cartesian functions to basis functions: T F Tᵀ. */
Matrix fromCartesian(const CartesianBasis& basis, const Matrix& integrals);

}  // namespace ansatz
