#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "ansatz/direct_ci.hpp"
#include "ci/kernels.hpp"

namespace ansatz {

/** Same-spin part of the Hamiltonian over the strings of one spin. */
struct SameSpinMatrix {
  std::vector<std::uint64_t> start;
  std::vector<std::uint32_t> column;
  std::vector<double> value;
  SparseRows rows() const { return {start.size() - 1, start.data(), column.data(), value.data()}; }
};

/** Some E_rs: row I lists the strings J with ⟨I|E_rs|J⟩ = ±1 by rising rs; code = rs, + norb² where the sign is −. */
struct OneBodyTable {
  std::vector<std::uint32_t> start;
  std::vector<std::uint32_t> entry;

  CodedRows rows() const { return {start.size() - 1, start.data(), entry.data(), nullptr}; }
  /** The first count[I] entries of each row only. */
  CodedRows rows(const std::vector<std::uint16_t>& count) const {
    return {start.size() - 1, start.data(), entry.data(), count.data()};
  }
  /** Entries of each row with rs ≤ pq. */
  std::vector<std::uint16_t> countUpTo(std::size_t pq, std::size_t norb) const;
};

/** The nonzero elements of one E_pq, ascending by target. */
struct Transitions {
  std::vector<std::uint32_t> target;
  std::vector<std::uint32_t> source;
  std::vector<double> sign;
};

/** ⟨I|H|I⟩ of one string: one-electron part and Coulomb less exchange. */
double stringEnergy(const Hamiltonian& hamiltonian, String string);
/** ⟨I|H|J⟩ between different strings of one spin: zero beyond double excitations. */
double stringElement(const Hamiltonian& hamiltonian, String target, String source);

SameSpinMatrix sameSpinMatrix(const Hamiltonian& hamiltonian, const StringSpace& space, const Control& control);
/** The E_rs that `wanted` names, [norb²]. */
OneBodyTable oneBodyTable(const StringSpace& space, const std::vector<bool>& wanted, const Control& control);
/** One list for each p · norb + q. */
std::vector<Transitions> transitionLists(const StringSpace& space);

}  // namespace ansatz
