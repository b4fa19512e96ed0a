#include "ci/vectors.hpp"

#include <algorithm>

#include "ci/kernels.hpp"
#include "parallel/parallel_for.hpp"

namespace ansatz {
namespace {

/** Numbers of a piece: 32 KiB. */
constexpr std::size_t pieceSize = 4096;
/** Below so many pieces a second thread costs more than it gains. */
constexpr int fewPieces = 16;

/** Calls body(piece, first, count) for every piece of a vector of `size` numbers. */
template <class Body>
void eachPiece(std::size_t size, const VectorWork& work, const Body& body) {
  const int pieces = static_cast<int>((size + pieceSize - 1) / pieceSize);
  parallelFor(pieces, pieces < fewPieces ? 1 : work.threads, [&](int piece) {
    work.control.check();
    const std::size_t first = static_cast<std::size_t>(piece) * pieceSize;
    body(static_cast<std::size_t>(piece), first, std::min(pieceSize, size - first));
  });
}

}  // namespace

std::vector<double> overlaps(const std::vector<std::vector<double>>& x, const std::vector<double>& v,
                             const VectorWork& work) {
  const auto dot = ANSATZ_SELECT(dot);
  std::vector<double> partial((v.size() + pieceSize - 1) / pieceSize * x.size());
  eachPiece(v.size(), work, [&](std::size_t piece, std::size_t first, std::size_t count) {
    for (std::size_t k = 0; k < x.size(); ++k)
      partial[piece * x.size() + k] = dot(count, x[k].data() + first, v.data() + first);
  });
  std::vector<double> sums(x.size(), 0.0);
  for (std::size_t i = 0; i < partial.size(); ++i) sums[i % x.size()] += partial[i];
  return sums;
}

void addCombination(std::vector<double>& v, std::span<const double> factors, const std::vector<std::vector<double>>& x,
                    const VectorWork& work) {
  const auto axpy = ANSATZ_SELECT(axpy);
  eachPiece(v.size(), work, [&](std::size_t, std::size_t first, std::size_t count) {
    for (std::size_t k = 0; k < x.size(); ++k) axpy(count, factors[k], x[k].data() + first, v.data() + first);
  });
}

}  // namespace ansatz
