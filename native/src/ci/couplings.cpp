#include "ci/couplings.hpp"

#include <cmath>
#include <numeric>

namespace ansatz {
namespace {

/** Spatial symmetry makes integrals vanish up to rounding, some 1e-13 Hartree; those that count start far above. */
constexpr double negligible = 1e-12;

/** For each pq the first pair of its class, the pairs connected by integrals; noTable where pq has none. */
std::vector<std::size_t> pairClasses(std::size_t n2, const std::vector<double>& integrals) {
  std::vector<std::size_t> parent(n2);
  std::iota(parent.begin(), parent.end(), std::size_t{0});
  const auto root = [&](std::size_t pq) {
    while (parent[pq] != pq) pq = parent[pq] = parent[parent[pq]];
    return pq;
  };
  std::vector<bool> coupled(n2, false);
  for (std::size_t pq = 0; pq < n2; ++pq)
    for (std::size_t rs = 0; rs < n2; ++rs) {
      if (std::abs(integrals[pq * n2 + rs]) < negligible) continue;
      coupled[pq] = coupled[rs] = true;
      parent[root(pq)] = root(rs);
    }
  std::vector<std::size_t> classes(n2);
  for (std::size_t pq = 0; pq < n2; ++pq) classes[pq] = coupled[pq] ? root(pq) : noTable;
  return classes;
}

std::vector<double> coefficients(std::size_t pq, std::size_t n2, const std::vector<double>& integrals, bool half) {
  std::vector<double> row(2 * n2);
  for (std::size_t rs = 0; rs < n2; ++rs) {
    row[rs] = (half && rs == pq ? 0.5 : 1.0) * integrals[pq * n2 + rs];
    row[rs + n2] = -row[rs];
  }
  return row;
}

}  // namespace

Couplings makeCouplings(const StringSpace& alpha, const std::vector<double>& integrals, bool half, const Control& control) {
  const auto norb = static_cast<std::size_t>(alpha.norb());
  const std::size_t n2 = norb * norb;
  const std::vector<std::size_t> classes = pairClasses(n2, integrals);
  Couplings result;
  std::vector<std::size_t> tableOf(n2, noTable);
  for (std::size_t pq = 0; pq < n2; ++pq) {
    if (classes[pq] != pq) continue;
    std::vector<bool> wanted(n2);
    for (std::size_t rs = 0; rs < n2; ++rs) wanted[rs] = classes[rs] == pq;
    tableOf[pq] = result.tables.size();
    result.tables.push_back(oneBodyTable(alpha, wanted, control));
  }
  for (std::size_t pq = 0; pq < n2; ++pq) {
    control.check();
    PairCoupling pair{classes[pq] == noTable ? noTable : tableOf[classes[pq]], {}, {}};
    if (pair.table != noTable) {
      pair.coefficients = coefficients(pq, n2, integrals, half);
      if (half) pair.count = result.tables[pair.table].countUpTo(pq, norb);
    }
    result.pairs.push_back(std::move(pair));
  }
  return result;
}

}  // namespace ansatz
