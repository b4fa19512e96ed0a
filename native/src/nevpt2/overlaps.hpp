#pragma once
#include <cstddef>
#include <vector>

#include "ansatz/control.hpp"
#include "ansatz/matrix.hpp"

namespace ansatz {

/** ⟨x|y⟩ of vectors of one length, an empty one standing for zero. A look at the flag of cancellation lies between pieces of them. */
Matrix overlapsOf(const std::vector<std::vector<double>>& left, const std::vector<std::vector<double>>& right, std::size_t length,
                  const Control& control);

}  // namespace ansatz
