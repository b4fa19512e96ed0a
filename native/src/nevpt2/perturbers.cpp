#include "nevpt2/perturbers.hpp"

#include <algorithm>

#include "ci/kernels.hpp"
#include "nevpt2/overlaps.hpp"

namespace ansatz {
namespace {

double dotOf(const std::vector<double>& x, const std::vector<double>& y) {
  return ANSATZ_SELECT(dot)(x.size(), x.data(), y.data());
}

}  // namespace

Norms Family::of(std::span<const double> c) const {
  Norms sum;
  for (int x = 0; x < overlap.rows; ++x) {
    if (c[static_cast<std::size_t>(x)] == 0.0) continue;
    double norm = 0.0, value = 0.0;
    for (int y = 0; y < overlap.cols; ++y) {
      norm += overlap(x, y) * c[static_cast<std::size_t>(y)];
      value += energy(x, y) * c[static_cast<std::size_t>(y)];
    }
    sum.add({c[static_cast<std::size_t>(x)] * norm, c[static_cast<std::size_t>(x)] * value});
  }
  return sum;
}

ActiveVectors::ActiveVectors(Hamiltonian hamiltonian, SectorVector state, std::size_t memoryBytes, int threads, const Control& control)
    : hamiltonian_(std::move(hamiltonian)),
      state_(std::move(state)),
      memoryBytes_(memoryBytes),
      threads_(threads),
      control_(control),
      ladder_(hamiltonian_.norb, control) {
  energy_ = of(state_).energy;
}

DirectCi& ActiveVectors::operatorOf(int nalpha, int nbeta) {
  std::unique_ptr<DirectCi>& found = operators_[{nalpha, nbeta}];
  if (!found) {
    DirectCiOptions options;
    options.threads = threads_;
    options.control = control_;
    found = std::make_unique<DirectCi>(hamiltonian_, nalpha, nbeta, options);
  }
  return *found;
}

std::vector<double> ActiveVectors::applyShifted(const SectorVector& v) {
  std::vector<double> image(v.c.size());
  operatorOf(v.nalpha, v.nbeta).apply(v.c, image);
  ANSATZ_SELECT(axpy)(image.size(), -energy_, v.c.data(), image.data());
  return image;
}

Norms ActiveVectors::of(const SectorVector& v) {
  if (v.c.empty()) return {};
  return {dotOf(v.c, v.c), dotOf(v.c, applyShifted(v))};
}

ActiveVectors::Block ActiveVectors::block(std::span<const LadderProduct> products, bool isImage) {
  Block vectors;
  for (const LadderProduct& product : products) {
    control_.check();
    SectorVector v = ladder_.apply(product, state_);
    vectors.push_back(isImage && !v.c.empty() ? applyShifted(v) : std::move(v.c));
  }
  return vectors;
}

Family ActiveVectors::family(const std::vector<LadderProduct>& products) {
  const int n = static_cast<int>(products.size());
  Family result{Matrix(n, n), Matrix(n, n)};
  if (n == 0) return result;
  const SectorVector first = ladder_.apply(products[0], state_);
  const std::size_t size = ladder_.zero(first.nalpha, first.nbeta).c.size();
  if (size == 0) return result;
  constexpr std::size_t blocks = 2;
  const auto rows = static_cast<int>(std::clamp<std::size_t>(memoryBytes_ / (blocks * sizeof(double) * size), 1, static_cast<std::size_t>(n)));
  const auto some = [&](int start) {
    return std::span(products).subspan(static_cast<std::size_t>(start), static_cast<std::size_t>(std::min(rows, n - start)));
  };
  const auto put = [](Matrix& to, const Matrix& part, int x0, int y0) {
    for (int x = 0; x < part.rows; ++x)
      for (int y = 0; y < part.cols; ++y) to(x0 + x, y0 + y) = to(y0 + y, x0 + x) = part(x, y);
  };
  for (int y = 0; y < n; y += rows)
    for (const bool isImage : {true, false}) {
      const Block right = block(some(y), isImage);
      for (int x = 0; x <= y; x += rows) put(isImage ? result.energy : result.overlap, overlapsOf(block(some(x), false), right, size, control_), x, y);
    }
  return result;
}

}  // namespace ansatz
