#pragma once
#include "coupled_cluster/orbital_pairs.hpp"
#include "coupled_cluster/spin_tensor.hpp"

namespace ansatz {

/** (pq|rs) of α and α, of α and β, of β and β. */
struct SpinPairs {
  PairMatrix alpha, mixed, beta;

  SpinSpace space() const { return {{alpha.bra.nOccupied, beta.bra.nOccupied}, {alpha.bra.nVirtual, beta.bra.nVirtual}}; }
};

/** Antisymmetric integrals ⟨pq||rs⟩ by the kinds of their orbitals. */
struct AntisymmetricIntegrals {
  SpinTensor oooo, ooov, oovv, ovov, ovvv, vvvv;

  AntisymmetricIntegrals(const SpinPairs& pairs, const Workers& workers);
};

/** An open shell in orbitals of each spin. */
struct OpenShellProblem {
  SpinSpace space;
  /** Of α and of β, over occupied and virtual orbitals. */
  std::array<Matrix, 2> fock;
  AntisymmetricIntegrals integrals;
};

/** t_i^a and t_ij^ab, antisymmetric. */
struct OpenShellAmplitudes {
  SpinTensor singles, doubles;
};

/** The equations of CCSD over spin orbitals. */
class OpenShellEquations {
 public:
  OpenShellEquations(const OpenShellProblem& problem, const Workers& workers);

  const AntisymmetricIntegrals& integrals() const { return v_; }
  const SpinSpace& space() const { return space_; }
  /** f_ia */
  const SpinTensor& fock() const { return fockOv_; }
  /** f_pp of an orbital of a spin, occupied ones first. */
  double orbitalEnergy(int spin, int p) const { return problem_.fock[spin](p, p); }
  /** Those of second order. */
  OpenShellAmplitudes first() const;
  double energy(const OpenShellAmplitudes& t) const;
  /** The next amplitudes, before extrapolation. */
  OpenShellAmplitudes next(const OpenShellAmplitudes& t) const;

 private:
  SpinTensor products(const SpinTensor& singles, const SpinTensor& doubles, double factor) const;
  SpinTensor singlesResidual(const OpenShellAmplitudes& t, const SpinTensor& ov, const SpinTensor& oo, const SpinTensor& vv) const;
  SpinTensor doublesResidual(const OpenShellAmplitudes& t, const SpinTensor& ov, const SpinTensor& oo, const SpinTensor& vv) const;
  void divide(SpinTensor& residual) const;

  const OpenShellProblem& problem_;
  const Workers& workers_;
  SpinSpace space_;
  const AntisymmetricIntegrals& v_;
  SpinTensor fockOv_, fockOo_, fockVv_;  // of the last two what is off the diagonal
};

/** What perturbative triples add to CCSD of an open shell in orbitals with diagonal Fock matrices, hartree. Throws Cancelled. */
double perturbativeTriples(const OpenShellEquations& equations, const OpenShellAmplitudes& t, const Workers& workers);

}  // namespace ansatz
