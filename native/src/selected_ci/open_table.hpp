#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace ansatz {

/** Spreads the bits of a key (the finaliser of SplitMix64). */
inline std::uint64_t spread(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

inline constexpr std::uint32_t nowhere = 0xffffffffu;

/** Numbers by 64-bit key: open addressing, of a size that is known when it is made. */
class OpenTable {
 public:
  explicit OpenTable(std::size_t count = 0)
      : mask_(std::bit_ceil(2 * count + 2) - 1), keys_(mask_ + 1), values_(mask_ + 1, nowhere) {}

  void insert(std::uint64_t key, std::uint32_t value) {
    std::size_t place = spread(key) & mask_;
    while (values_[place] != nowhere) place = (place + 1) & mask_;
    keys_[place] = key;
    values_[place] = value;
  }

  /** nowhere where there is none. */
  std::uint32_t find(std::uint64_t key) const {
    std::size_t place = spread(key) & mask_;
    while (values_[place] != nowhere && keys_[place] != key) place = (place + 1) & mask_;
    return values_[place];
  }

  std::size_t bytes() const { return keys_.size() * 12; }

 private:
  std::size_t mask_;
  std::vector<std::uint64_t> keys_;
  std::vector<std::uint32_t> values_;
};

}  // namespace ansatz
