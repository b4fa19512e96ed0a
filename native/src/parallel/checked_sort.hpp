#pragma once
#include <algorithm>
#include <cstddef>
#include <functional>

#include "ansatz/control.hpp"

namespace ansatz {

/** std::sort that looks at the flag of cancellation every millisecond or so. Throws Cancelled, which leaves no order. */
template <class Iterator, class Less = std::less<>>
void checkedSort(Iterator first, Iterator last, const Control& control, const Less& less = {}) {
  constexpr std::size_t comparisonsBetweenChecks = std::size_t{1} << 16;
  std::size_t compared = 0;
  std::sort(first, last, [&](const auto& a, const auto& b) {
    if (++compared % comparisonsBetweenChecks == 0) control.check();
    return less(a, b);
  });
}

}  // namespace ansatz
