#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include "ansatz/basis.hpp"
#include "ansatz/control.hpp"
#include "ansatz/matrix.hpp"
#include "ansatz/repulsion.hpp"

namespace ansatz {

struct FockOptions {
  /** Quartets that cannot change a Fock matrix element by more than this (hartree) are left out. */
  double threshold = 1e-12;
  /** Bytes that may hold integrals between builds; those that do not fit are computed anew. */
  std::size_t storeBytes = 0;
  int threads = 1;
  Control control;
  /** In place of Coulomb's law, for both matrices. */
  Repulsion repulsion;
};

struct CoulombExchange {
  std::vector<Matrix> coulomb;
  std::vector<Matrix> exchange;
};

/** What makes Coulomb and exchange matrices of densities over the Cartesian functions of a basis. */
class CoulombExchangeBuilder {
 public:
  virtual ~CoulombExchangeBuilder() = default;

  /**
   * J_ij = Σ (ij|kl) D_kl of each of `coulomb`, K_ij = Σ (ik|jl) D_kl of each of `exchange`; symmetric densities
   * [nCartesian, nCartesian], for exchange by exact integrals also such as change sign exactly where they are transposed. Throws Cancelled.
   *
   * @param neglected hartree; what changes an element by less may be left out, where that is more than the builder leaves out anyway
   */
  virtual CoulombExchange build(const std::vector<const Matrix*>& coulomb, const std::vector<const Matrix*>& exchange,
                                double neglected = 0.0) = 0;

  /** Bytes of integrals held since the first build. */
  virtual std::size_t storedBytes() const = 0;

  /** Whether a small density costs less than a large one, so that it pays to follow the change of a density. */
  virtual bool screensByDensity() const = 0;
};

/**
 * Coulomb and exchange from the electron repulsion integrals themselves.
 *
 * Work is cut into a fixed number of parts that are summed in order, so the result has the same bits on any number of
 * threads.
 */
class FockBuilder : public CoulombExchangeBuilder {
 public:
  FockBuilder(const CartesianBasis& basis, const FockOptions& options);
  ~FockBuilder() override;
  FockBuilder(const FockBuilder&) = delete;
  FockBuilder& operator=(const FockBuilder&) = delete;

  CoulombExchange build(const std::vector<const Matrix*>& coulomb, const std::vector<const Matrix*>& exchange,
                        double neglected = 0.0) override;
  std::size_t storedBytes() const override;
  bool screensByDensity() const override { return true; }

 struct State;

 private:
  std::unique_ptr<State> state_;
};

/**
 * Coulomb matrices from one builder, exchange matrices by a repulsion of their own, as functionals with parted ranges take them.
 *
 * Its integrals have what of `options.storeBytes` those of the other builder leave.
 */
class ApartExchange : public CoulombExchangeBuilder {
 public:
  /** `coulomb` and `basis` have to outlive it. */
  ApartExchange(FockBuilder& coulomb, const CartesianBasis& basis, const FockOptions& options)
      : coulomb_(coulomb), basis_(basis), options_(options) {}

  CoulombExchange build(const std::vector<const Matrix*>& coulomb, const std::vector<const Matrix*>& exchange,
                        double neglected = 0.0) override;
  std::size_t storedBytes() const override { return coulomb_.storedBytes() + (exchange_ ? exchange_->storedBytes() : 0); }
  bool screensByDensity() const override { return true; }
  const Repulsion& repulsion() const { return options_.repulsion; }

 private:
  FockBuilder& coulomb_;
  const CartesianBasis& basis_;
  FockOptions options_;
  std::unique_ptr<FockBuilder> exchange_;
};

}  // namespace ansatz
