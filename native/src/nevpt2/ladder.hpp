#pragma once
#include <cstddef>
#include <map>
#include <span>
#include <vector>

#include "ansatz/control.hpp"
#include "ansatz/strings.hpp"

namespace ansatz {

/** Coefficients [α strings, β strings] in the sector of so many electrons of each spin; empty where there is no such sector. */
struct SectorVector {
  int nalpha = 0;
  int nbeta = 0;
  std::vector<double> c;
};

enum class Spin { alpha, beta };

/** a†_pσ or a_pσ */
struct LadderOperator {
  Spin spin;
  int orbital;
  bool creates;
};

/** A product of ladder operators, the first acts first. */
using LadderProduct = std::vector<LadderOperator>;

/** Ladder operators over the orbitals of an active space. Each looks at the flag of cancellation once for every pass over a vector. */
class Ladder {
 public:
  explicit Ladder(int norb, const Control& control = {}) : norb_(norb), control_(control) {}

  int norb() const { return norb_; }
  SectorVector apply(const LadderProduct& product, const SectorVector& state);
  /** to += Σ t_pq E_pq state + constant · state, for a symmetric t [norb, norb]; both of one sector. */
  void addOneBody(std::span<const double> t, double constant, const SectorVector& state, SectorVector& to);
  /** A sector's zero. */
  SectorVector zero(int nalpha, int nbeta);

 private:
  SectorVector apply(const LadderOperator& op, const SectorVector& state);
  const StringSpace& space(int nelec);

  int norb_;
  Control control_;
  std::map<int, StringSpace> spaces_;
};

}  // namespace ansatz
