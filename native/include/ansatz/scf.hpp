#pragma once
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "ansatz/basis.hpp"
#include "ansatz/control.hpp"
#include "ansatz/exchange_correlation.hpp"
#include "ansatz/fock.hpp"
#include "ansatz/matrix.hpp"
#include "ansatz/reaction_field.hpp"

namespace ansatz {

/** A field that acts on a molecule and does not answer it, as that of a solvent that was polarised by another state. */
struct FixedField {
  /** Hartree, whatever the electrons. */
  double energy = 0.0;
  /** Over the basis functions; empty: none. */
  Matrix potential;
};

/** Nuclei, electrons and basis of one calculation, atomic units. */
struct System {
  CartesianBasis basis;
  /** One entry an atom; charge 0 for a ghost. */
  std::vector<PointCharge> nuclei;
  std::vector<PointCharge> pointCharges;
  FixedField fixedField;
  int nAlpha = 0;
  int nBeta = 0;
};

enum class ScfKind { rhf, uhf, rohf };

/**
 * partSpins: follows, of orbitals that both spins share, only rotations that turn them opposite ways, those in common being known to lead
 * nowhere; the sign of a curvature is enough.
 */
enum class StabilityCheck { none, check, follow, partSpins };

/** Where Newton's steps lead when DIIS does not converge: to lower energy, or to the stationary point close by, whatever its curvature. */
enum class NewtonSteps { downhill, nearest };

/** What makes a field one of Kohn and Sham. */
struct KohnShamTerms {
  const ExchangeCorrelation* functional = nullptr;
  /** The same on fewer points, for second derivatives. */
  const ExchangeCorrelation* response = nullptr;
};

struct ScfOptions {
  /** Also of Kohn–Sham fields: RKS, UKS. */
  ScfKind kind = ScfKind::rhf;
  /** With neither, Hartree–Fock. Not for rohf. */
  KohnShamTerms kohnSham;
  /** Of a continuum around the molecule, which answers each density; null in the gas phase. */
  const ReactionField* reactionField = nullptr;
  int maxIterations = 100;
  /** Largest |element| of the orbital gradient FDS − SDF in an orthonormal basis, hartree. */
  double gradientTolerance = 1e-8;
  /** Change of the energy between the last two iterations, hartree. */
  double energyTolerance = 1e-10;
  /** Whether to look for a lower solution of the same kind, and whether to go there. */
  StabilityCheck stability = StabilityCheck::follow;
  NewtonSteps newton = NewtonSteps::downhill;
  /** Spin polarisation, -1 to 1, of each atom's density at the start of UHF; empty: none. */
  std::vector<double> atomSpins;
  /** Orbitals [nBasis, n], occupied ones first, to start from instead of atoms; made orthonormal in this basis. */
  std::vector<Matrix> startOrbitals;
  FockOptions fock;
};

/** Overlap and core Hamiltonian over the basis functions, a fixed field's potential in it. */
struct CoreIntegrals {
  Matrix overlap;
  Matrix hamiltonian;
};

struct ScfResult {
  bool converged = false;
  int iterations = 0;
  /** Fock matrices built in all, those of the stability test and of Newton's steps included. */
  int fockBuilds = 0;
  double energy = 0.0;
  double nuclearRepulsion = 0.0;
  double gradient = 0.0;
  /** Energy of each iteration. */
  std::vector<double> trace;
  /** One set (RHF, ROHF) or α and β (UHF): orbitals are columns [nBasis, nOrbitals], in order of energy. */
  std::vector<Matrix> orbitals;
  std::vector<std::vector<double>> orbitalEnergies;
  /** Spin densities α, β over the basis functions. */
  std::vector<Matrix> densities;
  /** Fock matrices over the basis functions: one (RHF) or α and β. */
  std::vector<Matrix> focks;
  std::size_t storedIntegralBytes = 0;
  /** Of the functional on its grid, hartree, and what the grid makes of the number of electrons; 0 in Hartree–Fock. */
  double xcEnergy = 0.0;
  double gridElectrons = 0.0;
  /** Of the solvent, which is part of the energy and of the Fock matrices; its potential over the basis functions, empty without one. */
  double solventEnergy = 0.0;
  Matrix solventPotential;
  std::size_t surfacePoints = 0;
  /** Lowest eigenvalue of the orbital Hessian, hartree; NaN where it was not computed. Negative: a saddle point. */
  double lowestCurvature = std::numeric_limits<double>::quiet_NaN();
  /** How often the solution was left for a lower one. */
  int instabilitiesFollowed = 0;
};

/** Throws Cancelled. */
CoreIntegrals coreIntegrals(const System& system, const Control& control = {});

/** Hartree–Fock energy of spin densities over the basis functions (one: α = β), nuclear repulsion included; one Fock build. */
double fieldEnergy(const System& system, const std::vector<Matrix>& densities, CoulombExchangeBuilder& fock);

/**
 * Self-consistent field from a superposition of atomic densities, or what the options name, accelerated by DIIS.
 *
 * Where DIIS does not converge, augmented-Hessian Newton steps follow; or, where the nearest stationary point is asked for, a few plain
 * ones if the gradient is small already, and none otherwise. A converged solution is tested for instability
 * within its kind, and left along the unstable direction where asked.
 *
 * P. Pulay, J. Comput. Chem. 3, 556 (1982), doi:10.1002/jcc.540030413. Cost per iteration: one Fock build and some n³. A
 * field that is not self-consistent after maxIterations is returned with converged = false. Combinations of basis functions
 * with an overlap eigenvalue below 1e-7 are left out, so there may be fewer orbitals than functions. Throws InvalidInput
 * (`invalid-input`) when those that are left cannot hold the electrons, Cancelled.
 */
ScfResult selfConsistentField(const System& system, const ScfOptions& options, CoulombExchangeBuilder& fock);

/**
 * Several fields of one system side by side, whose Fock matrices are made in one pass over the integrals as long as they run: half the
 * time of three one after another. Quartets are left out by the largest density in a pass; results are those of the fields by themselves
 * to the accuracy of that. Throws as each would.
 */
std::vector<ScfResult> selfConsistentFields(const System& system, const std::vector<ScfOptions>& fields, CoulombExchangeBuilder& fock);

}  // namespace ansatz
