#pragma once
#include <optional>
#include <vector>

#include "ansatz/control.hpp"
#include "ansatz/evolution.hpp"
#include "ansatz/excitations.hpp"
#include "ansatz/hamiltonian.hpp"

namespace ansatz {

struct VqeOptions {
  /** Starting parameters, [nParameters]; mollerPlessetStart's where absent. */
  std::optional<std::vector<double>> start;
  int maxIterations = 200;
  /** Largest absolute component of the gradient, Hartree, at which the search ends. */
  double gradientTolerance = 1e-5;
  /** λ of the spin penalty, Hartree; see DirectCiOptions. */
  double spinPenalty = 0.0;
  Deflation deflation;
  int threads = 1;
  Control control;
};

struct VqeResult {
  bool converged = false;
  int iterations = 0;
  int evaluations = 0;
  /** Total energy at `parameters`, core energy, spin penalty and deflation included, Hartree. */
  double energy = 0.0;
  double gradientNorm = 0.0;
  std::vector<double> parameters;
  std::vector<double> gradient;
  /** Total energy at the start and after each iteration. */
  std::vector<double> trace;
};

/** Minimises ⟨ψ(parameters)|H|ψ(parameters)⟩ by L-BFGS with exact gradients; the result is deterministic. */
VqeResult minimiseVqe(const Hamiltonian& hamiltonian, const FactorAnsatz& ansatz, const VqeOptions& options);

/**
 * First-order Møller–Plesset parameters: θ = −⟨Φ_k|H|reference⟩ / Σ(ε created − ε annihilated), with the orbital energies
 * of the reference determinant's Fock operators; 0 for a parameter whose factors do not act on the reference.
 */
std::vector<double> mollerPlessetStart(const Hamiltonian& hamiltonian, const FactorAnsatz& ansatz, int threads,
                                       Control control);

}  // namespace ansatz
