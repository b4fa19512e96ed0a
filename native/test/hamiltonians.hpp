#pragma once
#include <array>
#include <cmath>

#include "ansatz/hamiltonian.hpp"
#include "random.hpp"

namespace ansatz::test {

/** Integrals with the symmetries of real orbitals; keep(p, q) says which pairs have any. */
template <class Keep>
Hamiltonian symmetricIntegrals(Random& random, int n, const Keep& keep) {
  const auto size = static_cast<std::size_t>(n);
  Hamiltonian h{n, 0.25, std::vector<double>(size * size), std::vector<double>(size * size * size * size)};
  const auto at = [&](int p, int q, int r, int s) -> double& {
    return h.twoBody[static_cast<std::size_t>(((p * n + q) * n + r) * n + s)];
  };
  for (int p = 0; p < n; ++p)
    for (int q = 0; q <= p; ++q) {
      if (keep(p, q, 0, 0)) h.oneBody[static_cast<std::size_t>(p * n + q)] = h.oneBody[static_cast<std::size_t>(q * n + p)] = random.between(-1.0, 1.0);
      for (int r = 0; r < n; ++r)
        for (int s = 0; s <= r; ++s) {
          if (r * n + s > p * n + q || !keep(p, q, r, s)) continue;
          const double value = random.between(-0.5, 0.5);
          for (const auto& [a, b, c, d] : {std::array{p, q, r, s}, {r, s, p, q}})
            at(a, b, c, d) = at(b, a, c, d) = at(a, b, d, c) = at(b, a, d, c) = value;
        }
    }
  return h;
}

inline Hamiltonian randomHamiltonian(Random& random, int n) {
  return symmetricIntegrals(random, n, [](int, int, int, int) { return true; });
}

/** Of orbitals of two symmetries in turn: products of an odd number of odd ones vanish. */
inline Hamiltonian blockHamiltonian(Random& random, int n) {
  return symmetricIntegrals(random, n, [](int p, int q, int r, int s) { return (p + q + r + s) % 2 == 0; });
}

/** Orbital energies that rise and integrals that do not overwhelm them, as in a molecule. */
inline Hamiltonian molecularHamiltonian(Random& random, int n) {
  Hamiltonian h = randomHamiltonian(random, n);
  for (double& value : h.twoBody) value *= 0.15;
  for (double& value : h.oneBody) value *= 0.1;
  for (int p = 0; p < n; ++p) h.oneBody[static_cast<std::size_t>(p * n + p)] += -2.0 + 0.6 * p;
  return h;
}

}  // namespace ansatz::test
