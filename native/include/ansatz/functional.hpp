#pragma once
#include <string_view>
#include <vector>

#include "ansatz/repulsion.hpp"

namespace ansatz {

/** What an energy density is made of: the density alone, its gradient too, the kinetic energy of the orbitals too. */
enum class Ingredients { density, gradient, kineticEnergy };

/**
 * Variables at points, each [n], in atomic units. Of closed shells the totals ρ, σ = |∇ρ|², τ = ½ Σ |∇ψ|²; of open ones ρα, ρβ, σαα,
 * σαβ, σββ, τα, τβ; as many of them as the ingredients need.
 */
struct FunctionalInput {
  int nPoints;
  bool isClosed;
  std::vector<const double*> variables;
  /** A change of each variable, whose effect on the slopes is wanted; empty: none. */
  std::vector<const double*> changes;
};

struct FunctionalOutput {
  /** Energy density, hartree bohr⁻³. */
  double* energy;
  /** Its derivative by each variable; empty: not wanted, where there are no changes either. */
  std::vector<double*> slopes;
  /** What the changes make of the slopes, to first order. */
  std::vector<double*> slopeChanges;
};

/** An exchange–correlation functional. */
struct Functional {
  std::string_view name;
  Ingredients ingredients;
  /** How much of the exchange is that of Hartree–Fock, by this repulsion of electrons. */
  double exactExchange;
  Repulsion exchangeRepulsion;
  /** Writes energies and slopes, or slopes and their changes where there are changes. Points of less than 1e-15 electrons a bohr³ get 0. */
  void (*evaluate)(const FunctionalInput& input, const FunctionalOutput& output);

  int nVariables(bool isClosed) const {
    const int kinds = static_cast<int>(ingredients);
    return isClosed ? 1 + kinds : kinds == 0 ? 2 : kinds == 1 ? 5 : 7;
  }
};

/** svwn5, pbe, pbe0, b3lyp, r2scan, wb97x-d (without its dispersion). */
const std::vector<Functional>& functionals();
/** nullptr where there is none of that name. */
const Functional* findFunctional(std::string_view name);

}  // namespace ansatz
