#include "random_shells.hpp"

#include <cmath>
#include <utility>

namespace ansatz::test {

std::vector<CartesianShell> randomShells(Random& random, const std::vector<int>& parts, int count) {
  std::vector<CartesianShell> shells;
  for (int i = 0; i < count; ++i) {
    CartesianShell shell{0, {0, 0, 0}, {}, parts, {}, 0};
    if (random.below(4) > 0)
      for (double& x : shell.centre) x = random.between(-1.5, 1.5);
    for (int k = random.below(3); k >= 0; --k) shell.exponents.push_back(std::pow(10.0, random.between(-1.0, 1.3)));
    for (std::size_t part = 0; part < parts.size(); ++part) {
      shell.coefficients.emplace_back();
      for (std::size_t k = 0; k < shell.exponents.size(); ++k) shell.coefficients.back().push_back(random.between(0.2, 1.0));
    }
    shells.push_back(std::move(shell));
  }
  return shells;
}

std::vector<Function> functionsOf(const CartesianShell& shell) {
  std::vector<Function> functions;
  for (int part = 0; part < static_cast<int>(shell.parts.size()); ++part)
    for (int f = 0; f < nCartesian(shell.parts[part]); ++f)
      functions.push_back({&shell, part, cartesianPowers(shell.parts[part], f)});
  return functions;
}

}  // namespace ansatz::test
