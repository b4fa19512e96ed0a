#include "ansatz/avas.hpp"

#include <cmath>
#include <initializer_list>

#include "ansatz/linalg.hpp"

namespace ansatz {
namespace {

Matrix columnRange(const Matrix& m, int first, int last) {
  Matrix part(m.rows, last - first);
  for (int i = 0; i < m.rows; ++i)
    for (int j = first; j < last; ++j) part(i, j - first) = m(i, j);
  return part;
}

/** Orbitals that diagonalise the Fock matrix within the columns of `c`, by rising energy. */
Matrix semicanonical(const Matrix& c, const Matrix& fock) {
  return c.cols == 0 ? c : multiply(c, eigh(congruence(c, fock)).vectors);
}

/** s^(−1/2) */
Matrix inverseRoot(const Matrix& s) {
  const Eigen eigen = eigh(s);
  Matrix scaled = eigen.vectors;
  for (int i = 0; i < s.rows; ++i)
    for (int k = 0; k < s.rows; ++k) scaled(i, k) /= std::sqrt(eigen.values[k]);
  return multiply(scaled, transpose(eigen.vectors));
}

struct Split {
  /** Weights of the projection, falling. */
  std::vector<double> weights;
  Matrix active;
  Matrix rest;
};

/** Rotates the columns of `c` to eigenvectors of the projection and parts them at the threshold. */
Split split(const Matrix& c, const Matrix& projection, double threshold) {
  if (c.cols == 0) return {{}, c, c};
  const Matrix a = multiply(projection, c);
  const Eigen eigen = eigh(multiply(transpose(a), a));
  const Matrix rotated = multiply(c, eigen.vectors);
  Split result{{eigen.values.rbegin(), eigen.values.rend()}, {}, {}};
  int nRest = 0;
  while (nRest < c.cols && eigen.values[nRest] <= threshold) ++nRest;
  result.rest = columnRange(rotated, 0, nRest);
  result.active = columnRange(rotated, nRest, c.cols);
  return result;
}

}  // namespace

AvasSpace avas(const AvasProblem& problem) {
  const Matrix& c = problem.orbitals;
  const int nOccupied = problem.nDouble + problem.nSingle;
  const Matrix projection = multiply(inverseRoot(problem.targetOverlap), problem.crossOverlap);
  Split occupied = split(columnRange(c, 0, problem.nDouble), projection, problem.threshold);
  Split virtuals = split(columnRange(c, nOccupied, c.cols), projection, problem.threshold);
  const Matrix single = columnRange(c, problem.nDouble, nOccupied);
  AvasSpace result{std::move(occupied.weights), std::move(virtuals.weights), Matrix(c.rows, c.cols)};
  int first = 0;
  for (const Matrix* part : std::initializer_list<const Matrix*>{&occupied.rest, &occupied.active, &single, &virtuals.active, &virtuals.rest}) {
    const Matrix block = semicanonical(*part, problem.fock);
    for (int i = 0; i < block.rows; ++i)
      for (int j = 0; j < block.cols; ++j) result.orbitals(i, first + j) = block(i, j);
    first += block.cols;
  }
  return result;
}

}  // namespace ansatz
