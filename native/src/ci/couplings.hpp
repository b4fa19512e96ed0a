#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "ci/tables.hpp"

namespace ansatz {

/** What E^α_rs is multiplied with next to one E^β_pq. */
struct PairCoupling {
  /** Index of the table that holds its E_rs; noTable where pq couples with nothing. */
  std::size_t table;
  /** By code of the table: (pq|rs), and with the other sign. */
  std::vector<double> coefficients;
  /** Entries of each row with rs ≤ pq, where half of the product is wanted. */
  std::vector<std::uint16_t> count;
};

inline constexpr std::size_t noTable = static_cast<std::size_t>(-1);

/** Products of one-body operators of both spins, sorted by what couples: spatial symmetry leaves most of them out. */
struct Couplings {
  /** One for each class of pairs that integrals connect, at least one for each irreducible representation. */
  std::vector<OneBodyTable> tables;
  /** One for each pq. */
  std::vector<PairCoupling> pairs;
};

/**
 * From the integrals [norb², norb²], symmetric. With `half` only rs ≤ pq, those with rs = pq by one half: the transpose of
 * what comes of it is the rest.
 */
Couplings makeCouplings(const StringSpace& alpha, const std::vector<double>& integrals, bool half, const Control& control);

}  // namespace ansatz
