#pragma once
#include <deque>
#include <vector>

#include "ansatz/control.hpp"
#include "ansatz/fock.hpp"
#include "ansatz/matrix.hpp"
#include "integrals/aligned.hpp"
#include "integrals/pair_list.hpp"

namespace ansatz {

/**
 * Repulsion integrals with single functions of an auxiliary basis: quartets whose other function is the constant 1, an
 * s primitive of exponent 0.
 */
class ThreeCentreIntegrals {
 public:
  ThreeCentreIntegrals(const CartesianBasis& basis, const CartesianBasis& auxiliary, const FockOptions& options);

  /** Shell pairs of the orbital basis, each once. */
  const std::vector<PairBlock>& pairs() const { return pairs_.blocks; }

  /** (P|Q) over the functions of the auxiliary basis. Throws Cancelled. */
  Matrix metric(const Control& control) const;

  /** (ij|P) of one shell pair: a row [nAuxiliary] for each product of its functions, zeroed before. */
  void ofPair(const PairBlock& block, int pair, double* rows) const;

  int nAuxiliary() const { return auxiliary_.nBasis(); }

 private:
  const EriClass& classOf(const PairClass* bra, const PairClass* ket) const;

  const CartesianBasis& auxiliary_;
  double threshold_;
  PairList pairs_;
  std::deque<PairClass> singleClasses_;
  std::vector<PairBlock> singles_;
  std::vector<std::vector<CartesianTerm>> fromCartesian_;  // [Cartesian function]: functions it enters
  std::vector<EriClass> classes_;
};

}  // namespace ansatz
