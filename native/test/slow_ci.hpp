#pragma once
#include <cstdint>
#include <functional>
#include <unordered_map>
#include <vector>

#include "ansatz/hamiltonian.hpp"

namespace ansatz::test {

/**
 * Occupation of spin orbitals: α of orbital p is bit p, β is bit norb + p. A determinant is the product of the creators of its
 * bits, ascending, on the vacuum.
 */
using Occupation = std::uint64_t;

/** A sum of determinants. */
using SlowState = std::unordered_map<Occupation, double>;

/** Determinants of nα and nβ electrons in the order of direct CI: by α string, then by β string, each ascending. */
std::vector<Occupation> determinants(int norb, int nalpha, int nbeta);

SlowState stateOf(const std::vector<Occupation>& order, const std::vector<double>& coefficients);
std::vector<double> coefficientsOf(const std::vector<Occupation>& order, const SlowState& state);
double overlap(const SlowState& a, const SlowState& b);

/** Ladder operators in the order in which they act: +(q + 1) creates in spin orbital q, −(q + 1) annihilates. */
void addOperators(const std::vector<int>& operators, double factor, const SlowState& on, SlowState& to);

/** H without the core energy, by ladder operators on each determinant. */
SlowState slowHamiltonian(const Hamiltonian& hamiltonian, const SlowState& state);
/** S² = S₋S₊ + Ms(Ms + 1) */
SlowState slowSpinSquare(int norb, int nalpha, int nbeta, const SlowState& state);

}  // namespace ansatz::test
