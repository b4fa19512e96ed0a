#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include "ansatz/basis.hpp"
#include "ansatz/control.hpp"
#include "ansatz/matrix.hpp"

namespace ansatz {

struct FockOptions {
  /** Quartets that cannot change a Fock matrix element by more than this (hartree) are left out. */
  double threshold = 1e-12;
  /** Bytes that may hold integrals between builds; those that do not fit are computed anew. */
  std::size_t storeBytes = 0;
  int threads = 1;
  Control control;
};

struct CoulombExchange {
  std::vector<Matrix> coulomb;
  std::vector<Matrix> exchange;
};

/**
 * Coulomb and exchange matrices of densities over the Cartesian functions of a basis.
 *
 * Work is cut into a fixed number of parts that are summed in order, so the result has the same bits on any number of
 * threads.
 */
class FockBuilder {
 public:
  FockBuilder(const CartesianBasis& basis, const FockOptions& options);
  ~FockBuilder();
  FockBuilder(const FockBuilder&) = delete;
  FockBuilder& operator=(const FockBuilder&) = delete;

  /**
   * J_ij = Σ (ij|kl) D_kl of each of `coulomb`, K_ij = Σ (ik|jl) D_kl of each of `exchange`; symmetric densities
   * [nCartesian, nCartesian]. Throws Cancelled.
   */
  CoulombExchange build(const std::vector<const Matrix*>& coulomb, const std::vector<const Matrix*>& exchange);

  /** Bytes of integrals held since the first build. */
  std::size_t storedBytes() const;

 struct State;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace ansatz
