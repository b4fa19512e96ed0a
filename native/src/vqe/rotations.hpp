#pragma once
#include <vector>

#include "ansatz/excitations.hpp"
#include "vqe/kernels.hpp"

namespace ansatz {

/** The transitions of one spin's part of an excitation; pairs of sign + come first. */
struct Rotation {
  std::vector<StringPair> pairs;
  std::size_t positive = 0;
};

/** All string pairs (I, T I) of `annihilate` → `create`; `qubit` leaves the fermionic sign out. */
Rotation stringRotation(const StringSpace& space, String annihilate, String create, bool qubit);

}  // namespace ansatz
