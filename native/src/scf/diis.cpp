#include "scf/diis.hpp"

#include <cmath>
#include <cstddef>

#include "ansatz/linalg.hpp"

namespace ansatz {

std::vector<Matrix> Diis::extrapolate(std::vector<Matrix> focks, std::vector<Matrix> errors) {
  entries_.push_back({std::move(focks), std::move(errors)});
  products_.emplace_back();
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    double product = 0.0;
    for (std::size_t k = 0; k < entries_[i].errors.size(); ++k) product += dot(entries_[i].errors[k], entries_.back().errors[k]);
    products_.back().push_back(product);
    if (i + 1 < entries_.size()) products_[i].push_back(product);
  }
  if (static_cast<int>(entries_.size()) > capacity_) {
    entries_.pop_front();
    products_.pop_front();
    for (auto& row : products_) row.pop_front();
  }
  std::vector<double> c = coefficients();
  while (c.empty()) {
    entries_.pop_front();
    products_.pop_front();
    for (auto& row : products_) row.pop_front();
    c = coefficients();
  }
  std::vector<Matrix> result = entries_.back().focks;
  for (Matrix& m : result) std::fill(m.data.begin(), m.data.end(), 0.0);
  for (std::size_t i = 0; i < entries_.size(); ++i)
    for (std::size_t k = 0; k < result.size(); ++k)
      for (std::size_t x = 0; x < result[k].data.size(); ++x) result[k].data[x] += c[i] * entries_[i].focks[k].data[x];
  return result;
}

std::vector<double> Diis::coefficients() const {
  const int n = static_cast<int>(entries_.size());
  if (n == 1) return {1.0};
  // scaled by the newest error so that the system stays well conditioned near convergence
  const double scale = products_.back().back();
  if (!(scale > 0.0)) {
    std::vector<double> newest(n, 0.0);
    newest.back() = 1.0;
    return newest;
  }
  Matrix a(n + 1, n + 1);
  std::vector<double> b(n + 1, 0.0);
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j) a(i, j) = products_[i][j] / scale;
    a(i, n) = a(n, i) = -1.0;
  }
  b[n] = -1.0;
  std::vector<double> c = solve(a, b);
  if (c.empty()) return {};
  c.pop_back();
  for (const double x : c)
    if (!std::isfinite(x) || std::abs(x) > 1e8) return {};
  return c;
}

}  // namespace ansatz
