#include "mp2/pair_density.hpp"

#include <algorithm>

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
  const auto part = [](const std::vector<double>& v, std::size_t first, int rows, int columns) {
    Matrix m(rows, columns);
    std::copy_n(v.begin() + first, m.data.size(), m.data.begin());
    return m;
  };
  const int width = nVirtual * nPartner;
  addTo(occupied, -1.0, multiply(part(x, 0, nOccupied, width), transpose(part(y, 0, nOccupied, width))));
  for (int i = 0; i < nOccupied; ++i) {
    const std::size_t first = static_cast<std::size_t>(i) * width;
    addTo(virtuals, 1.0, multiply(part(x, first, nVirtual, nPartner), transpose(part(y, first, nVirtual, nPartner))));
  }
}

}  // namespace ansatz
