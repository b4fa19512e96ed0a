#pragma once
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "ansatz/control.hpp"
#include "ansatz/direct_ci.hpp"
#include "ansatz/excitations.hpp"

namespace ansatz {

/** Adds weight · Σ ⟨state|ψ⟩² to an energy, so that its minimum is orthogonal to states found before (VQD, doi:10.22331/q-2019-07-01-156). */
struct Deflation {
  std::vector<std::vector<double>> states;
  /** Hartree; larger than the gap to the state sought. */
  double weight = 0.0;
};

/**
 * Exact evolution of a product ansatz in the determinants of (nα, nβ): every factor is a set of plane rotations,
 * e^{θG} = 1 + sin θ G + (1 − cos θ) G² (doi:10.1021/acs.jctc.0c01052). The state is the matrix α strings × β strings,
 * row-major. Cost: rotations of all factors; a gradient by the reverse sweep costs about two evolutions more.
 */
class Evolution {
 public:
  /** `control` is checked many times in one evolution. */
  explicit Evolution(const FactorAnsatz& ansatz, Control control = {});
  ~Evolution();
  Evolution(const Evolution&) = delete;
  Evolution& operator=(const Evolution&) = delete;

  std::size_t size() const;
  std::size_t nParameters() const;

  /** psi = U(parameters)|reference⟩, of length size(). */
  void prepare(std::span<const double> parameters, std::span<double> psi);
  /** ⟨ψ|H|ψ⟩ without the core energy, and the deflation; gradient [nParameters] is overwritten. */
  double energyAndGradient(DirectCi& hamiltonian, const Deflation& deflation, std::span<const double> parameters,
                           std::span<double> gradient);
  /** ∂E/∂θ at θ = 0 of each factor if it were applied next. */
  std::vector<double> poolGradients(DirectCi& hamiltonian, std::span<const double> parameters,
                                    const std::vector<Factor>& pool);

 private:
  struct Program;
  std::unique_ptr<Program> program_;
};

}  // namespace ansatz
