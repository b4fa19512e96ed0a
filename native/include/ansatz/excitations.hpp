#pragma once
#include <cstddef>
#include <vector>

#include "ansatz/strings.hpp"

namespace ansatz {

/**
 * T = T_α T_β with T_σ = a†(create, ascending) a(annihilate, descending) of one spin; an empty pair of masks is the
 * identity. Annihilated and created orbitals of one spin are disjoint, so that G = T − T† obeys G³ = −G.
 */
struct Excitation {
  String alphaAnnihilate = 0;
  String alphaCreate = 0;
  String betaAnnihilate = 0;
  String betaCreate = 0;
};

/** One factor e^{θG} of a product ansatz, θ = scale · parameters[parameter]. */
struct Factor {
  Excitation excitation;
  std::size_t parameter = 0;
  double scale = 1.0;
  /** Qubit excitation: the same transitions without the fermionic sign (doi:10.1038/s42005-021-00730-0). */
  bool qubit = false;
};

/** |ψ⟩ = factors[n−1] … factors[0] |reference⟩; the first factor acts first. */
struct FactorAnsatz {
  int norb = 0;
  int nalpha = 0;
  int nbeta = 0;
  String alphaReference = 0;
  String betaReference = 0;
  std::size_t nParameters = 0;
  std::vector<Factor> factors;
};

}  // namespace ansatz
