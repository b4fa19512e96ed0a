#pragma once
#include <cstddef>
#include <deque>
#include <vector>

#include "ansatz/basis.hpp"
#include "ansatz/control.hpp"
#include "ansatz/matrix.hpp"
#include "integrals/aligned.hpp"
#include "integrals/pair_list.hpp"
#include "solvent/cavity.hpp"

namespace ansatz {

/**
 * Integrals (ab|g) of a basis with the unit charges of a surface, kept as far as memory goes and computed anew where they are not.
 *
 * Sums run over a fixed number of parts in their order: same bits on any number of threads. All functions throw Cancelled.
 */
class SurfaceIntegrals {
 public:
  SurfaceIntegrals(const CartesianBasis& basis, const std::vector<SurfacePoint>& surface, std::size_t storeBytes, int threads,
                   const Control& control);

  /** Σ D_ab (ab|g) at each point, of a symmetric density over the Cartesian functions. */
  std::vector<double> potential(const Matrix& density) const;

  /** −Σ q_g (ab|g) over the Cartesian functions: what electrons feel of charges. */
  Matrix attraction(const std::vector<double>& charges) const;

 private:
  /** A pair of shells, and its integrals where they are kept. */
  struct PlacedPair {
    const PairBlock* block;
    const EriClass* eriClass;
    int pair;
    int nFunctions;
    const double* stored;
  };

  /** Calls consume(nGroups, first group, integrals) for all points of a pair, a tile at a time. */
  template <class Consume>
  void forEachTile(const PlacedPair& pair, std::vector<AlignedVector>& memory, const Consume& consume) const;
  void compute(const PlacedPair& pair, int firstGroup, int nGroups, double* out, AlignedVector& scratch) const;
  void keep(std::size_t storeBytes);

  const CartesianBasis& basis_;
  int threads_;
  Control control_;
  int nPoints_;
  int nGroups_;
  AlignedVector points_;  // [group][field][lane]
  std::deque<PairClass> pairClasses_;
  PairClass none_;
  std::deque<EriClass> eriClasses_;
  std::vector<PairBlock> blocks_;
  std::vector<PlacedPair> pairs_;
  std::vector<IntegralChunk> kept_;
};

}  // namespace ansatz
