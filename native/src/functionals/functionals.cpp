#include "ansatz/functional.hpp"

#include "functionals/b97.hpp"
#include "functionals/gradient_corrected.hpp"
#include "functionals/local.hpp"
#include "functionals/r2scan.hpp"

namespace ansatz {
namespace {

/** Slater and VWN's form V. */
struct Svwn5 {
  static constexpr Ingredients ingredients = Ingredients::density;
  template <class T>
  static T energy(const SpinDensities<T>& d) {
    return slaterExchange(d) + vwn5Correlation(d);
  }
};

struct Pbe {
  static constexpr Ingredients ingredients = Ingredients::gradient;
  template <class T>
  static T energy(const SpinDensities<T>& d) {
    return pbeExchange(d) + pbeCorrelation(d);
  }
};

/** C. Adamo, V. Barone, doi:10.1063/1.478522. */
struct Pbe0 {
  static constexpr Ingredients ingredients = Ingredients::gradient;
  static constexpr double exactExchange = 0.25;
  template <class T>
  static T energy(const SpinDensities<T>& d) {
    return (1.0 - exactExchange) * pbeExchange(d) + pbeCorrelation(d);
  }
};

/** P. J. Stephens, F. J. Devlin, C. F. Chabalowski, M. J. Frisch, doi:10.1021/j100096a001, with VWN's fit to the random-phase approximation. */
struct B3lyp {
  static constexpr Ingredients ingredients = Ingredients::gradient;
  static constexpr double exactExchange = 0.20;
  template <class T>
  static T energy(const SpinDensities<T>& d) {
    constexpr double becke = 0.72, lyp = 0.81;
    return (1.0 - exactExchange - becke) * slaterExchange(d) + becke * becke88Exchange(d) + (1.0 - lyp) * vwnRpaCorrelation(d) +
           lyp * lypCorrelation(d);
  }
};

struct R2scan {
  static constexpr Ingredients ingredients = Ingredients::kineticEnergy;
  template <class T>
  static T energy(const SpinDensities<T>& d) {
    return r2scan::exchange(d) + r2scan::correlation(d);
  }
};

/** ωB97X-D without its dispersion: J.-D. Chai, M. Head-Gordon, doi:10.1039/b810189b. */
struct Wb97xd {
  static constexpr Ingredients ingredients = Ingredients::gradient;
  static constexpr double exactExchange = 1.0;
  static constexpr double shortRange = 0.222036, omega = 0.2;
  static constexpr Repulsion exchangeRepulsion{shortRange, 1.0 - shortRange, omega};
  template <class T>
  static T energy(const SpinDensities<T>& d) {
    constexpr b97::Enhancement exchange{0.004, {7.77964e-1, 6.61160e-1, 5.74541e-1, -5.25671, 1.16386e1}};
    constexpr b97::Enhancement sameSpin{0.2, {1.0, -6.90539, 3.13343e1, -5.10533e1, 2.64423e1}};
    constexpr b97::Enhancement oppositeSpin{0.006, {1.0, 1.79413, -1.20477e1, 1.40847e1, -8.50809}};
    return b97::shortRangeExchange(d, omega, exchange) + b97::correlation(d, sameSpin, oppositeSpin);
  }
};

/** What the ingredients leave out is 0. */
template <class T>
SpinDensities<T> closedShell(Ingredients ingredients, const T* v) {
  const bool hasGradient = ingredients != Ingredients::density, hasKinetic = ingredients == Ingredients::kineticEnergy;
  const T spin = 0.5 * v[0];
  const T sigma = hasGradient ? 0.25 * v[1] : T(0.0);
  const T tau = hasKinetic ? 0.5 * v[2] : T(0.0);
  return {spin, spin, sigma, sigma, sigma, tau, tau, true};
}

template <class T>
SpinDensities<T> openShell(Ingredients ingredients, const T* v) {
  const T none(0.0);
  if (ingredients == Ingredients::density) return {v[0], v[1], none, none, none, none, none, false};
  if (ingredients == Ingredients::gradient) return {v[0], v[1], v[2], v[3], v[4], none, none, false};
  return {v[0], v[1], v[2], v[3], v[4], v[5], v[6], false};
}

template <class Form, int n, bool isClosed>
void evaluateWith(const FunctionalInput& input, const FunctionalOutput& output) {
  const auto energyOf = [](const auto* variables) {
    return Form::energy(isClosed ? closedShell(Form::ingredients, variables) : openShell(Form::ingredients, variables));
  };
  for (int point = 0; point < input.nPoints; ++point) {
    const double rho = input.variables[0][point] + (isClosed ? 0.0 : input.variables[1][point]);
    const bool isEmpty = !(rho > smallestDensity);
    if (input.changes.empty()) {
      Dual<n> variables[n];
      for (int k = 0; k < n; ++k) variables[k] = Dual<n>::variable(input.variables[k][point], k);
      const Dual<n> e = isEmpty ? Dual<n>(0.0) : energyOf(variables);
      output.energy[point] = e.value;
      for (std::size_t k = 0; k < output.slopes.size(); ++k) output.slopes[k][point] = e.by[k];
    } else {
      using Along = Dual<1>;
      Dual<n, Along> variables[n];
      for (int k = 0; k < n; ++k) {
        Along value(input.variables[k][point]);
        value.by[0] = input.changes[k][point];
        variables[k] = Dual<n, Along>::variable(value, k);
      }
      const Dual<n, Along> e = isEmpty ? Dual<n, Along>(0.0) : energyOf(variables);
      for (int k = 0; k < n; ++k) {
        output.slopes[k][point] = e.by[k].value;
        output.slopeChanges[k][point] = e.by[k].by[0];
      }
    }
  }
}

template <class Form>
void evaluate(const FunctionalInput& input, const FunctionalOutput& output) {
  constexpr int kinds = static_cast<int>(Form::ingredients);
  if (input.isClosed) evaluateWith<Form, 1 + kinds, true>(input, output);
  else evaluateWith<Form, kinds == 0 ? 2 : kinds == 1 ? 5 : 7, false>(input, output);
}

template <class Form>
constexpr double exactExchangeOf() {
  if constexpr (requires { Form::exactExchange; }) return Form::exactExchange;
  else return 0.0;
}

template <class Form>
constexpr Repulsion exchangeRepulsionOf() {
  if constexpr (requires { Form::exchangeRepulsion; }) return Form::exchangeRepulsion;
  else return {};
}

template <class Form>
Functional entry(std::string_view name) {
  return {name, Form::ingredients, exactExchangeOf<Form>(), exchangeRepulsionOf<Form>(), evaluate<Form>};
}

}  // namespace

const std::vector<Functional>& functionals() {
  static const std::vector<Functional> all{entry<Svwn5>("svwn5"), entry<Pbe>("pbe"), entry<Pbe0>("pbe0"), entry<B3lyp>("b3lyp"),
                                           entry<R2scan>("r2scan"), entry<Wb97xd>("wb97x-d")};
  return all;
}

const Functional* findFunctional(std::string_view name) {
  for (const Functional& functional : functionals())
    if (functional.name == name) return &functional;
  return nullptr;
}

}  // namespace ansatz
