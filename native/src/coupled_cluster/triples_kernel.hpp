#pragma once
#include "ansatz/isa.hpp"

namespace ansatz {

/** A vector of each of i, j and k, and a matrix of the two others, of which products are added to W. */
struct Disconnected {
  const double* vectors[3];     // of i, j, k: [virtual]
  const double* matrices[3];    // of jk, ik, ij: [virtual of the first][of the second]
  const double* transposed[3];
};

/** One i, j, k. */
struct TriplesBlock {
  int nVirtual;
  const double* w;  // [a][b][c]
  /** Singles with integrals; where the orbitals are not those of Hartree–Fock, the Fock matrix with doubles. */
  int nDisconnected;
  Disconnected disconnected[2];
  const double* virtualEnergies;
  double occupiedEnergy;  // of i, j and k together
  double* scratch;        // triplesScratch doubles
};

constexpr int triplesScratch(int nVirtual) { return 12 * nVirtual; }

/** Σ_abc W_abc (4 V_abc + V_bca + V_cab − 2 V_acb − 2 V_bac − 2 V_cba) / Δ_abc, V = W and the products of what is disconnected. */
using TriplesEnergy = double(const TriplesBlock& block);

ANSATZ_DECLARE(TriplesEnergy triplesEnergy;)

}  // namespace ansatz
