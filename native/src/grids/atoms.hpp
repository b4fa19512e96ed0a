#pragma once
#include <array>

/** What grids take of the elements H to Kr. */
namespace ansatz::grids {

constexpr int heaviest = 36;

/**
 * Radii, bohr: J. C. Slater, doi:10.1063/1.1725697; of hydrogen Becke's (doi:10.1063/1.454033); of noble gases, which he leaves out, near
 * their van der Waals radii.
 */
constexpr std::array<double, heaviest> radii{
    0.661, 2.646,                                                                                                      // H He
    2.740, 1.984, 1.606, 1.323, 1.228, 1.134, 0.945, 2.835,                                                            // Li–Ne
    3.402, 2.835, 2.362, 2.079, 1.890, 1.890, 1.890, 3.402,                                                            // Na–Ar
    4.157, 3.402, 3.024, 2.646, 2.551, 2.646, 2.646, 2.646, 2.551, 2.551, 2.551, 2.551, 2.457, 2.362, 2.173, 2.173, 2.173, 3.590};

/** ξ that scales the radii of points: O. Treutler, R. Ahlrichs, doi:10.1063/1.469408, table I. */
constexpr std::array<double, heaviest> radialScales{
    0.8, 0.9,                                                                                                      // H He
    1.8, 1.4, 1.3, 1.1, 0.9, 0.9, 0.9, 0.9,                                                                        // Li–Ne
    1.4, 1.3, 1.3, 1.2, 1.1, 1.0, 1.0, 1.0,                                                                        // Na–Ar
    1.5, 1.4, 1.3, 1.2, 1.2, 1.2, 1.2, 1.2, 1.2, 1.1, 1.1, 1.1, 1.1, 1.0, 0.9, 0.9, 0.9, 0.9};

/** Of the periodic table, from 0. */
constexpr int rowOf(int charge) { return charge <= 2 ? 0 : charge <= 10 ? 1 : charge <= 18 ? 2 : 3; }

}  // namespace ansatz::grids
