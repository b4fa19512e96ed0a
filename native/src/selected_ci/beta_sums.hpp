#pragma once
#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "selected_ci/open_table.hpp"

namespace ansatz {

/** Sums by β string, one a state: an open table that grows and is emptied for the next α string. */
class BetaSums {
 public:
  /** `free`: a key that is no β string. */
  BetaSums(std::size_t nroots, std::uint64_t free) : nroots_(nroots), free_(free) { resize(1024); }

  void add(std::uint64_t key, double factor, const double* c) {
    double* here = at(key);
    for (std::size_t k = 0; k < nroots_; ++k) here[k] += factor * c[k];
  }

  /** Sets the sums of a key to zero. */
  void drop(std::uint64_t key) {
    double* here = at(key);
    for (std::size_t k = 0; k < nroots_; ++k) here[k] = 0.0;
  }

  /** Calls body(key, sums) in the order in which keys came. */
  template <class Body>
  void each(const Body& body) const {
    for (const std::uint32_t place : used_) body(key(place), sums(place));
  }

  void clear() {
    for (const std::uint32_t place : used_) setKey(place, free_);
    used_.clear();
  }

 private:
  // A key lies beside its sums: one line of the cache for both.
  std::uint64_t key(std::size_t place) const { return std::bit_cast<std::uint64_t>(entries_[place * width()]); }
  void setKey(std::size_t place, std::uint64_t key) { entries_[place * width()] = std::bit_cast<double>(key); }
  const double* sums(std::size_t place) const { return entries_.data() + place * width() + 1; }
  double* sums(std::size_t place) { return entries_.data() + place * width() + 1; }
  std::size_t width() const { return nroots_ + 1; }

  double* at(std::uint64_t wanted) {
    std::size_t place = spread(wanted) & mask_;
    while (key(place) != wanted) {
      if (key(place) == free_) {
        if (2 * (used_.size() + 1) > mask_) {
          grow();
          return at(wanted);
        }
        setKey(place, wanted);
        for (std::size_t k = 0; k < nroots_; ++k) sums(place)[k] = 0.0;
        used_.push_back(static_cast<std::uint32_t>(place));
        break;
      }
      place = (place + 1) & mask_;
    }
    return sums(place);
  }

  void resize(std::size_t capacity) {
    mask_ = capacity - 1;
    entries_.resize(capacity * width());
    for (std::size_t place = 0; place < capacity; ++place) setKey(place, free_);
  }

  void grow() {
    BetaSums larger(nroots_, free_);
    larger.resize(2 * (mask_ + 1));
    each([&](std::uint64_t key, const double* from) { std::copy(from, from + nroots_, larger.at(key)); });
    *this = std::move(larger);
  }

  std::size_t nroots_;
  std::uint64_t free_;
  std::size_t mask_ = 0;
  std::vector<double> entries_;
  std::vector<std::uint32_t> used_;
};

}  // namespace ansatz
