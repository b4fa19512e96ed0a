// Products of bfloat16 matrices with float32 accumulation: on AVX-512 BF16 (vdpbf16ps: two products an instruction and lane), else on AVX2,
// where the values are widened to float32 first.
#pragma once
#include <immintrin.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <vector>

using bf16 = std::uint16_t;
constexpr int kPanel = 48;  // columns of one packed panel: three 16-lane registers

inline bf16 toBf16(float x) {  // round to nearest even
  std::uint32_t bits;
  std::memcpy(&bits, &x, 4);
  return static_cast<bf16>((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
}

inline void toBf16(const float* from, bf16* to, long n) {
  long i = 0;
#ifdef __AVX512BF16__
  for (; i + 16 <= n; i += 16) _mm256_storeu_si256(reinterpret_cast<__m256i*>(to + i), (__m256i)_mm512_cvtneps_pbh(_mm512_loadu_ps(from + i)));
#endif
  for (; i < n; i++) to[i] = toBf16(from[i]);
}

/// A K × N matrix packed for `multiply`: panels of 48 columns, in each the rows in pairs, the two values of a pair side by side.
struct Packed {
  int k = 0, n = 0;
  std::vector<bf16> data;
  int pairs() const { return (k + 1) / 2; }
  const bf16* panel(int p) const { return data.data() + static_cast<long>(p) * pairs() * 2 * kPanel; }

  void resize(int rows, int columns) {
    k = rows, n = columns;
    data.resize(static_cast<std::size_t>((n + kPanel - 1) / kPanel) * pairs() * 2 * kPanel);
  }

  /// Packs rows given as bf16, row-major.
  void pack(const bf16* b, int rows, int columns) {
    resize(rows, columns);
    bf16* out = data.data();
    for (int j = 0; j < n; j += kPanel) {
      const int width = std::min(kPanel, n - j);
      for (int i = 0; i < k; i += 2, out += 2 * kPanel) {
        const bf16* first = b + static_cast<long>(i) * n + j;
        const bool both = i + 1 < k;
        for (int c = 0; c < width; c++) out[2 * c] = first[c], out[2 * c + 1] = both ? first[n + c] : 0;
        std::memset(out + 2 * width, 0, 4 * (kPanel - width));
      }
    }
  }

  /// Packs a float32 matrix whose element (i, j) is b[i * rowStride + j * columnStride].
  void pack(const float* b, int rows, int columns, long rowStride, long columnStride) {
    std::vector<bf16> plain(static_cast<std::size_t>(rows) * columns);
    for (int i = 0; i < rows; i++)
      for (int j = 0; j < columns; j++) plain[static_cast<long>(i) * columns + j] = toBf16(b[i * rowStride + j * columnStride]);
    pack(plain.data(), rows, columns);
  }
};

#ifdef __AVX512BF16__
constexpr int kTileRows = 8;

template <int R>
inline void multiplyTile(const bf16* a, long lda, const bf16* b, int pairs, float* c, long ldc, int width, bool add) {
  __m512 sum[R][3];
  for (auto& row : sum)
    for (auto& s : row) s = _mm512_setzero_ps();
  for (int k = 0; k < pairs; k++, b += 2 * kPanel) {
    const auto b0 = (__m512bh)_mm512_loadu_si512(b), b1 = (__m512bh)_mm512_loadu_si512(b + 32), b2 = (__m512bh)_mm512_loadu_si512(b + 64);
    for (int i = 0; i < R; i++) {
      int pair;
      std::memcpy(&pair, a + i * lda + 2 * k, 4);
      const auto x = (__m512bh)_mm512_set1_epi32(pair);
      sum[i][0] = _mm512_dpbf16_ps(sum[i][0], x, b0);
      sum[i][1] = _mm512_dpbf16_ps(sum[i][1], x, b1);
      sum[i][2] = _mm512_dpbf16_ps(sum[i][2], x, b2);
    }
  }
  for (int j = 0; j < 3 && width > 16 * j; j++) {
    const __mmask16 mask = width - 16 * j >= 16 ? 0xffff : (1u << (width - 16 * j)) - 1;
    for (int i = 0; i < R; i++) {
      float* out = c + i * ldc + 16 * j;
      const __m512 v = add ? _mm512_add_ps(sum[i][j], _mm512_maskz_loadu_ps(mask, out)) : sum[i][j];
      _mm512_mask_storeu_ps(out, mask, v);
    }
  }
}
#else
constexpr int kTileRows = 4;

template <int R>
inline void multiplyTile(const bf16* a, long lda, const bf16* panel, int pairs, float* c, long ldc, int width, bool add) {
  const __m256i upper = _mm256_set1_epi32(static_cast<int>(0xffff0000));
  auto first = [](__m256i x) { return _mm256_castsi256_ps(_mm256_slli_epi32(x, 16)); };
  auto second = [upper](__m256i x) { return _mm256_castsi256_ps(_mm256_and_si256(x, upper)); };
  for (int from = 0; from < width; from += 16) {
    __m256 sum[R][2];
    for (auto& row : sum) row[0] = row[1] = _mm256_setzero_ps();
    const bf16* b = panel + 2 * from;
    for (int k = 0; k < pairs; k++, b += 2 * kPanel) {
      const __m256i b0 = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(b)), b1 = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(b + 16));
      for (int i = 0; i < R; i++) {
        int pair;
        std::memcpy(&pair, a + i * lda + 2 * k, 4);
        const __m256i x = _mm256_set1_epi32(pair);
        sum[i][0] = _mm256_fmadd_ps(first(x), first(b0), sum[i][0]);
        sum[i][1] = _mm256_fmadd_ps(first(x), first(b1), sum[i][1]);
        sum[i][0] = _mm256_fmadd_ps(second(x), second(b0), sum[i][0]);
        sum[i][1] = _mm256_fmadd_ps(second(x), second(b1), sum[i][1]);
      }
    }
    for (int i = 0; i < R; i++) {
      alignas(32) float values[16];
      _mm256_store_ps(values, sum[i][0]);
      _mm256_store_ps(values + 8, sum[i][1]);
      float* out = c + i * ldc + from;
      for (int j = 0; j < std::min(16, width - from); j++) out[j] = add ? out[j] + values[j] : values[j];
    }
  }
}
#endif

/// C (+)= A B. A: m × b.k bf16 with row stride lda (even, readable up to an even column count); C: m × b.n float32 with row stride ldc.
inline void multiply(int m, const bf16* a, long lda, const Packed& b, float* c, long ldc, bool add) {
  for (int p = 0, j = 0; j < b.n; p++, j += kPanel) {
    const int width = std::min(kPanel, b.n - j);
    int i = 0;
    for (; i + kTileRows <= m; i += kTileRows) multiplyTile<kTileRows>(a + i * lda, lda, b.panel(p), b.pairs(), c + i * ldc + j, ldc, width, add);
    for (; i < m; i++) multiplyTile<1>(a + i * lda, lda, b.panel(p), b.pairs(), c + i * ldc + j, ldc, width, add);
  }
}
