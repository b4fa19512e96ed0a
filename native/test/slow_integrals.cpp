#include "slow_integrals.hpp"

#include <algorithm>
#include <utility>

#include "random_shells.hpp"

namespace ansatz::test {

SlowIntegrals::SlowIntegrals(const CartesianBasis& basis)
    : n_(static_cast<std::size_t>(basis.nCartesian)), values_(n_ * n_ * n_ * n_) {
  std::vector<Function> functions(n_);
  for (const CartesianShell& shell : basis.shells) {
    const std::vector<Function> own = functionsOf(shell);
    std::copy(own.begin(), own.end(), functions.begin() + shell.offset);
  }
  for (std::size_t a = 0; a < n_; ++a)
    for (std::size_t b = 0; b <= a; ++b)
      for (std::size_t c = 0; c < n_; ++c)
        for (std::size_t d = 0; d <= c; ++d) {
          const double value = slowRepulsion(functions[a], functions[b], functions[c], functions[d]);
          for (const auto& [i, j] : {std::pair{a, b}, {b, a}})
            for (const auto& [k, l] : {std::pair{c, d}, {d, c}}) values_[((i * n_ + j) * n_ + k) * n_ + l] = value;
        }
}

std::vector<double> SlowIntegrals::cloud(const std::vector<double>& x, const std::vector<double>& y) const {
  std::vector<double> sum(n_ * n_);
  for (std::size_t a = 0; a < n_; ++a)
    for (std::size_t b = 0; b < n_; ++b)
      for (std::size_t cd = 0; cd < n_ * n_; ++cd) sum[cd] += x[a] * y[b] * values_[(a * n_ + b) * n_ * n_ + cd];
  return sum;
}

}  // namespace ansatz::test
