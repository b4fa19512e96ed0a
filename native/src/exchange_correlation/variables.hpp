#pragma once
#include <algorithm>
#include <array>
#include <vector>

#include "exchange_correlation/block_worker.hpp"

namespace ansatz {

/** Variables of the functional at the points of a block, and what comes of them. */
class Variables {
 public:
  Variables(const Functional& functional, int nPoints, bool isClosed)
      : functional_(functional), n_(nPoints), isClosed_(isClosed), count_(functional.nVariables(isClosed)) {}

  std::vector<std::vector<double>> of(const std::vector<DensityOnPoints>& d) const {
    std::vector<std::vector<double>> values(count_, std::vector<double>(n_));
    const auto spinRho = [&](std::size_t s, int x) { return std::max(0.0, d[s].rho[x]); };
    for (int x = 0; x < n_; ++x) {
      if (isClosed_) values[0][x] = 2.0 * spinRho(0, x);
      else
        for (int s = 0; s < 2; ++s) values[s][x] = spinRho(s, x);
    }
    if (functional_.ingredients == Ingredients::density) return values;
    fill(values, isClosed_ ? 1 : 2, d, d, 1.0);
    if (functional_.ingredients == Ingredients::kineticEnergy) fillKinetic(values, d);
    return values;
  }

  /** Of changes c of densities d. */
  std::vector<std::vector<double>> changesOf(const std::vector<DensityOnPoints>& d, const std::vector<DensityOnPoints>& c) const {
    std::vector<std::vector<double>> values(count_, std::vector<double>(n_));
    for (int x = 0; x < n_; ++x) {
      if (isClosed_) values[0][x] = 2.0 * c[0].rho[x];
      else
        for (int s = 0; s < 2; ++s) values[s][x] = c[s].rho[x];
    }
    if (functional_.ingredients == Ingredients::density) return values;
    fill(values, isClosed_ ? 1 : 2, d, c, 2.0);
    if (functional_.ingredients == Ingredients::kineticEnergy) fillKinetic(values, c);
    return values;
  }

 private:
  /** Products of gradients: factor · a·b, and of two spins the symmetric half of it. */
  void fill(std::vector<std::vector<double>>& values, int at, const std::vector<DensityOnPoints>& a, const std::vector<DensityOnPoints>& b,
            double factor) const {
    for (int x = 0; x < n_; ++x) {
      const auto product = [&](std::size_t s, std::size_t t) {
        double sum = 0.0;
        for (int k = 0; k < 3; ++k) sum += a[s].gradient[k][x] * b[t].gradient[k][x];
        return sum;
      };
      if (isClosed_) {
        values[at][x] = 4.0 * factor * product(0, 0);
        continue;
      }
      values[at][x] = factor * product(0, 0);
      values[at + 1][x] = 0.5 * factor * (product(0, 1) + product(1, 0));
      values[at + 2][x] = factor * product(1, 1);
    }
  }

  void fillKinetic(std::vector<std::vector<double>>& values, const std::vector<DensityOnPoints>& d) const {
    for (int x = 0; x < n_; ++x) {
      if (isClosed_) values[2][x] = 2.0 * d[0].tau[x];
      else
        for (int s = 0; s < 2; ++s) values[5 + s][x] = d[s].tau[x];
    }
  }

  const Functional& functional_;
  int n_;
  bool isClosed_;
  int count_;
};

template <class Pointer, class Arrays>
std::vector<Pointer> pointers(Arrays& arrays) {
  std::vector<Pointer> result;
  for (auto& array : arrays) result.push_back(array.data());
  return result;
}

/** Of the energy density by each variable, [variable][point]. */
using Slopes = std::vector<std::vector<double>>;

/** What stands before ∇(χμχν) is `slopes` with the gradients of d and, where there is one, `before` with those of c. */
Factors factorsOf(const Functional& functional, const Slopes& slopes, const std::vector<DensityOnPoints>& d, std::size_t spin,
                  bool isClosed, const double* w, const Slopes* before = nullptr, const std::vector<DensityOnPoints>* c = nullptr);

}  // namespace ansatz
