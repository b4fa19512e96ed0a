#pragma once
#include "addon.hpp"
#include "ansatz/hamiltonian.hpp"

namespace ansatz::addon {

/** Reads `norb`, `coreEnergy`, `oneBodyTensor` and `twoBodyTensor`. */
inline Hamiltonian hamiltonian(const Napi::Object& options) {
  return {integer(options, "norb"), number(options, "coreEnergy"), doubleVector(options, "oneBodyTensor"),
          doubleVector(options, "twoBodyTensor")};
}

}  // namespace ansatz::addon
