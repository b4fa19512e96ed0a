#pragma once
#include <cstddef>
#include <memory>
#include <vector>

#include "ansatz/fock.hpp"

namespace ansatz {

/**
 * Coulomb and exchange matrices from densities fitted in an auxiliary basis (RI-JK).
 *
 * (ij|kl) ≈ Σ_P B_ij,P B_kl,P with B = (ij|Q) U, Uᵀ (P|Q) U = 1. The tensor B over the pairs of Cartesian functions is
 * made once and held: 8 bytes × n(n+1)/2 × nAuxiliary. Auxiliary functions that are linearly dependent on others in the
 * Coulomb metric are left out. Work is summed in a fixed order: the same bits on any number of threads.
 *
 * O. Vahtras, J. Almlöf, M. W. Feyereisen, Chem. Phys. Lett. 213, 514 (1993), doi:10.1016/0009-2614(93)89151-7; F. Weigend,
 * Phys. Chem. Chem. Phys. 4, 4285 (2002), doi:10.1039/b204199p. Cost: n² nAuxiliary² once, n² nAuxiliary nOccupied a build.
 */
class FittedFockBuilder : public CoulombExchangeBuilder {
 public:
  /** Throws InvalidInput (`not-supported`) where the tensor needs more than options.storeBytes, Cancelled. */
  FittedFockBuilder(const CartesianBasis& basis, const CartesianBasis& auxiliary, const FockOptions& options);
  ~FittedFockBuilder() override;
  FittedFockBuilder(const FittedFockBuilder&) = delete;
  FittedFockBuilder& operator=(const FittedFockBuilder&) = delete;

  CoulombExchange build(const std::vector<const Matrix*>& coulomb, const std::vector<const Matrix*>& exchange,
                        double neglected = 0.0) override;
  std::size_t storedBytes() const override;
  bool screensByDensity() const override { return false; }

  /** Auxiliary functions in use. */
  int nAuxiliary() const;

 private:
  struct Tensor;
  std::unique_ptr<Tensor> tensor_;
  FockOptions options_;
};

}  // namespace ansatz
