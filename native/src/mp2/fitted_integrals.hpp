#pragma once
#include "mp2/pair_integrals.hpp"

namespace ansatz {

/** As Partners; the second space is named by its place among all. */
using PartnersOf = std::function<std::vector<double>(std::size_t second)>;

/**
 * As forEachOccupied, of integrals fitted in the Coulomb metric: (ia|jb) ≈ Σ_P B_ia,P B_jb,P (M. Feyereisen, G. Fitzgerald, A. Komornicki,
 * doi:10.1016/0009-2614(93)87156-W). Cost: nBasis² · nOccupied · nAuxiliary, nOccupied · nVirtual · nAuxiliary², and
 * nOccupied² · nVirtual² · nAuxiliary. Throws InvalidInput (`not-supported`) for what needs more than options.memoryBytes, Cancelled.
 */
void forEachOccupiedFitted(const System& system, const CartesianBasis& auxiliary, const std::vector<ExcitationSpace>& spaces,
                           const Mp2Options& options, const std::function<void(std::size_t, int, const PartnersOf&)>& consume);

}  // namespace ansatz
