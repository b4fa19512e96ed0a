#pragma once
#include <functional>
#include <vector>

#include "ansatz/nevpt2.hpp"

namespace ansatz {

/** Orbitals in the order core, active, empty; core and empty ones canonical in the Fock operator of the state. */
struct CanonicalOrbitals {
  /** Columns [nBasis, nOrbitals] */
  Matrix orbitals;
  /** Of core and empty orbitals, Hartree; 0 of active ones. */
  std::vector<double> energies;
  /** ⟨p|h + 2J − K of the core|q⟩ */
  Matrix coreFock;
};

/** Two Fock builds. Throws Cancelled. */
CanonicalOrbitals canonicalOrbitals(const System& system, const ActiveState& state, FockBuilder& fock, const Control& control);

/** (ip|aq) for active a, core or active i, any p and q. */
class ActiveIntegrals {
 public:
  ActiveIntegrals(int nOccupied, int nOrbitals) : nOccupied_(nOccupied), n_(nOrbitals) {}

  void push(const std::vector<double>& ofActive) { values_.insert(values_.end(), ofActive.begin(), ofActive.end()); }
  /** a counts from the first active orbital, the others from the first of all. */
  double operator()(int a, int i, int p, int q) const {
    return values_[((static_cast<std::size_t>(a) * nOccupied_ + i) * n_ + p) * n_ + q];
  }

 private:
  int nOccupied_;
  int n_;
  std::vector<double> values_;
};

/** Takes (ir|js) of one core orbital j: [i][r][s], i core, r and s empty. */
using CorePairs = std::function<void(int j, const std::vector<double>& integrals)>;

/** One transformation for both; corePairs is called for every core orbital in order. */
ActiveIntegrals activeIntegrals(const System& system, const ActiveState& state, const Matrix& orbitals, const Nevpt2Options& options,
                                const CorePairs& corePairs);

}  // namespace ansatz
