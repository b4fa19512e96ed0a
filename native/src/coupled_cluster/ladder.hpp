#pragma once
#include "coupled_cluster/closed_shell.hpp"

namespace ansatz {

/** τ_ij^cd + τ_ij^dc and τ_ij^cd − τ_ij^dc for c ≥ d and i ≥ j, [cd][ij], of τ_ij^cd = t_ij^cd + t_i^c t_j^d. */
struct Sums {
  std::vector<double> plus, minus;
};

Sums sumsOfPairs(const ClosedShellAmplitudes& t, const OrbitalPairs& space, const Workers& workers);

/**
 * Σ_cd τ_ij^cd (pc|qd) plus (`plus`) and minus (`minus`) the same with i and j exchanged, [pq][ij] for every pair of orbitals: half the
 * products of a sum over all c and d. Rows p ≥ q in the order of OrbitalPairs: of ov the occupied orbital is p.
 */
void particleLadder(const PairMatrix& integrals, const Sums& tau, std::vector<double>& plus, std::vector<double>& minus, const Workers& workers);

}  // namespace ansatz
