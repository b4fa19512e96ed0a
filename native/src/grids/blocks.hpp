#pragma once
#include <cstddef>
#include <vector>

#include "ansatz/control.hpp"
#include "ansatz/molecular_grid.hpp"

namespace ansatz {

/** Points that functions are evaluated at together. */
constexpr int pointsTogether = 128;

/** An order of the points in which each pointsTogether that follow one another are close by: halves along the longest side of their box. */
std::vector<std::size_t> compactOrder(const MolecularGrid& grid, const Control& control);

}  // namespace ansatz
