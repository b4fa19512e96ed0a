#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "ansatz/control.hpp"
#include "ansatz/hamiltonian.hpp"
#include "ansatz/strings.hpp"

namespace ansatz {

struct DirectCiOptions {
  /** λ in H + λ (S² − s(s+1)), s = |nα − nβ|/2, in Hartree: lifts states of higher spin; 0 leaves H as it is. */
  double spinPenalty = 0.0;
  /** Only c with c[I, J] = c[J, I] are given, for nα = nβ: even spins at half the cost. */
  bool symmetric = false;
  int threads = 1;
  /** Checked many times in one product. */
  Control control = {};
};

/**
 * The Hamiltonian of a sector (nα, nβ) as a matrix-free operator on coefficient vectors c[Iα · size(β) + Iβ].
 * σ = Hαα c + Σ (pq|rs) E^α_rs E^β_pq c + Hββ c without the core energy (P. J. Knowles, N. C. Handy, Chem. Phys. Lett.
 * 111, 315 (1984); J. Olsen et al., J. Chem. Phys. 89, 2185 (1988), doi:10.1063/1.455063). Same-spin parts are stored as
 * sparse matrices over strings; products that spatial symmetry forbids are found from the integrals and left out. Cost a
 * product: determinants × nα(norb − nα) × nβ(norb − nβ), with g irreducible representations about 1/g of it; memory two
 * vectors unless symmetric. The same bits on any number of threads.
 */
class DirectCi {
 public:
  DirectCi(const Hamiltonian& hamiltonian, int nalpha, int nbeta, const DirectCiOptions& options);
  /** The Hamiltonian projected on the determinants of chosen strings. */
  DirectCi(const Hamiltonian& hamiltonian, StringSpace alpha, StringSpace beta, const DirectCiOptions& options);
  ~DirectCi();
  DirectCi(const DirectCi&) = delete;
  DirectCi& operator=(const DirectCi&) = delete;

  const StringSpace& alpha() const;
  const StringSpace& beta() const;
  std::size_t size() const;

  /** sigma = H c; both of length size(). */
  void apply(std::span<const double> c, std::span<double> sigma);
  /** ⟨I|H|I⟩ of every determinant. */
  std::vector<double> diagonal() const;
  /** ⟨I|H|J⟩ by the Slater–Condon rules, for determinants at any two addresses. */
  double element(std::size_t i, std::size_t j) const;

 private:
  struct Tables;
  std::unique_ptr<Tables> tables_;
};

}  // namespace ansatz
