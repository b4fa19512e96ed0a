#pragma once
#include <vector>

#include "basis/cartesian.hpp"
#include "random.hpp"
#include "slow_repulsion.hpp"

namespace ansatz::test {

/** Shells with one to three primitives; one in four sits on the origin, so that centres coincide. */
std::vector<CartesianShell> randomShells(Random& random, const std::vector<int>& parts, int count);

/** The functions of a shell in the kernels' order. */
std::vector<Function> functionsOf(const CartesianShell& shell);

}  // namespace ansatz::test
