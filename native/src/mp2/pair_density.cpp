#include "mp2/pair_density.hpp"

#include "ansatz/linalg.hpp"

namespace ansatz {
namespace {

void addTo(Matrix& sum, double factor, const Matrix& term) {
  for (std::size_t k = 0; k < sum.data.size(); ++k) sum.data[k] += factor * term.data[k];
}

}  // namespace

void PairDensity::add(int nPartner, const std::vector<double>& x, const std::vector<double>& y) {
  const int nOccupied = occupied.rows;
  const int nVirtual = virtuals.rows;
  const auto byOccupied = [&](const std::vector<double>& v) {
    Matrix m(nOccupied, nPartner * nVirtual);
    for (int b = 0; b < nPartner; ++b)
      for (int i = 0; i < nOccupied; ++i)
        for (int a = 0; a < nVirtual; ++a)
          m(i, b * nVirtual + a) = v[(static_cast<std::size_t>(b) * nOccupied + i) * nVirtual + a];
    return m;
  };
  const auto byVirtual = [&](const std::vector<double>& v) {
    Matrix m(nPartner * nOccupied, nVirtual);
    m.data = v;
    return m;
  };
  addTo(occupied, -1.0, multiply(byOccupied(x), transpose(byOccupied(y))));
  addTo(virtuals, 1.0, multiply(transpose(byVirtual(x)), byVirtual(y)));
}

}  // namespace ansatz
