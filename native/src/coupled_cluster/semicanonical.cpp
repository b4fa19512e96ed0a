#include "coupled_cluster/semicanonical.hpp"

#include "ansatz/linalg.hpp"

namespace ansatz {
namespace {

Matrix fockMatrix(const Hamiltonian& h, int nOccupied) {
  Matrix f(h.norb, h.norb);
  f.data = h.oneBody;
  for (int p = 0; p < h.norb; ++p)
    for (int q = 0; q < h.norb; ++q)
      for (int k = 0; k < nOccupied; ++k) f(p, q) += 2.0 * h.g(p, q, k, k) - h.g(p, k, k, q);
  return f;
}

/** Columns: the eigenvectors of both diagonal blocks. */
Matrix rotation(const Matrix& fock, int nOccupied, const Control& control) {
  Matrix result(fock.rows, fock.rows);
  for (const auto& [first, last] : {std::pair{0, nOccupied}, {nOccupied, fock.rows}}) {
    Matrix block(last - first, last - first);
    for (int p = first; p < last; ++p) std::copy_n(fock.row(p) + first, last - first, block.row(p - first));
    const Eigen eigen = eigh(block, control);
    for (int p = first; p < last; ++p) std::copy_n(eigen.vectors.row(p - first), last - first, result.row(p) + first);
  }
  return result;
}

/** Each index in turn: the last becomes an orbital and the first. */
std::vector<double> rotated(std::vector<double> tensor, const Matrix& c, const Control& control) {
  const int n = c.rows;
  const int rest = static_cast<int>(tensor.size() / n);
  const Matrix rows = transpose(c);
  for (int index = 0; index < 4; ++index) {
    Matrix m(n, rest);
    m.data = std::move(tensor);
    tensor = transpose(multiply(rows, m, control)).data;
  }
  return tensor;
}

}  // namespace

Reference semicanonical(const Hamiltonian& h, int nOccupied, const Control& control) {
  const int n = h.norb;
  const OrbitalPairs space{nOccupied, n - nOccupied};
  const Matrix fock = fockMatrix(h, nOccupied);
  const Matrix c = rotation(fock, nOccupied, control);
  const Matrix f = congruence(c, fock, control);
  const std::vector<double> g = rotated(h.twoBody, c, control);
  Reference result{h.coreEnergy, {PairMatrix(space, space), {}, {}, Matrix(nOccupied, n - nOccupied)}};
  ClosedShellProblem& problem = result.problem;
  for (int i = 0; i < nOccupied; ++i) result.energy += h.h(i, i) + fock(i, i);
  for (int p = 0; p < n; ++p) (p < nOccupied ? problem.occupiedEnergies : problem.virtualEnergies).push_back(f(p, p));
  for (int i = 0; i < nOccupied; ++i)
    for (int a = nOccupied; a < n; ++a) problem.fock(i, a - nOccupied) = f(i, a);
  const auto width = static_cast<std::size_t>(n);
  for (int p = 0; p < n; ++p)
    for (int q = 0; q <= p; ++q) {
      double* row = problem.integrals.row(space.of(p, q));
      for (int r = 0; r < n; ++r)
        for (int s = 0; s <= r; ++s) row[space.of(r, s)] = g[((p * width + q) * width + r) * width + s];
    }
  return result;
}

}  // namespace ansatz
