#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace ansatz {

/** Occupation of the spatial orbitals by electrons of one spin: bit p is orbital p. */
using String = std::uint64_t;

/** Address of a string that is not in a space. */
inline constexpr std::size_t noAddress = static_cast<std::size_t>(-1);

/**
 * All strings of `nelec` electrons in `norb` orbitals in ascending numerical order.
 * Or a chosen part of them, when made from a list. A determinant |Iα Iβ⟩ is Π a†(α, ascending) Π a†(β, ascending)|vac⟩ and has address addressα · size(β) + addressβ.
 */
class StringSpace {
 public:
  StringSpace(int norb, int nelec);
  /** Only these strings, all of `nelec` electrons; sorted and made unique. */
  StringSpace(int norb, int nelec, std::vector<String> strings);

  int norb() const { return norb_; }
  int nelec() const { return nelec_; }
  std::size_t size() const { return strings_.size(); }
  String operator[](std::size_t address) const { return strings_[address]; }

  /**
   * Position of `string`: by the combinatorial number system, Σ_k C(position of the k-th electron, k), or by bisection of
   * a chosen part, where it may be noAddress.
   */
  std::size_t address(String string) const;

 private:
  int norb_;
  int nelec_;
  std::vector<String> strings_;
  std::vector<std::size_t> binomials_;
};

/** C(n, k), saturating at the largest size. */
std::size_t binomial(int n, int k);

/** Sign of a†_p a_q on a string in which q is occupied and p is empty or p = q: −1 to the electrons between them. */
int excitationSign(String string, int p, int q);

/** Orbitals occupied in `string`, ascending. */
std::vector<int> occupied(String string);

}  // namespace ansatz
