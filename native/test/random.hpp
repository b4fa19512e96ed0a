#pragma once
#include <random>
#include <vector>

namespace ansatz::test {

/** Seeded numbers: every run tests the same. */
class Random {
 public:
  double between(double low, double high) { return std::uniform_real_distribution<double>(low, high)(engine_); }
  int below(int n) { return std::uniform_int_distribution<int>(0, n - 1)(engine_); }
  std::vector<double> vector(std::size_t n) {
    std::vector<double> values(n);
    for (double& value : values) value = between(-1.0, 1.0);
    return values;
  }

 private:
  std::mt19937 engine_{20261122};
};

}  // namespace ansatz::test
