#pragma once
#include <deque>
#include <vector>

#include "ansatz/matrix.hpp"

namespace ansatz {

/** Direct inversion in the iterative subspace: the combination of past Fock matrices whose error is smallest. */
class Diis {
 public:
  explicit Diis(int capacity) : capacity_(capacity) {}

  /** Takes the newest Fock matrices and their errors; returns the extrapolated ones. */
  std::vector<Matrix> extrapolate(std::vector<Matrix> focks, std::vector<Matrix> errors);

 private:
  struct Entry {
    std::vector<Matrix> focks, errors;
  };
  std::vector<double> coefficients() const;

  int capacity_;
  std::deque<Entry> entries_;
  std::deque<std::deque<double>> products_;
};

}  // namespace ansatz
