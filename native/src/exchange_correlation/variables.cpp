#include "exchange_correlation/variables.hpp"

namespace ansatz {
namespace {

/** Adds what slopes by σ make with gradients: of a closed shell 2 vσ ∇ρ, of a spin 2 vσσ ∇ρσ + vσσ' ∇ρσ'. */
void addGradientFactors(const Slopes& slopes, const std::vector<DensityOnPoints>& d, std::size_t spin, bool isClosed, const double* w,
                        Factors& to) {
  const std::size_t n = to.value.size();
  for (int k = 0; k < 3; ++k)
    for (std::size_t x = 0; x < n; ++x) {
      if (isClosed) {
        to.gradient[k][x] += 4.0 * w[x] * slopes[1][x] * d[0].gradient[k][x];
        continue;
      }
      const double own = slopes[spin == 0 ? 2 : 4][x];
      to.gradient[k][x] += w[x] * (2.0 * own * d[spin].gradient[k][x] + slopes[3][x] * d[1 - spin].gradient[k][x]);
    }
}

Factors emptyFactors(int n) {
  const std::vector<double> zeros(n, 0.0);
  return {zeros, zeros, {zeros, zeros, zeros}};
}

}  // namespace

Factors factorsOf(const Functional& functional, const Slopes& slopes, const std::vector<DensityOnPoints>& d, std::size_t spin,
                  bool isClosed, const double* w, const Slopes* before, const std::vector<DensityOnPoints>* c) {
  const int n = static_cast<int>(slopes[0].size());
  Factors factors = emptyFactors(n);
  for (int x = 0; x < n; ++x) factors.value[x] = w[x] * slopes[isClosed ? 0 : spin][x];
  if (functional.ingredients == Ingredients::density) return factors;
  addGradientFactors(slopes, d, spin, isClosed, w, factors);
  if (before) addGradientFactors(*before, *c, spin, isClosed, w, factors);
  if (functional.ingredients == Ingredients::kineticEnergy)
    for (int x = 0; x < n; ++x) factors.kinetic[x] = 0.5 * w[x] * slopes[isClosed ? 2 : 5 + spin][x];
  return factors;
}

}  // namespace ansatz
