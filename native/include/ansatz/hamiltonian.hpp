#pragma once
#include <cstddef>
#include <span>
#include <vector>

namespace ansatz {

/**
 * Electronic Hamiltonian of an active space over real orthonormal orbitals,
 * H = coreEnergy + Σ_pq oneBody[p,q] E_pq + ½ Σ_pqrs (pq|rs) (E_pq E_rs − δ_qr E_ps), energies in Hartree.
 * `oneBody` has shape [norb, norb], `twoBody` [norb, norb, norb, norb] in chemists' order (pq|rs); both row-major.
 */
struct Hamiltonian {
  int norb = 0;
  double coreEnergy = 0.0;
  std::vector<double> oneBody;
  std::vector<double> twoBody;

  double h(int p, int q) const { return oneBody[static_cast<std::size_t>(p * norb + q)]; }
  double g(int p, int q, int r, int s) const {
    return twoBody[static_cast<std::size_t>(((p * norb + q) * norb + r) * norb + s)];
  }
};

}  // namespace ansatz
