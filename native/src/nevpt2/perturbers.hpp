#pragma once
#include <map>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "ansatz/direct_ci.hpp"
#include "ansatz/matrix.hpp"
#include "nevpt2/ladder.hpp"

namespace ansatz {

/** ⟨v|v⟩ and ⟨v|H − E|v⟩ of an active part of a perturber; sums over the spins of the electrons outside are sums of these. */
struct Norms {
  double norm = 0.0;
  double energy = 0.0;

  void add(const Norms& other) {
    norm += other.norm;
    energy += other.energy;
  }
};

/** Vectors O_x|0⟩ of one sector by their products: ⟨x|y⟩ and ⟨x|H − E|y⟩. */
struct Family {
  Matrix overlap;
  Matrix energy;

  /** Of Σ c_x |x⟩. */
  Norms of(std::span<const double> c) const;
};

/** The Hamiltonian of the active electrons less a state's energy, over vectors of any number of electrons. */
class ActiveVectors {
 public:
  ActiveVectors(Hamiltonian hamiltonian, SectorVector state, std::size_t memoryBytes, int threads, const Control& control);

  const SectorVector& state() const { return state_; }
  Ladder& ladder() { return ladder_; }
  /** Norm and energy of one vector. */
  Norms of(const SectorVector& v);
  /** All products lead to one sector. Holds two blocks of vectors in memoryBytes, one vector each at least. */
  Family family(const std::vector<LadderProduct>& products);

 private:
  using Block = std::vector<std::vector<double>>;

  std::vector<double> applyShifted(const SectorVector& v);
  /** Vectors of some products, or their images; empty where a step on the way led out of the space. */
  Block block(std::span<const LadderProduct> products, bool isImage);
  DirectCi& operatorOf(int nalpha, int nbeta);

  Hamiltonian hamiltonian_;
  SectorVector state_;
  double energy_ = 0.0;
  std::size_t memoryBytes_;
  int threads_;
  Control control_;
  Ladder ladder_;
  std::map<std::pair<int, int>, std::unique_ptr<DirectCi>> operators_;
};

}  // namespace ansatz
