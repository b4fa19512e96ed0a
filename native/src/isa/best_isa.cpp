#include "ansatz/isa.hpp"

namespace ansatz {

Isa bestIsa() noexcept { return machineIsa(); }

}  // namespace ansatz
