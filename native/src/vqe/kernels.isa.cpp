#include "vqe/kernels.hpp"

namespace ansatz::ANSATZ_ISA {
namespace {

#if defined(__GNUC__) || defined(__clang__)
/** (ψ, λ) of one determinant. */
using Two = double __attribute__((vector_size(16)));
inline Two load(const double* p) {
  Two value;
  __builtin_memcpy(&value, p, sizeof value);
  return value;
}
inline void store(double* p, Two value) { __builtin_memcpy(p, &value, sizeof value); }
inline Two swapped(Two value) { return __builtin_shufflevector(value, value, 1, 0); }
#else
struct Two {
  double values[2];
  double operator[](int i) const { return values[i]; }
};
inline Two operator+(Two a, Two b) { return {{a[0] + b[0], a[1] + b[1]}}; }
inline Two operator-(Two a, Two b) { return {{a[0] - b[0], a[1] - b[1]}}; }
inline Two operator*(Two a, Two b) { return {{a[0] * b[0], a[1] * b[1]}}; }
inline Two operator*(double a, Two b) { return {{a * b[0], a * b[1]}}; }
inline Two load(const double* p) { return {{p[0], p[1]}}; }
inline void store(double* p, Two value) {
  p[0] = value[0];
  p[1] = value[1];
}
inline Two swapped(Two value) { return {{value[1], value[0]}}; }
#endif

}  // namespace

void rotatePairs(std::size_t n, const StringPair* pairs, double c, double s, double* fromRow, double* toRow) {
  for (std::size_t k = 0; k < n; ++k) {
    double* from = fromRow + pairs[k].from;
    double* to = toRow + pairs[k].to;
    const double x = *from, y = *to;
    *from = c * x - s * y;
    *to = c * y + s * x;
  }
}

void rotateRows(std::size_t n, double c, double s, double* from, double* to) {
  for (std::size_t k = 0; k < n; ++k) {
    const double x = from[k], y = to[k];
    from[k] = c * x - s * y;
    to[k] = c * y + s * x;
  }
}

double unrotatePairs(std::size_t n, const StringPair* pairs, double c, double s, double* fromRow, double* toRow) {
  Two sum{0.0, 0.0};
  for (std::size_t k = 0; k < n; ++k) {
    double* from = fromRow + 2 * std::size_t{pairs[k].from};
    double* to = toRow + 2 * std::size_t{pairs[k].to};
    const Two x = load(from), y = load(to);
    sum = sum + x * swapped(y);
    store(from, c * x + s * y);
    store(to, c * y - s * x);
  }
  return sum[0] - sum[1];
}

double unrotateRows(std::size_t n, double c, double s, double* from, double* to) {
  constexpr std::size_t lanes = 16;
  double sum[lanes] = {};
  std::size_t k = 0;
  for (; k + lanes <= 2 * n; k += lanes) {
    double x[lanes], y[lanes];
    for (std::size_t i = 0; i < lanes; ++i) x[i] = from[k + i];
    for (std::size_t i = 0; i < lanes; ++i) y[i] = to[k + i];
    for (std::size_t i = 0; i < lanes; ++i) sum[i] += x[i] * y[i ^ 1];
    for (std::size_t i = 0; i < lanes; ++i) from[k + i] = c * x[i] + s * y[i];
    for (std::size_t i = 0; i < lanes; ++i) to[k + i] = c * y[i] - s * x[i];
  }
  double psiLambda = 0.0, lambdaPsi = 0.0;
  for (std::size_t i = 0; i < lanes; i += 2) {
    psiLambda += sum[i];
    lambdaPsi += sum[i + 1];
  }
  const StringPair here{0, 0};
  double rest = 0.0;
  for (; k < 2 * n; k += 2) rest += unrotatePairs(1, &here, c, s, from + k, to + k);
  return psiLambda - lambdaPsi + rest;
}

}  // namespace ansatz::ANSATZ_ISA
