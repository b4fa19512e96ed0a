#pragma once
#include "ansatz/isa.hpp"

namespace ansatz {

/** potential[group][lane] += Σ_ab density[ab] integrals[group][ab][lane] */
using AddPotential = void(int nFunctions, int nGroups, const double* integrals, const double* density, double* potential);

/** sums[ab] += Σ charges[group][lane] integrals[group][ab][lane] */
using AddAttraction = void(int nFunctions, int nGroups, const double* integrals, const double* charges, double* sums);

ANSATZ_DECLARE(AddPotential addPotential; AddAttraction addAttraction;)

}  // namespace ansatz
