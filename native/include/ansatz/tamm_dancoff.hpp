#pragma once
#include <vector>

#include "ansatz/control.hpp"
#include "ansatz/exchange_correlation.hpp"
#include "ansatz/fock.hpp"
#include "ansatz/matrix.hpp"
#include "ansatz/scf.hpp"

namespace ansatz {

/** The orbitals of a closed shell: columns [nBasis, n], and their energies, hartree. */
struct ClosedShellOrbitals {
  Matrix orbitals;
  std::vector<double> energies;
  int nOccupied = 0;
};

struct ExcitationOptions {
  int nStates = 1;
  /** Of three parallel spins' states: triplets in place of singlets. */
  bool triplets = false;
  /** Norm of a residual, hartree. */
  double tolerance = 1e-6;
  int maxIterations = 100;
  /** Of a Kohn–Sham field, null in Hartree–Fock. */
  const ExchangeCorrelation* functional = nullptr;
  int threads = 1;
  Control control;
};

struct Excitations {
  bool converged = false;
  int iterations = 0;
  /** Of each state, hartree, rising. */
  std::vector<double> energies;
  /** Of each state, [nOccupied, nVirtual], their squares add up to 1. */
  std::vector<Matrix> amplitudes;
  /** x, y, z of ⟨0|r|k⟩ of each state, bohr; 0 for triplets. */
  std::vector<std::vector<double>> transitionDipoles;
};

/**
 * The lowest excitations of a closed shell by configuration interaction with singles (J. B. Foresman et al., doi:10.1021/j100180a030), of a
 * functional in the Tamm–Dancoff approximation (S. Hirata, M. Head-Gordon, doi:10.1016/S0009-2614(99)01149-5), adiabatic: eigenvalues of
 * A = (εa − εi) δ + 2 (ia|jb) − c (ij|ab) + 2 (ia|f|jb), without the second term for triplets and with f of parallel less opposite spins. `fock` has to
 * make exchange by the functional's repulsion.
 *
 * Cost: about ten Fock builds a state, and as many responses of the functional. Throws Cancelled.
 */
Excitations excitations(const System& system, const ClosedShellOrbitals& field, CoulombExchangeBuilder& fock, const ExcitationOptions& options);

}  // namespace ansatz
