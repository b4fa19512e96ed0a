#include "ansatz/density_matrix.hpp"

#include <algorithm>

#include "ansatz/linalg.hpp"
#include "ci/kernels.hpp"
#include "ci/tables.hpp"

namespace ansatz {
namespace {

using Vector = std::vector<double>;

double dotOf(const double* x, const double* y, std::size_t n) { return ANSATZ_SELECT(dot)(n, x, y); }

/** E_pq of both spins on one α row: the row of E_pq c, for every pq, [norb², size(β)]. */
class ExcitedRow {
 public:
  ExcitedRow(const StringSpace& alpha, const StringSpace& beta, std::span<const double> c, const Control& control)
      : n2_(static_cast<std::size_t>(alpha.norb() * alpha.norb())),
        nb_(beta.size()),
        c_(c.data()),
        alphaTable_(oneBodyTable(alpha, std::vector<bool>(n2_, true), control)),
        betaLists_(transitionLists(beta)),
        values_(n2_ * nb_) {}

  void fill(std::size_t row) {
    std::fill(values_.begin(), values_.end(), 0.0);
    for (std::uint64_t k = alphaTable_.start[row]; k < alphaTable_.start[row + 1]; ++k) {
      const std::uint32_t entry = alphaTable_.entry[k];
      const std::size_t code = entry & ((1u << codeBits) - 1);
      const double sign = code >= n2_ ? -1.0 : 1.0;
      ANSATZ_SELECT(axpy)(nb_, sign, c_ + (entry >> codeBits) * nb_, values_.data() + (code % n2_) * nb_);
    }
    for (std::size_t pq = 0; pq < n2_; ++pq) {
      const Transitions& list = betaLists_[pq];
      for (std::size_t k = 0; k < list.target.size(); ++k)
        values_[pq * nb_ + list.target[k]] += list.sign[k] * c_[row * nb_ + list.source[k]];
    }
  }

  const double* operator[](std::size_t pq) const { return values_.data() + pq * nb_; }

 private:
  std::size_t n2_;
  std::size_t nb_;
  const double* c_;
  OneBodyTable alphaTable_;
  std::vector<Transitions> betaLists_;
  Vector values_;
};

/** ⟨a†_p a_q⟩ of the spin whose strings are the columns of `c`. */
Vector columnSpinDensity(std::size_t nrow, const StringSpace& columns, const double* c, const Control& control) {
  const auto lists = transitionLists(columns);
  Vector density(lists.size(), 0.0);
  for (std::size_t pq = 0; pq < lists.size(); ++pq)
    for (std::size_t row = 0; row < nrow; ++row) {
      control.check();
      const double* values = c + row * columns.size();
      for (std::size_t k = 0; k < lists[pq].target.size(); ++k)
        density[pq] += lists[pq].sign[k] * values[lists[pq].target[k]] * values[lists[pq].source[k]];
    }
  return density;
}

Vector rowSpinDensity(const StringSpace& rows, std::size_t ncol, const double* c, const Control& control) {
  const auto lists = transitionLists(rows);
  Vector density(lists.size(), 0.0);
  for (std::size_t pq = 0; pq < lists.size(); ++pq)
    for (std::size_t k = 0; k < lists[pq].target.size(); ++k) {
      control.check();
      density[pq] += lists[pq].sign[k] * dotOf(c + lists[pq].target[k] * ncol, c + lists[pq].source[k] * ncol, ncol);
    }
  return density;
}

void addNaturalOrbitals(DensityMatrices& result, int norb) {
  Matrix density(norb, norb);
  for (std::size_t k = 0; k < density.data.size(); ++k) density.data[k] = -(result.alpha[k] + result.beta[k]);
  // Eigenvalues of −γ rise, so occupations fall.
  const Eigen eigen = eigh(density);
  for (const double value : eigen.values) result.naturalOccupations.push_back(-value);
  result.naturalOrbitals = eigen.vectors.data;
}

}  // namespace

DensityMatrices oneParticleDensities(const StringSpace& alpha, const StringSpace& beta, std::span<const double> c,
                                     const Control& control) {
  DensityMatrices result{rowSpinDensity(alpha, beta.size(), c.data(), control),
                         columnSpinDensity(alpha.size(), beta, c.data(), control), {}, {}, {}};
  addNaturalOrbitals(result, alpha.norb());
  return result;
}

DensityMatrices densityMatrices(const StringSpace& alpha, const StringSpace& beta, std::span<const double> c,
                                const Control& control) {
  const auto n = static_cast<std::size_t>(alpha.norb());
  const std::size_t n2 = n * n, nb = beta.size();
  DensityMatrices result = oneParticleDensities(alpha, beta, c, control);
  result.two.assign(n2 * n2, 0.0);
  ExcitedRow excited(alpha, beta, c, control);
  // Σ_K ⟨0|E_pq|K⟩⟨K|E_rs|0⟩, a row of determinants K at a time.
  for (std::size_t row = 0; row < alpha.size(); ++row) {
    excited.fill(row);
    for (std::size_t qp = 0; qp < n2; ++qp) {
      control.check();
      for (std::size_t rs = 0; rs <= qp; ++rs)
        result.two[(qp % n * n + qp / n) * n2 + rs] += dotOf(excited[qp], excited[rs], nb);
    }
  }
  for (std::size_t qp = 0; qp < n2; ++qp)
    for (std::size_t rs = 0; rs < qp; ++rs)
      result.two[(rs % n * n + rs / n) * n2 + qp] = result.two[(qp % n * n + qp / n) * n2 + rs];
  for (std::size_t p = 0; p < n; ++p)
    for (std::size_t q = 0; q < n; ++q)
      for (std::size_t s = 0; s < n; ++s)
        result.two[(p * n + q) * n2 + q * n + s] -= result.alpha[p * n + s] + result.beta[p * n + s];
  return result;
}

}  // namespace ansatz
