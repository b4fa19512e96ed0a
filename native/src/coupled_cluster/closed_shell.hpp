#pragma once
#include <vector>

#include "ansatz/coupled_cluster.hpp"
#include "coupled_cluster/orbital_pairs.hpp"
#include "coupled_cluster/products.hpp"

namespace ansatz {

/** A closed shell in orbitals whose Fock matrix is diagonal among the occupied and among the virtual ones. */
struct ClosedShellProblem {
  PairMatrix integrals;
  std::vector<double> occupiedEnergies, virtualEnergies;
  /** f_ia; zero in the orbitals of Hartree–Fock. */
  Matrix fock;

  const OrbitalPairs& space() const { return integrals.bra; }
};

/** Amplitudes of a closed shell, of one spin and of a pair of both spins. */
struct ClosedShellAmplitudes {
  /** t_i^a, [i][a] */
  Matrix singles;
  /** t_ij^ab, [ia][jb], symmetric */
  std::vector<double> doubles;
};

/** One of them after another, and what the equations leave. */
class ClosedShellEquations {
 public:
  ClosedShellEquations(const ClosedShellProblem& problem, const Workers& workers);

  /** Those of second order. */
  ClosedShellAmplitudes first() const;
  double energy(const ClosedShellAmplitudes& t) const;
  /** The next amplitudes, before extrapolation. */
  ClosedShellAmplitudes next(const ClosedShellAmplitudes& t);

 private:
  using Tensor = std::vector<double>;

  Tensor exchanged(const Tensor& m) const;
  Tensor combined(double factor, const Tensor& x, double otherFactor, const Tensor& y) const;
  Matrix unpacked(const double* packed) const;
  void passOverOvvv(const ClosedShellAmplitudes& t);
  void dressOccupied(const ClosedShellAmplitudes& t);
  void dressFock(const ClosedShellAmplitudes& t);
  void ladders(const ClosedShellAmplitudes& t);
  void singlesEquations(const ClosedShellAmplitudes& t);
  void rings();
  void remainingDoubles(const ClosedShellAmplitudes& t);
  ClosedShellAmplitudes divided(const ClosedShellAmplitudes& t) const;

  const ClosedShellProblem& problem_;
  const Workers& workers_;
  OrbitalPairs space_;
  int o_, v_, n_;  // n_ = o_ v_
  Tensor ovov_, exchangedOvov_, antisymmetric_;  // (ia|jb), (ib|ja), 2 (ia|jb) − (ib|ja)
  // made anew in each iteration
  Tensor exchangedT_, u_;          // t_ij^ba, 2 t_ij^ab − t_ij^ba
  Matrix singlesT_, minusSinglesT_;  // [a][i]
  Tensor dressedVirtual_;          // Σ_d t_i^d (kc|ad), [kc][ia]
  Tensor dressedOccupied_;         // Σ_d t_i^d (kd|ac), [k][i][ac]
  Tensor occupied_;                // (ki|lc) + Σ_d t_i^d (kd|lc), [k][i][lc]
  Tensor mixed_;                   // R: (ki|jb) with i and j dressed and Σ_cd t_ij^cd (kc|bd), [k][i][jb]
  Tensor direct_, crossed_;        // (ai|kc) and (ki|ac), a and i dressed, [ia][kc]
  Matrix fockOv_, fockOo_, fockVv_;  // dressed by the density of singles
  Matrix dressedOo_, dressedVv_;     // and by their excitations
  Matrix doublesOo_;               // Σ_cdl u_lj^cd (kd|lc), [k][j]
  Tensor plus_, minus_;            // Σ_cd t_ij^cd (pc|qd) ± the same with i and j exchanged, [pq][ij]
  Matrix singlesResidual_;
  Tensor halfResidual_;            // [ia][jb], to be added to its transpose
};

}  // namespace ansatz
