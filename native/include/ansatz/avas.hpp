#pragma once
#include <vector>

#include "ansatz/matrix.hpp"

namespace ansatz {

struct AvasProblem {
  /** Columns [nBasis, nOrbitals] in order of energy: doubly occupied, singly occupied, empty. */
  Matrix orbitals;
  int nDouble = 0;
  int nSingle = 0;
  /** Over the basis functions; orders the orbitals within each part. */
  Matrix fock;
  /** Overlap of the target atomic orbitals, [nTarget, nTarget]. */
  Matrix targetOverlap;
  /** Overlap of targets with basis functions, [nTarget, nBasis]. */
  Matrix crossOverlap;
  /** Orbitals with a larger weight in the targets are active. */
  double threshold = 0.2;
};

struct AvasSpace {
  /** Weight in the targets of each rotated orbital, 0 … 1, falling. */
  std::vector<double> occupiedWeights;
  std::vector<double> virtualWeights;
  /** Core, active occupied, singly occupied, active virtual, empty; each part by rising energy. */
  Matrix orbitals;
};

/**
 * Orbitals of a valence space: occupied and virtual orbitals are rotated, each among themselves, to the eigenvectors of
 * the projector on the target atomic orbitals; singly occupied ones stay and are active.
 *
 * E. R. Sayfutyarova, Q. Sun, G. K.-L. Chan, G. Knizia, J. Chem. Theory Comput. 13, 4063 (2017),
 * doi:10.1021/acs.jctc.7b00128. The energy of the determinant is kept. Cost some nBasis³.
 */
AvasSpace avas(const AvasProblem& problem);

}  // namespace ansatz
