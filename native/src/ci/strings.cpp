#include "ansatz/strings.hpp"

#include <algorithm>
#include <bit>
#include <limits>

namespace ansatz {

std::size_t binomial(int n, int k) {
  if (k < 0 || k > n) return 0;
  constexpr std::size_t largest = std::numeric_limits<std::size_t>::max();
  std::size_t value = 1;
  for (int i = 1; i <= k; ++i) {
    const auto factor = static_cast<std::size_t>(n - k + i);
    if (value > largest / factor) return largest;
    value = value * factor / static_cast<std::size_t>(i);
  }
  return value;
}

StringSpace::StringSpace(int norb, int nelec) : norb_(norb), nelec_(nelec) {
  binomials_.resize(static_cast<std::size_t>((norb + 1) * (nelec + 1)));
  for (int n = 0; n <= norb; ++n)
    for (int k = 0; k <= nelec; ++k) binomials_[static_cast<std::size_t>(n * (nelec + 1) + k)] = binomial(n, k);
  const std::size_t count = binomial(norb, nelec);
  strings_.reserve(count);
  String s = (String{1} << nelec) - 1;
  for (std::size_t i = 0; i < count; ++i) {
    strings_.push_back(s);
    if (s == 0) break;
    // The next larger number with as many bits set.
    const String lowest = s & (~s + 1);
    const String ripple = s + lowest;
    s = (((ripple ^ s) >> 2) >> std::countr_zero(lowest)) | ripple;
  }
}

StringSpace::StringSpace(int norb, int nelec, std::vector<String> strings)
    : norb_(norb), nelec_(nelec), strings_(std::move(strings)) {
  std::sort(strings_.begin(), strings_.end());
  strings_.erase(std::unique(strings_.begin(), strings_.end()), strings_.end());
}

std::size_t StringSpace::address(String string) const {
  if (binomials_.empty()) {
    const auto found = std::lower_bound(strings_.begin(), strings_.end(), string);
    const bool here = found != strings_.end() && *found == string;
    return here ? static_cast<std::size_t>(found - strings_.begin()) : noAddress;
  }
  std::size_t rank = 0;
  for (int k = 1; string != 0; ++k, string &= string - 1)
    rank += binomials_[static_cast<std::size_t>(std::countr_zero(string) * (nelec_ + 1) + k)];
  return rank;
}

int excitationSign(String string, int p, int q) {
  const int low = p < q ? p : q;
  const int high = p < q ? q : p;
  if (high - low < 2) return 1;
  const String between = ((String{1} << (high - low - 1)) - 1) << (low + 1);
  return std::popcount(string & between) % 2 == 0 ? 1 : -1;
}

std::vector<int> occupied(String string) {
  std::vector<int> orbitals;
  for (; string != 0; string &= string - 1) orbitals.push_back(std::countr_zero(string));
  return orbitals;
}

}  // namespace ansatz
