#include "instruction_sets.hpp"

namespace ansatz {

Isa& test::chosenIsa() {
  static Isa isa = machineIsa();
  return isa;
}

Isa bestIsa() noexcept { return test::chosenIsa(); }

}  // namespace ansatz
