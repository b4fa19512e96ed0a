#pragma once
#include <complex>
#include <span>
#include <vector>

#include "circuit/gates.hpp"

namespace ansatz {

/** Several gates as one: up to this many qubits, whose amplitudes fit the registers of one group. */
inline constexpr int fusedQubits = 3;

/** A unitary on few qubits, or one gate that its own kernel applies faster than a matrix would. */
struct Block {
  /** Ascending. */
  std::vector<int> qubits;
  /** Row-major [2^k, 2^k]; bit i of a row or column is qubits[i]. Absent where only `gate` is to be applied. */
  std::vector<std::complex<double>> matrix;
  /** The only gate of the block, where it is one. */
  std::vector<BoundGate> gate;

  bool isReal() const;
  /**
   * ‖computed − exact‖ / ‖ψ‖ of this block in arithmetic of unit roundoff u, for a block applied as a matrix: an inner product
   * of 2^k complex numbers errs by √2 γ of its absolute values, γ = 2·2^k u, the matrix entries by u, and ‖|M|‖ ≤ 2^{k/2} for
   * a unitary M (N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2002, sections 3.1 and 3.6,
   * doi:10.1137/1.9780898718027). An upper bound: rounding seldom conspires.
   */
  double errorBound(double unitRoundoff) const;
};

/**
 * Gates in order as blocks in order, with the same product. Gates are taken together where one pass over the amplitudes with
 * the larger matrix costs less than the passes that it replaces.
 */
std::vector<Block> fuse(std::span<const BoundGate> gates);

/** Applies a block to 2^n amplitudes. Cost: 4 · 2^k multiply-adds an amplitude, half where the matrix is real. */
template <class Real>
void applyBlock(const Block& block, int n, Real* re, Real* im);

}  // namespace ansatz
