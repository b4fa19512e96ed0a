#include "coupled_cluster/spin_tensor.hpp"

#include <string>
#include <tuple>

namespace ansatz {
namespace {

constexpr int mostIndices = 4;
using Sizes = std::array<std::size_t, mostIndices>;

std::size_t place(std::string_view indices, char index) { return indices.find(index); }

/** Sizes of a tensor's indices, and how far apart neighbours of each lie. */
struct Layout {
  Sizes sizes{}, strides{};

  Layout(const SpinTensor& tensor, int pattern) {
    std::size_t stride = 1;
    for (int k = tensor.rank() - 1; k >= 0; --k) {
      sizes[k] = tensor.size(k, pattern);
      strides[k] = stride;
      stride *= sizes[k];
    }
  }
};

/** Calls body(from, to) for every element of up to four indices, the last of them innermost. */
template <class Body>
void forEachElement(const Sizes& sizes, const Sizes& from, const Sizes& to, const Body& body) {
  for (std::size_t p = 0; p < sizes[0]; ++p)
    for (std::size_t q = 0; q < sizes[1]; ++q)
      for (std::size_t r = 0; r < sizes[2]; ++r) {
        std::size_t f = p * from[0] + q * from[1] + r * from[2];
        std::size_t t = p * to[0] + q * to[1] + r * to[2];
        for (std::size_t s = 0; s < sizes[3]; ++s, f += from[3], t += to[3]) body(f, t);
      }
}

/** Sizes of some indices and their strides in two layouts, ones in front where there are fewer than four. */
struct Walk {
  Sizes sizes{1, 1, 1, 1}, from{}, to{};

  void set(std::size_t k, std::size_t size, std::size_t fromStride, std::size_t toStride) {
    sizes[k] = size;
    from[k] = fromStride;
    to[k] = toStride;
  }
};

/** A block with its indices in another order, dense. */
std::vector<double> reordered(const Named& x, int pattern, std::string_view order) {
  const Layout layout(x.tensor, pattern);
  Walk walk;
  std::size_t stride = 1;
  for (std::size_t k = order.size(); k-- > 0;) {
    const std::size_t at = place(x.indices, order[k]);
    walk.set(k + mostIndices - order.size(), layout.sizes[at], layout.strides[at], stride);
    stride *= layout.sizes[at];
  }
  std::vector<double> result(stride);
  const std::vector<double>& block = x.tensor.block(pattern);
  forEachElement(walk.sizes, walk.from, walk.to, [&](std::size_t from, std::size_t to) { result[to] = block[from]; });
  return result;
}

/** A block with its indices in this order, dense: itself, or a copy. */
class Ordered {
 public:
  Ordered(const Named& x, int pattern, const std::string& order)
      : copy_(order == x.indices ? std::vector<double>() : reordered(x, pattern, order)),
        data_(order == x.indices ? x.tensor.block(pattern).data() : copy_.data()) {}
  const double* data() const { return data_; }

 private:
  std::vector<double> copy_;
  const double* data_;
};

std::string common(std::string_view of, std::string_view with, bool isCommon) {
  std::string result;
  for (const char index : of)
    if ((with.find(index) != std::string_view::npos) == isCommon) result += index;
  return result;
}

/** The spins of indices by name. */
class Spins {
 public:
  void set(std::string_view indices, int pattern) {
    for (std::size_t k = 0; k < indices.size(); ++k) spin_[static_cast<unsigned char>(indices[k])] = (pattern >> k) & 1;
  }
  int of(char index) const { return spin_[static_cast<unsigned char>(index)]; }
  int pattern(std::string_view indices) const {
    int result = 0;
    for (std::size_t k = 0; k < indices.size(); ++k) result |= of(indices[k]) << k;
    return result;
  }

