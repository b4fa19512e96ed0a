#pragma once

namespace ansatz {

/** Repulsion of two electrons, (full + longRange erf(ω r)) / r: Coulomb's law by default. ω in bohr⁻¹. */
struct Repulsion {
  double full = 1.0;
  double longRange = 0.0;
  double omega = 0.0;

  bool operator==(const Repulsion&) const = default;
  bool isCoulomb() const { return *this == Repulsion{}; }
};

}  // namespace ansatz
