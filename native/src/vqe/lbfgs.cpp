#include "vqe/lbfgs.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <optional>

#include "ansatz/error.hpp"

namespace ansatz {
namespace {

using Vector = std::vector<double>;

double dotOf(const Vector& x, const Vector& y) {
  double sum = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += x[i] * y[i];
  return sum;
}

/** NaN where a component is. */
double largest(const Vector& x) {
  double norm = 0.0;
  for (const double value : x) {
    if (std::isnan(value)) return value;
    norm = std::max(norm, std::abs(value));
  }
  return norm;
}

struct Correction {
  Vector step;
  Vector change;
  double inverseCurvature;
};

/** −H g by the two-loop recursion. */
Vector direction(const Vector& gradient, const std::deque<Correction>& history, const Vector& inverseHessian) {
  Vector q = gradient;
  Vector weights(history.size());
  for (std::size_t k = history.size(); k-- > 0;) {
    weights[k] = history[k].inverseCurvature * dotOf(history[k].step, q);
    for (std::size_t i = 0; i < q.size(); ++i) q[i] -= weights[k] * history[k].change[i];
  }
  for (std::size_t i = 0; i < q.size(); ++i) q[i] *= -inverseHessian[i];
  for (std::size_t k = 0; k < history.size(); ++k) {
    const double beta = history[k].inverseCurvature * dotOf(history[k].change, q);
    for (std::size_t i = 0; i < q.size(); ++i) q[i] -= (weights[k] + beta) * history[k].step[i];
  }
  return q;
}

struct Point {
  double length;
  double value;
  double slope;
  Vector x;
  Vector gradient;
};

/** Minimum of the cubic through two values and slopes, kept off the ends of the interval. */
double cubicStep(const Point& a, const Point& b) {
  const double d1 = a.slope + b.slope - 3.0 * (a.value - b.value) / (a.length - b.length);
  const double root = d1 * d1 - a.slope * b.slope;
  const double middle = 0.5 * (a.length + b.length);
  if (root < 0.0) return middle;
  const double d2 = std::copysign(std::sqrt(root), b.length - a.length);
  const double step = b.length - (b.length - a.length) * (b.slope + d2 - d1) / (b.slope - a.slope + 2.0 * d2);
  const double margin = 0.1 * std::abs(b.length - a.length);
  const double low = std::min(a.length, b.length) + margin, high = std::max(a.length, b.length) - margin;
  return std::isfinite(step) ? std::clamp(step, low, high) : middle;
}

/** Strong Wolfe conditions; near the minimum, where rounding hides the decrease, the approximate ones. */
struct Wolfe {
  const Point& start;
  static constexpr double decrease = 1e-4;
  static constexpr double curvature = 0.9;

  bool lowEnough(const Point& p) const {
    const double rounding = 1e-14 * std::abs(start.value);
    return p.value <= start.value + decrease * p.length * start.slope ||
           (p.value <= start.value + rounding && p.slope <= (2.0 * decrease - 1.0) * start.slope);
  }
  bool flatEnough(const Point& p) const { return std::abs(p.slope) <= -curvature * start.slope; }
};

template <class At>
std::optional<Point> zoom(Point low, Point high, const Wolfe& wolfe, const At& at) {
  for (int step = 0; step < 30; ++step) {
    Point p = at(cubicStep(low, high));
    if (!wolfe.lowEnough(p) || p.value > low.value) {
      high = std::move(p);
      continue;
    }
    if (wolfe.flatEnough(p)) return p;
    if (p.slope * (high.length - low.length) >= 0.0) high = std::move(low);
    low = std::move(p);
  }
  return low.length > 0.0 && low.value < wolfe.start.value ? std::optional(low) : std::nullopt;
}

template <class At>
std::optional<Point> lineSearch(const Point& start, const At& at) {
  const Wolfe wolfe{start};
  Point previous = start;
  double length = 1.0;
  for (int step = 0; step < 20; ++step, length *= 2.0) {
    Point p = at(length);
    if (!wolfe.lowEnough(p) || (step > 0 && p.value >= previous.value))
      return zoom(std::move(previous), std::move(p), wolfe, at);
    if (wolfe.flatEnough(p)) return p;
    if (p.slope >= 0.0) return zoom(std::move(p), std::move(previous), wolfe, at);
    previous = std::move(p);
  }
  return previous;
}

}  // namespace

LbfgsResult minimiseLbfgs(const std::function<double(std::span<const double>, std::span<double>)>& evaluate,
                          Vector start, const LbfgsOptions& options) {
  LbfgsResult result;
  Point here{0.0, 0.0, 0.0, std::move(start), {}};
  here.gradient.resize(here.x.size());
  here.value = evaluate(here.x, here.gradient);
  if (!std::isfinite(here.value) || !std::isfinite(largest(here.gradient))) throw notFinite("the energy or its gradient at the start");
  result.evaluations = 1;
  std::deque<Correction> history;
  if (options.report) options.report(0, here.value);
  while (largest(here.gradient) > options.gradientTolerance && result.iterations < options.maxIterations) {
    Vector d = direction(here.gradient, history, options.inverseHessian);
    if (dotOf(d, here.gradient) >= 0.0) {
      history.clear();
      d = direction(here.gradient, history, options.inverseHessian);
    }
    here.length = 0.0;
    here.slope = dotOf(d, here.gradient);
    const auto at = [&](double length) {
      Point p{length, 0.0, 0.0, here.x, Vector(here.x.size())};
      for (std::size_t i = 0; i < d.size(); ++i) p.x[i] += length * d[i];
      p.value = evaluate(p.x, p.gradient);
      p.slope = dotOf(d, p.gradient);
      ++result.evaluations;
      return p;
    };
    std::optional<Point> next = lineSearch(here, at);
    if (!next) {
      if (history.empty()) break;
      history.clear();
      continue;
    }
    Correction correction{next->x, next->gradient, 0.0};
    for (std::size_t i = 0; i < d.size(); ++i) {
      correction.step[i] -= here.x[i];
      correction.change[i] -= here.gradient[i];
    }
    const double curvature = dotOf(correction.step, correction.change);
    if (curvature > 0.0) {
      correction.inverseCurvature = 1.0 / curvature;
      history.push_back(std::move(correction));
      if (history.size() > options.history) history.pop_front();
    }
    here = std::move(*next);
    ++result.iterations;
    if (options.report) options.report(result.iterations, here.value);
  }
  result.value = here.value;
  result.gradientNorm = largest(here.gradient);
  result.converged = result.gradientNorm <= options.gradientTolerance;
  result.x = std::move(here.x);
  result.gradient = std::move(here.gradient);
  return result;
}

}  // namespace ansatz
