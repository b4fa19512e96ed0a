#pragma once

/**
 * Run-time choice between instruction sets. A file named *.isa.cpp is compiled once an instruction set, its contents in
 * `namespace ansatz::ANSATZ_ISA`. Declare its functions with ANSATZ_DECLARE and call them through ANSATZ_SELECT:
 *
 *     ANSATZ_DECLARE(void axpy(int n, double a, const double* x, double* y);)   // in namespace ansatz
 *     const auto axpy = ANSATZ_SELECT(axpy);                                     // in namespace ansatz
 *
 * Such a file must not use inline functions of the standard library that also baseline code uses (the linker keeps one
 * copy of each, perhaps the one with instructions this machine lacks): plain arrays, <cmath> on scalars and its own
 * templates inside `namespace ANSATZ_ISA` only.
 */
namespace ansatz {

enum class Isa { baseline, avx2, avx512 };

/** The best instruction set of this machine that this build has kernels for. */
Isa machineIsa() noexcept;
/** The one that kernels are taken from: the machine's. Tests link their own and go through all. */
Isa bestIsa() noexcept;

}  // namespace ansatz

#if defined(__x86_64__) || defined(_M_X64)
#define ANSATZ_DECLARE(...) \
  namespace baseline {      \
  __VA_ARGS__               \
  }                         \
  namespace avx2 {          \
  __VA_ARGS__               \
  }                         \
  namespace avx512 {        \
  __VA_ARGS__               \
  }
#define ANSATZ_SELECT(function)                                   \
  (::ansatz::bestIsa() == ::ansatz::Isa::avx512 ? &avx512::function \
   : ::ansatz::bestIsa() == ::ansatz::Isa::avx2 ? &avx2::function   \
                                                : &baseline::function)
#else
#define ANSATZ_DECLARE(...) \
  namespace baseline {      \
  __VA_ARGS__               \
  }
#define ANSATZ_SELECT(function) (&baseline::function)
#endif
