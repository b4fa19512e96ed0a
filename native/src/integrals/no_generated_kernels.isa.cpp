#include "integrals/eri_kernel.hpp"

namespace ansatz::ANSATZ_ISA {

/** For instruction sets that go without straight-line code: see CMakeLists.txt. */
const NamedKernel* quartetKernels() {
  static const NamedKernel none[] = {{nullptr, nullptr}};
  return none;
}

}  // namespace ansatz::ANSATZ_ISA
