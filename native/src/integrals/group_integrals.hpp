#pragma once
#include <vector>

#include "integrals/aligned.hpp"
#include "integrals/pair_list.hpp"

namespace ansatz {

/** All (ab|cd) with ab in one group of eight shell pairs: [function of the group][cd], cd a full symmetric matrix. */
class GroupIntegrals {
 public:
  GroupIntegrals(const CartesianBasis& basis, const PairList& pairs, double threshold, const Control& control);

  /** rows: [a][b][lane] of the group, each n × n. */
  const std::vector<double>& compute(std::size_t block, int group);

 private:
  double* row(int function, int lane);
  void ownAsKet(std::size_t block, int group, std::size_t other);
  void ownAsBra(std::size_t block, int group, std::size_t other);
  void put(int function, int lane, int x, int y, double value);

  const CartesianBasis& basis_;
  const PairList& pairs_;
  double threshold_;
  const Control& control_;
  int n_;
  AlignedVector scratch_, out_;
  std::vector<double> rows_;
  EriKernel* kernel_;
};

}  // namespace ansatz
