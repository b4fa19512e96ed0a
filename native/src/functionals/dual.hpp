#pragma once
#include <array>
#include <cmath>
#include <numbers>
#include <type_traits>

namespace ansatz {

/**
 * A number with its derivatives by N variables, which arithmetic carries along: forward automatic differentiation.
 *
 * T is double, or a Dual again: the derivatives then have derivatives of their own. A. Griewank, A. Walther, Evaluating
 * Derivatives, 2nd ed. (2008), chapter 3.
 */
template <int N, class T = double>
struct Dual {
  T value{};
  std::array<T, N> by{};

  Dual() = default;
  Dual(double constant) : value(constant) {}
  explicit Dual(const T& constant)
    requires(!std::is_same_v<T, double>)
      : value(constant) {}

  /** The k-th variable. */
  static Dual variable(const T& value, int k) {
    Dual x;
    x.value = value;
    x.by[k] = T(1.0);
    return x;
  }
};

/** The double at the bottom. */
inline double plain(double x) { return x; }
template <int N, class T>
double plain(const Dual<N, T>& x) {
  return plain(x.value);
}

/** f(x) from its value and its slope there. */
template <int N, class T>
Dual<N, T> chained(const Dual<N, T>& x, const T& value, const T& slope) {
  Dual<N, T> result;
  result.value = value;
  for (int k = 0; k < N; ++k) result.by[k] = slope * x.by[k];
  return result;
}

template <int N, class T>
Dual<N, T> operator+(Dual<N, T> x, const Dual<N, T>& y) {
  x.value = x.value + y.value;
  for (int k = 0; k < N; ++k) x.by[k] = x.by[k] + y.by[k];
  return x;
}
template <int N, class T>
Dual<N, T> operator-(Dual<N, T> x, const Dual<N, T>& y) {
  x.value = x.value - y.value;
  for (int k = 0; k < N; ++k) x.by[k] = x.by[k] - y.by[k];
  return x;
}
template <int N, class T>
Dual<N, T> operator-(Dual<N, T> x) {
  x.value = -x.value;
  for (int k = 0; k < N; ++k) x.by[k] = -x.by[k];
  return x;
}
template <int N, class T>
Dual<N, T> operator*(const Dual<N, T>& x, const Dual<N, T>& y) {
  Dual<N, T> result;
  result.value = x.value * y.value;
  for (int k = 0; k < N; ++k) result.by[k] = x.by[k] * y.value + x.value * y.by[k];
  return result;
}
template <int N, class T>
Dual<N, T> operator/(const Dual<N, T>& x, const Dual<N, T>& y) {
  Dual<N, T> result;
  const T inverse = 1.0 / y.value;
  result.value = x.value * inverse;
  for (int k = 0; k < N; ++k) result.by[k] = (x.by[k] - result.value * y.by[k]) * inverse;
  return result;
}

template <int N, class T>
Dual<N, T> operator+(Dual<N, T> x, double c) {
  x.value = x.value + c;
  return x;
}
template <int N, class T>
Dual<N, T> operator+(double c, Dual<N, T> x) {
  return x + c;
}
template <int N, class T>
Dual<N, T> operator-(Dual<N, T> x, double c) {
  return x + -c;
}
template <int N, class T>
Dual<N, T> operator-(double c, const Dual<N, T>& x) {
  return -x + c;
}
template <int N, class T>
Dual<N, T> operator*(Dual<N, T> x, double c) {
  x.value = x.value * c;
  for (int k = 0; k < N; ++k) x.by[k] = x.by[k] * c;
  return x;
}
template <int N, class T>
Dual<N, T> operator*(double c, const Dual<N, T>& x) {
  return x * c;
}
template <int N, class T>
Dual<N, T> operator/(const Dual<N, T>& x, double c) {
  return x * (1.0 / c);
}
template <int N, class T>
Dual<N, T> operator/(double c, const Dual<N, T>& x) {
  const T inverse = 1.0 / x.value;
  return chained(x, T(c * inverse), T(-c * inverse * inverse));
}

using std::asinh;
using std::atan;
using std::cbrt;
using std::erf;
using std::exp;
using std::expm1;
using std::log;
using std::log1p;
using std::sqrt;

template <int N, class T>
Dual<N, T> exp(const Dual<N, T>& x) {
  const T value = exp(x.value);
  return chained(x, value, value);
}
template <int N, class T>
Dual<N, T> erf(const Dual<N, T>& x) {
  return chained(x, T(erf(x.value)), T(2.0 * std::numbers::inv_sqrtpi * exp(-(x.value * x.value))));
}
template <int N, class T>
Dual<N, T> expm1(const Dual<N, T>& x) {
  const T value = expm1(x.value);
  return chained(x, value, T(value + 1.0));
}
template <int N, class T>
Dual<N, T> log(const Dual<N, T>& x) {
  return chained(x, T(log(x.value)), T(1.0 / x.value));
}
template <int N, class T>
Dual<N, T> log1p(const Dual<N, T>& x) {
  return chained(x, T(log1p(x.value)), T(1.0 / (1.0 + x.value)));
}
template <int N, class T>
Dual<N, T> sqrt(const Dual<N, T>& x) {
  const T value = sqrt(x.value);
  return chained(x, value, T(0.5 / value));
}
template <int N, class T>
Dual<N, T> cbrt(const Dual<N, T>& x) {
  const T value = cbrt(x.value);
  return chained(x, value, T(value / (3.0 * x.value)));
}
template <int N, class T>
Dual<N, T> atan(const Dual<N, T>& x) {
  return chained(x, T(atan(x.value)), T(1.0 / (1.0 + x.value * x.value)));
}
template <int N, class T>
Dual<N, T> asinh(const Dual<N, T>& x) {
  return chained(x, T(asinh(x.value)), T(1.0 / sqrt(1.0 + x.value * x.value)));
}

/** xⁿ by multiplication. */
template <int power, class T>
T powerOf(const T& x) {
  static_assert(power > 0);
  if constexpr (power == 1) return x;
  else if constexpr (power % 2 == 0) {
    const T half = powerOf<power / 2>(x);
    return half * half;
  } else {
    return x * powerOf<power - 1>(x);
  }
}

}  // namespace ansatz
