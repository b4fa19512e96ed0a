#pragma once
#include <vector>

#include "ansatz/basis.hpp"

namespace ansatz {

/**
 * The real solid harmonic r^l Y_lm over Cartesian monomials that carry the norm of the (l,0,0) function, normalised to 1.
 *
 * m < 0 are the sine combinations. Source: H. B. Schlegel, M. J. Frisch, Int. J. Quantum Chem. 54, 83 (1995),
 * doi:10.1002/qua.560540202; Condon–Shortley phase left out.
 */
std::vector<CartesianTerm> solidHarmonic(int l, int m);

}  // namespace ansatz
