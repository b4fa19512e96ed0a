#pragma once
#include <string>

#include "ansatz/isa.hpp"

namespace ansatz::test {

/** What bestIsa() gives in this program. */
Isa& chosenIsa();

/** Calls body(name) with kernels of each instruction set that this machine has. */
template <class Body>
void forEachIsa(const Body& body) {
  const char* names[] = {"baseline", "avx2", "avx512"};
  for (int isa = 0; isa <= static_cast<int>(machineIsa()); ++isa) {
    chosenIsa() = static_cast<Isa>(isa);
    body(std::string(names[isa]));
  }
}

}  // namespace ansatz::test
