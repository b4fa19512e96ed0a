#pragma once
#include <array>
#include <string_view>
#include <vector>

#include "coupled_cluster/products.hpp"

namespace ansatz {

/** Occupied and virtual orbitals of α and of β. */
struct SpinSpace {
  std::array<int, 2> nOccupied{}, nVirtual{};
};

/**
 * A tensor over spin orbitals in blocks, one for each pattern of spins that it has: bit k of a pattern is the spin of index k, 0 for α. Indices
 * i to o are occupied, a to h virtual.
 */
class SpinTensor {
 public:
  /** Zeros in the blocks that conserve spin: as many β among the first half of the indices as among the second. */
  SpinTensor(const SpinSpace& space, std::string_view indices);
  /** Only the patterns of these. */
  SpinTensor(const SpinSpace& space, std::string_view indices, const std::vector<int>& patterns);

  int rank() const { return static_cast<int>(occupied_.size()); }
  int size(int index, int pattern) const { return (occupied_[index] ? space_.nOccupied : space_.nVirtual)[(pattern >> index) & 1]; }
  const std::vector<int>& patterns() const { return patterns_; }
  bool has(int pattern) const { return has_[pattern]; }
  std::vector<double>& block(int pattern) { return blocks_[pattern]; }
  const std::vector<double>& block(int pattern) const { return blocks_[pattern]; }
  /** [first][second] of a block of four indices: where its last two begin. */
  const double* matrix(int pattern, int first, int second) const {
    return blocks_[pattern].data() +
           (static_cast<std::size_t>(first) * size(1, pattern) + second) * size(2, pattern) * size(3, pattern);
  }
  void clear();

 private:
  SpinSpace space_;
  std::vector<bool> occupied_;
  std::vector<int> patterns_;
  std::array<bool, 16> has_{};
  std::array<std::vector<double>, 16> blocks_;
};

/** αα and ββ and, of the pairs that hold one of each, αβ: the blocks that the others follow from by antisymmetry. */
inline const std::vector<int> ordered{0b0000, 0b1111, 0b1010};

/** A tensor under the names of its indices. */
struct Named {
  const SpinTensor& tensor;
  std::string_view indices;
};

/**
 * to[indices] += factor Σ x y over the indices that both have and `to` has not, in every block of `to`. Of a `pair` of them, in which both x
 * and y are antisymmetric, the order βα is left out and αβ counted twice. Throws Cancelled.
 */
void addContraction(SpinTensor& to, std::string_view indices, double factor, const Named& x, const Named& y, const Workers& workers,
                    std::string_view pair = "");

/** to[indices] += factor x[its indices], in every block of `to` that x has. */
void addPermuted(SpinTensor& to, std::string_view indices, double factor, const Named& x);

/** Of an antisymmetric tensor of four indices the blocks that follow from the ordered ones. */
void completeOrders(SpinTensor& tensor);

}  // namespace ansatz
