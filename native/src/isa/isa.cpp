#include "ansatz/isa.hpp"

#if defined(_MSC_VER) && !defined(__clang__)
#include <intrin.h>
#include <immintrin.h>
#endif

namespace ansatz {
namespace {

Isa detect() noexcept {
#if (defined(__GNUC__) || defined(__clang__)) && defined(__x86_64__)
  __builtin_cpu_init();
  const bool v3 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi") &&
                  __builtin_cpu_supports("bmi2");
  const bool v4 = v3 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                  __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
                  __builtin_cpu_supports("avx512vl");
  return v4 ? Isa::avx512 : v3 ? Isa::avx2 : Isa::baseline;
#elif defined(_M_X64)
  int leaf1[4];
  int leaf7[4];
  __cpuid(leaf1, 1);
  __cpuidex(leaf7, 7, 0);
  const bool osSavesState = (leaf1[2] & (1 << 27)) != 0;
  const unsigned long long saved = osSavesState ? _xgetbv(0) : 0;
  const bool avx2 = (saved & 0x6) == 0x6 && (leaf7[1] & (1 << 5)) != 0 && (leaf1[2] & (1 << 12)) != 0;
  const int f_dq_cd_bw_vl = (1 << 16) | (1 << 17) | (1 << 28) | (1 << 30) | (1 << 31);
  const bool avx512 = avx2 && (saved & 0xe6) == 0xe6 && (leaf7[1] & f_dq_cd_bw_vl) == f_dq_cd_bw_vl;
  return avx512 ? Isa::avx512 : avx2 ? Isa::avx2 : Isa::baseline;
#else
  return Isa::baseline;
#endif
}

}  // namespace

Isa machineIsa() noexcept {
  static const Isa isa = detect();
  return isa;
}

}  // namespace ansatz
