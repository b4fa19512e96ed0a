#include "slow_ci.hpp"

#include <cstdlib>

namespace ansatz::test {
namespace {

int electrons(Occupation occupation) {
  int count = 0;
  for (int q = 0; q < 64; ++q) count += static_cast<int>((occupation >> q) & 1);
  return count;
}

/** Acts with one ladder operator; the sign, or 0 where nothing is left. */
int act(Occupation& occupation, int ladder) {
  const int q = std::abs(ladder) - 1;
  const bool isOccupied = ((occupation >> q) & 1) != 0;
  if (isOccupied == (ladder > 0)) return 0;
  occupation ^= Occupation{1} << q;
  return electrons(occupation & ((Occupation{1} << q) - 1)) % 2 == 0 ? 1 : -1;
}

}  // namespace

std::vector<Occupation> determinants(int norb, int nalpha, int nbeta) {
  std::vector<Occupation> list;
  for (Occupation a = 0; a < (Occupation{1} << norb); ++a)
    for (Occupation b = 0; electrons(a) == nalpha && b < (Occupation{1} << norb); ++b)
      if (electrons(b) == nbeta) list.push_back(a | (b << norb));
  return list;
}

SlowState stateOf(const std::vector<Occupation>& order, const std::vector<double>& coefficients) {
  SlowState state;
  for (std::size_t i = 0; i < order.size(); ++i) state[order[i]] = coefficients[i];
  return state;
}

std::vector<double> coefficientsOf(const std::vector<Occupation>& order, const SlowState& state) {
  std::vector<double> coefficients;
  for (const Occupation determinant : order) {
    const auto found = state.find(determinant);
    coefficients.push_back(found == state.end() ? 0.0 : found->second);
  }
  return coefficients;
}

double overlap(const SlowState& a, const SlowState& b) {
  double sum = 0.0;
  for (const auto& [determinant, coefficient] : a)
    if (const auto found = b.find(determinant); found != b.end()) sum += coefficient * found->second;
  return sum;
}

void addOperators(const std::vector<int>& operators, double factor, const SlowState& on, SlowState& to) {
  for (const auto& [determinant, coefficient] : on) {
    Occupation target = determinant;
    int sign = 1;
    for (const int ladder : operators)
      if (sign != 0) sign *= act(target, ladder);
    if (sign != 0) to[target] += sign * factor * coefficient;
  }
}

SlowState slowHamiltonian(const Hamiltonian& hamiltonian, const SlowState& state) {
  const int n = hamiltonian.norb;
  SlowState result;
  for (const auto& one : state) {
    const SlowState determinant{one};
    const auto isOccupied = [&](int q) { return ((one.first >> q) & 1) != 0; };
    for (int q = 0; q < 2 * n; ++q) {
      if (!isOccupied(q)) continue;
      const int qSpin = q / n * n;
      for (int p = 0; p < n; ++p) addOperators({-(q + 1), qSpin + p + 1}, hamiltonian.h(p, q % n), determinant, result);
      for (int s = 0; s < 2 * n; ++s) {
        if (s == q || !isOccupied(s)) continue;
        const int sSpin = s / n * n;
        for (int p = 0; p < n; ++p)
          for (int r = 0; r < n; ++r)
            addOperators({-(q + 1), -(s + 1), sSpin + r + 1, qSpin + p + 1}, 0.5 * hamiltonian.g(p, q % n, r, s % n),
                         determinant, result);
      }
    }
  }
  return result;
}

SlowState slowSpinSquare(int norb, int nalpha, int nbeta, const SlowState& state) {
  SlowState raised, result;
  for (int p = 0; p < norb; ++p) addOperators({-(norb + p + 1), p + 1}, 1.0, state, raised);
  for (int p = 0; p < norb; ++p) addOperators({-(p + 1), norb + p + 1}, 1.0, raised, result);
  const double ms = 0.5 * (nalpha - nbeta);
  for (const auto& [determinant, coefficient] : state) result[determinant] += ms * (ms + 1.0) * coefficient;
  return result;
}

}  // namespace ansatz::test
