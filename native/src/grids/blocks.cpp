#include "grids/blocks.hpp"

#include <algorithm>
#include <numeric>

namespace ansatz {
namespace {

using Index = std::vector<std::size_t>::iterator;

/** A comparison that asks for a cancellation every few milliseconds: millions of points are halved at once. */
template <class Less>
auto watched(const Control& control, Less less) {
  return [&control, less, count = 0](std::size_t a, std::size_t b) mutable {
    if (++count % (1 << 14) == 0) control.check();  // of memory that is far apart
    return less(a, b);
  };
}

/** The axis along which the points are spread the most. */
const std::vector<double>& longestAxis(const MolecularGrid& grid, Index first, Index last, const Control& control) {
  const std::vector<double>* longest = &grid.x;
  double most = -1.0;
  for (const std::vector<double>* axis : {&grid.x, &grid.y, &grid.z}) {
    const auto [low, high] = std::minmax_element(first, last, watched(control, [axis](std::size_t a, std::size_t b) { return (*axis)[a] < (*axis)[b]; }));
    if ((*axis)[*high] - (*axis)[*low] <= most) continue;
    most = (*axis)[*high] - (*axis)[*low];
    longest = axis;
  }
  return *longest;
}

void order(const MolecularGrid& grid, Index first, Index last, const Control& control) {
  control.check();
  const std::ptrdiff_t blocks = (last - first + pointsTogether - 1) / pointsTogether;
  if (blocks <= 1) {
    std::sort(first, last);  // which order the halving left hangs on the library
    return;
  }
  const std::vector<double>& axis = longestAxis(grid, first, last, control);
  const Index middle = first + blocks / 2 * pointsTogether;
  std::nth_element(first, middle, last, watched(control, [&axis](std::size_t a, std::size_t b) {
                     return axis[a] < axis[b] || (axis[a] == axis[b] && a < b);
                   }));
  order(grid, first, middle, control);
  order(grid, middle, last, control);
}

}  // namespace

std::vector<std::size_t> compactOrder(const MolecularGrid& grid, const Control& control) {
  std::vector<std::size_t> indices(grid.size());
  std::iota(indices.begin(), indices.end(), std::size_t{0});
  order(grid, indices.begin(), indices.end(), control);
  return indices;
}

}  // namespace ansatz
