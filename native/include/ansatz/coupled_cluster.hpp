#pragma once
#include <cstddef>
#include <vector>

#include "ansatz/hamiltonian.hpp"
#include "ansatz/mp2.hpp"

namespace ansatz {

struct CoupledClusterOptions {
  double threshold = 1e-12;
  int maxIterations = 100;
  /** Change of the energy between the last two iterations, hartree. */
  double energyTolerance = 1e-9;
  /** Norm of the change of all amplitudes in the last iteration. */
  double amplitudeTolerance = 1e-7;
  /** Whether the perturbative triples are wanted as well. */
  bool triples = false;
  int threads = 1;
  Control control;
};

struct CoupledClusterResult {
  bool converged = false;
  int iterations = 0;
  /** Of singles and doubles, hartree, without the reference. */
  double correlation = 0.0;
  /** Hartree; 0 unless asked for and converged. */
  double triples = 0.0;
  /** ‖t₁‖ / √(correlated electrons); of open shells ‖t₁‖² is the mean over the spins. */
  double t1Diagnostic = 0.0;
  /** Largest singular value of t₁, of the spin where it is larger. */
  double d1Diagnostic = 0.0;
  /** Largest doubles amplitude of any pair of spins. */
  double largestAmplitude = 0.0;
  /** Correlation energy before each iteration, that of MP2 first, and the last. */
  std::vector<double> trace;
};

/**
 * Coupled cluster with single and double excitations, and where it converges (T), from canonical orbitals: one set for closed shells, α and β otherwise.
 *
 * Closed shells: the spin-adapted equations over integrals dressed by single excitations, T. Helgaker, P. Jørgensen, J. Olsen,
 * Molecular Electronic-Structure Theory (2000), 13.7 (doi:10.1002/9781119019572); G. E. Scuseria, C. L. Janssen, H. F. Schaefer,
 * doi:10.1063/1.455269; extrapolated by DIIS, G. E. Scuseria, T. J. Lee, H. F. Schaefer, doi:10.1016/0009-2614(86)80461-4. (T): K.
 * Raghavachari and others, doi:10.1016/S0009-2614(89)87395-6, by A. P. Rendell, T. J. Lee, A. Komornicki,
 * doi:10.1016/0009-2614(91)80003-T.
 *
 * Open shells: the equations over spin orbitals, J. F. Stanton, J. Gauss, J. D. Watts, R. J. Bartlett, doi:10.1063/1.460620, in blocks of
 * spins; (T) by J. D. Watts, J. Gauss, R. J. Bartlett, doi:10.1063/1.464480.
 *
 * Cost an iteration of closed shells nOccupied² nVirtual⁴ / 4 + 4 nOccupied³ nVirtual³ multiplications, (T) nOccupied³ nVirtual³
 * (nOccupied + nVirtual); of open shells about eight times as much.
 * Memory by coupledClusterMemory_bytes in src/core/quantum/field/coupled-cluster.ts. Throws Cancelled.
 */
CoupledClusterResult coupledCluster(const System& system, const std::vector<Mp2Orbitals>& orbitals, const CoupledClusterOptions& options);

/** Coupled cluster on a determinant. */
struct ReferencedCoupledCluster {
  /** Energy of the determinant, hartree, the core's included. */
  double reference = 0.0;
  CoupledClusterResult correlated;
};

/** The same of a Hamiltonian, its first nOccupied orbitals doubly occupied, whatever the orbitals. Throws Cancelled. */
ReferencedCoupledCluster coupledCluster(const Hamiltonian& hamiltonian, int nOccupied, const CoupledClusterOptions& options);

}  // namespace ansatz
