#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "ansatz/control.hpp"
#include "selected_ci/determinant_space.hpp"

namespace ansatz {

struct SparseHamiltonianOptions {
  /** λ in H + λ (S² − s(s+1)), Hartree. */
  double spinPenalty = 0.0;
  /** Of the stored elements. */
  std::size_t memoryBytes = 0;
  int threads = 1;
  Control control = {};
};

/**
 * The Hamiltonian between chosen determinants, without the core energy, as a stored matrix: each pair once, its column and its
 * value in 2⁻³¹ of the largest of its block, so that an element errs by some 1e-10 Hartree; the diagonal is in double precision.
 * Memory 8 bytes a pair, and 16 vectors in a product. The same bits on any number of threads.
 */
class SparseHamiltonian {
 public:
  /** Throws DoesNotFit, Cancelled. */
  SparseHamiltonian(const IntegralLists& integrals, const DeterminantSpace& space, const SparseHamiltonianOptions& options);

  std::size_t size() const { return diagonal_.size(); }
  const std::vector<double>& diagonal() const { return diagonal_; }
  /** sigma = H c */
  void apply(std::span<const double> c, std::span<double> sigma) const;
  std::size_t pairs() const { return pairs_; }
  std::size_t bytes() const { return pairs_ * 8 + size() * 16; }

 private:
  /** Elements right of the diagonal of some rows, one row after another. */
  struct Rows {
    std::vector<std::uint32_t> end, column;
    /** In units of `unit`. */
    std::vector<std::int32_t> value;
    double unit = 0.0;
  };
  std::vector<Rows> blocks_;
  std::vector<double> diagonal_;
  std::size_t pairs_ = 0;
  int threads_;
  Control control_;
};

/** ⟨S²⟩ of coefficients in a space of whole configurations. */
double spinSquareOf(const DeterminantSpace& space, std::span<const double> c, const Control& control = {});

}  // namespace ansatz
