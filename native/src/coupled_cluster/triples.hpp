#pragma once
#include "coupled_cluster/closed_shell.hpp"

namespace ansatz {

/** What perturbative triples add to CCSD of a closed shell, hartree. Throws Cancelled. */
double perturbativeTriples(const ClosedShellProblem& problem, const ClosedShellAmplitudes& t, const Workers& workers);

}  // namespace ansatz
