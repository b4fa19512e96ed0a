#pragma once
#include "ansatz/basis.hpp"
#include "ansatz/repulsion.hpp"
#include "basis/cartesian.hpp"

namespace ansatz::test {

/** One contracted Cartesian function x^i y^j z^k Σ c exp(−a r²) about a centre. */
struct Function {
  const CartesianShell* shell;
  int part;
  Powers powers;
};

/**
 * (ab|cd) by expansion in Hermite Gaussians: the slow twin of the kernels, with which it shares no formula but the Boys
 * function's. Of erf(ω r)/r the exponent is αω²/(α + ω²) in place of α. L. E. McMurchie, E. R. Davidson, J. Comput. Phys. 26, 218 (1978), doi:10.1016/0021-9991(78)90092-X.
 */
double slowRepulsion(const Function& a, const Function& b, const Function& c, const Function& d, const Repulsion& repulsion = {});

}  // namespace ansatz::test
