#include "solvent/surface_kernels.hpp"

#include "integrals/simd.hpp"

namespace ansatz::ANSATZ_ISA {

void addPotential(int nFunctions, int nGroups, const double* integrals, const double* density, double* potential) {
  for (int group = 0; group < nGroups; ++group, potential += lanes) {
    Vec total = load(potential);
    for (int ab = 0; ab < nFunctions; ++ab, integrals += lanes) total += density[ab] * load(integrals);
    store(potential, total);
  }
}

void addAttraction(int nFunctions, int nGroups, const double* integrals, const double* charges, double* sums) {
  for (int ab = 0; ab < nFunctions; ++ab) {
    const double* own = integrals + ab * lanes;
    Vec total = broadcast(0.0);
    for (int group = 0; group < nGroups; ++group, own += nFunctions * lanes) total += load(charges + group * lanes) * load(own);
    sums[ab] += sum(total);
  }
}

}  // namespace ansatz::ANSATZ_ISA
