#pragma once
#include <cstddef>
#include <vector>

#include "ansatz/control.hpp"
#include "ansatz/hamiltonian.hpp"
#include "ansatz/strings.hpp"

namespace ansatz {

struct CiOptions {
  int nalpha = 0;
  int nbeta = 0;
  /** Only determinants of these strings; all where empty. */
  std::vector<String> alphaStrings;
  std::vector<String> betaStrings;
  int nroots = 1;
  /** States of a Hamiltonian nearby, of all strings each, to begin from beside those of the model space; may be empty. Where it is not, nothing is sought again. */
  std::vector<std::vector<double>> start;
  /** λ in H + λ (S² − s(s+1)), Hartree; see DirectCiOptions. */
  double spinPenalty = 0.0;
  /** Largest norm of a residual, Hartree; the error of an energy is about its square over the gap. */
  double tolerance = 5e-6;
  int maxIterations = 100;
  int threads = 1;
  Control control;
};

struct CiState {
  /** Total energy, core energy included, Hartree; without the penalty. */
  double energy = 0.0;
  double residualNorm = 0.0;
  /** ⟨S²⟩ */
  double spinSquare = 0.0;
  /** Normalised coefficients, [size(α) · size(β)]; the largest is positive. */
  std::vector<double> coefficients;
};

struct CiResult {
  bool converged = false;
  int iterations = 0;
  std::size_t determinants = 0;
  /** Ascending in energy. */
  std::vector<CiState> states;
};

/**
 * Lowest eigenstates of the Hamiltonian in the sector (nα, nβ) by Davidson's method over direct CI
 * (E. R. Davidson, J. Comput. Phys. 17, 87 (1975), doi:10.1016/0021-9991(75)90065-0).
 * States none of whose determinants weighs 0.3 are sought again from vectors of every symmetry, at about twice the cost, unless the
 * iteration began from given states.
 * Fewer states than asked for come back where the space is smaller. Memory: about 2 (8 + 4 nroots) vectors,
 * 2 (24 + 4 nroots) below a million determinants.
 */
CiResult solveCi(const Hamiltonian& hamiltonian, const CiOptions& options);

/** ⟨S²⟩ of coefficients in the sector of `options`. */
double spinSquare(const Hamiltonian& hamiltonian, const CiOptions& options, const std::vector<double>& coefficients);

}  // namespace ansatz
