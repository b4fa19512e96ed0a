#include "selected_ci/first_states.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <set>
#include <utility>

#include "ansatz/linalg.hpp"
#include "selected_ci/configurations.hpp"

namespace ansatz {
namespace {

/** A first space up to this has all its states computed. */
constexpr std::size_t denseSize = 1000;
/** A coefficient of the determinant of the lowest orbitals: a twenty-fifth of a state. */
constexpr double leastOfReference = 0.2;

using Vector = std::vector<double>;

/** Which of the states that are shown to it, by rising energy, a search begins with. */
class Choice {
 public:
  Choice(const DeterminantSpace& space, const IntegralLists& integrals, std::size_t count)
      : space_(space),
        integrals_(integrals),
        count_(count),
        reference_(space.find({lowestOrbitals(std::popcount(space[0].alpha)), lowestOrbitals(std::popcount(space[0].beta))})) {}

  std::uint32_t reference() const { return reference_; }

  /** @param largest the determinant of the largest coefficient @param ofReference that of the lowest orbitals */
  bool wants(std::size_t largest, double ofReference) {
    const Determinant& d = space_[largest];
    const bool isNew = labels_.insert(static_cast<std::uint8_t>(integrals_.label(d.alpha) ^ integrals_.label(d.beta))).second;
    const bool isOfReference = !hasReference_ && std::abs(ofReference) > leastOfReference;
    if (isOfReference) hasReference_ = true;
    return seen_++ < count_ || isNew || isOfReference;
  }

 private:
  const DeterminantSpace& space_;
  const IntegralLists& integrals_;
  std::size_t count_;
  std::uint32_t reference_;
  bool hasReference_ = false;
  std::size_t seen_ = 0;
  std::set<std::uint8_t> labels_;
};

/** Lone determinants by rising diagonal; the second-lowest state of a spin may be found late from them. */
std::vector<Vector> loneDeterminants(const SparseHamiltonian& matrix, Choice& choice, const Control& control) {
  std::vector<std::size_t> order(matrix.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  control.check();
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t i, std::size_t j) { return matrix.diagonal()[i] < matrix.diagonal()[j]; });
  std::vector<Vector> chosen;
  for (const std::size_t i : order) {
    if (!choice.wants(i, i == choice.reference() ? 1.0 : 0.0)) continue;
    control.check();
    chosen.emplace_back(matrix.size(), 0.0)[i] = 1.0;
  }
  return chosen;
}

Matrix denseOf(const SparseHamiltonian& matrix) {
  const int n = static_cast<int>(matrix.size());
  Matrix dense(n, n);
  Vector unit(matrix.size()), image(matrix.size());
  for (int j = 0; j < n; ++j) {
    std::fill(unit.begin(), unit.end(), 0.0);
    unit[static_cast<std::size_t>(j)] = 1.0;
    matrix.apply(unit, image);
    for (int i = 0; i < n; ++i) dense(i, j) = image[static_cast<std::size_t>(i)];
  }
  return dense;
}

std::vector<Vector> statesOf(const Matrix& dense, Choice& choice, const Control& control) {
  const Eigen eigen = eigh(dense, control);
  std::vector<Vector> chosen;
  for (int k = 0; k < dense.cols; ++k) {
    Vector vector;
    for (int i = 0; i < dense.rows; ++i) vector.push_back(eigen.vectors(i, k));
    const auto largest =
        std::max_element(vector.begin(), vector.end(), [](double x, double y) { return std::abs(x) < std::abs(y); });
    if (choice.wants(static_cast<std::size_t>(largest - vector.begin()), vector[choice.reference()])) chosen.push_back(std::move(vector));
  }
  return chosen;
}

}  // namespace

std::vector<Vector> firstStates(const SparseHamiltonian& matrix, const DeterminantSpace& space, const IntegralLists& integrals,
                                std::size_t count, const Control& control) {
  Choice choice(space, integrals, count);
  if (matrix.size() > denseSize) return loneDeterminants(matrix, choice, control);
  return statesOf(denseOf(matrix), choice, control);
}

}  // namespace ansatz