 private:
  std::array<int, 128> spin_{};
};

std::size_t product(const SpinTensor& tensor, std::string_view names, std::string_view some, int pattern) {
  std::size_t result = 1;
  for (const char index : some) result *= tensor.size(static_cast<int>(place(names, index)), pattern);
  return result;
}

/** Adds a dense block in one order of indices to one in another. */
void addReordered(SpinTensor& to, std::string_view indices, int pattern, double factor, const std::vector<double>& from, std::string_view order) {
  const Layout layout(to, pattern);
  Walk walk;
  std::size_t stride = 1;
  for (std::size_t k = order.size(); k-- > 0;) {
    const std::size_t at = place(indices, order[k]);
    walk.set(k + mostIndices - order.size(), layout.sizes[at], stride, layout.strides[at]);
    stride *= layout.sizes[at];
  }
  std::vector<double>& block = to.block(pattern);
  forEachElement(walk.sizes, walk.from, walk.to, [&](std::size_t f, std::size_t t) { block[t] += factor * from[f]; });
}

}  // namespace

SpinTensor::SpinTensor(const SpinSpace& space, std::string_view indices, const std::vector<int>& patterns) : space_(space), patterns_(patterns) {
  for (const char index : indices) occupied_.push_back(index >= 'i');
  for (const int pattern : patterns) {
    std::size_t length = 1;
    for (int k = 0; k < rank(); ++k) length *= size(k, pattern);
    has_[pattern] = true;
    blocks_[pattern].assign(length, 0.0);
  }
}

SpinTensor::SpinTensor(const SpinSpace& space, std::string_view indices)
    : SpinTensor(space, indices, indices.size() == 2 ? std::vector<int>{0b00, 0b11} : std::vector<int>{0b0000, 0b1111, 0b1010, 0b0101, 0b0110, 0b1001}) {}

void SpinTensor::clear() {
  for (const int pattern : patterns_) std::fill(blocks_[pattern].begin(), blocks_[pattern].end(), 0.0);
}

void addContraction(SpinTensor& to, std::string_view indices, double factor, const Named& x, const Named& y, const Workers& workers, std::string_view pair) {
  const std::string sums = common(x.indices, y.indices, true);
  const std::string freeX = common(x.indices, y.indices, false), freeY = common(y.indices, x.indices, false);
  for (const int pattern : to.patterns())
    for (int choice = 0; choice < 1 << sums.size(); ++choice) {
      workers.control.check();
      Spins spins;
      spins.set(indices, pattern);
      spins.set(sums, choice);
      const int ofX = spins.pattern(x.indices), ofY = spins.pattern(y.indices);
      if (!x.tensor.has(ofX) || !y.tensor.has(ofY)) continue;
      double weight = factor;
      if (!pair.empty() && spins.of(pair[0]) != spins.of(pair[1])) {
        if (spins.of(pair[0]) == 1) continue;
        weight *= 2.0;
      }
      const auto rows = static_cast<int>(product(x.tensor, x.indices, freeX, ofX));
      const auto columns = static_cast<int>(product(y.tensor, y.indices, freeY, ofY));
      const auto length = static_cast<int>(product(x.tensor, x.indices, sums, ofX));
      std::vector<double> result(static_cast<std::size_t>(rows) * columns);
      const Ordered left(x, ofX, freeX + sums);
      const Ordered right(y, ofY, sums + freeY);
      workers.addProduct(rows, columns, length, left.data(), length, right.data(), columns, result.data(), columns);
      addReordered(to, indices, pattern, weight, result, freeX + freeY);
    }
}

void addPermuted(SpinTensor& to, std::string_view indices, double factor, const Named& x) {
  for (const int pattern : to.patterns()) {
    Spins spins;
    spins.set(indices, pattern);
    const int own = spins.pattern(x.indices);
    if (x.tensor.has(own)) addReordered(to, indices, pattern, factor, x.tensor.block(own), x.indices);
  }
}

void completeOrders(SpinTensor& tensor) {
  for (const auto& [pattern, order, sign] : {std::tuple{0b0101, "jiba", 1.0}, {0b0110, "ijba", -1.0}, {0b1001, "jiab", -1.0}}) {
    std::fill(tensor.block(pattern).begin(), tensor.block(pattern).end(), 0.0);
    addReordered(tensor, "ijab", pattern, sign, tensor.block(0b1010), order);
  }
}

}  // namespace ansatz
