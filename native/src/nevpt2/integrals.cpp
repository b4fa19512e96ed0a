#include "nevpt2/integrals.hpp"

#include "ansatz/active_space.hpp"
#include "ansatz/density_matrix.hpp"
#include "ansatz/linalg.hpp"
#include "mp2/pair_integrals.hpp"

namespace ansatz {
namespace {

Matrix columnRange(const Matrix& m, int first, int last) {
  Matrix part(m.rows, last - first);
  for (int i = 0; i < m.rows; ++i) std::copy(m.row(i) + first, m.row(i) + last, part.row(i));
  return part;
}

Matrix activeDensity(const ActiveState& state, const Control& control) {
  const DensityMatrices found = oneParticleDensities({state.nActive, state.nalpha}, {state.nActive, state.nbeta}, state.coefficients, control);
  Matrix density(state.nActive, state.nActive);
  for (std::size_t k = 0; k < density.data.size(); ++k) density.data[k] = found.alpha[k] + found.beta[k];
  return density;
}

}  // namespace

CanonicalOrbitals canonicalOrbitals(const System& system, const ActiveState& state, FockBuilder& fock, const Control& control) {
  const int n = state.orbitals.cols, nOccupied = state.nCore + state.nActive;
  const Matrix core = columnRange(state.orbitals, 0, state.nCore), active = columnRange(state.orbitals, state.nCore, nOccupied);
  const CoreField field = coreField(system, core, fock, control);
  Matrix whole = activeField(system, active, activeDensity(state, control), fock, control);
  for (std::size_t k = 0; k < whole.data.size(); ++k) whole.data[k] += field.fock.data[k];
  CanonicalOrbitals result{state.orbitals, std::vector<double>(static_cast<std::size_t>(n), 0.0), {}};
  for (const auto& [first, last] : {std::pair{0, state.nCore}, {nOccupied, n}}) {
    if (first == last) continue;
    const Matrix c = columnRange(state.orbitals, first, last);
    const Eigen eigen = eigh(congruence(c, whole, control), control);
    const Matrix canonical = multiply(c, eigen.vectors, control);
    for (int k = first; k < last; ++k) {
      result.energies[static_cast<std::size_t>(k)] = eigen.values[static_cast<std::size_t>(k - first)];
      for (int x = 0; x < c.rows; ++x) result.orbitals(x, k) = canonical(x, k - first);
    }
  }
  result.coreFock = congruence(result.orbitals, field.fock, control);
  return result;
}

ActiveIntegrals activeIntegrals(const System& system, const ActiveState& state, const Matrix& orbitals, const Nevpt2Options& options,
                                const CorePairs& corePairs) {
  const int nOccupied = state.nCore + state.nActive;
  const auto rows = [&](int first, int last, int firstEmpty) {
    return excitationSpace(system, {{}, columnRange(orbitals, first, last), columnRange(orbitals, firstEmpty, orbitals.cols), {}, {}});
  };
  std::vector<ExcitationSpace> spaces{rows(state.nCore, nOccupied, 0)};
  if (state.nCore > 0 && orbitals.cols > nOccupied) spaces.push_back(rows(0, state.nCore, nOccupied));
  const ExcitationSpace occupied = rows(0, nOccupied, 0);
  Mp2Options transformation;
  transformation.threshold = options.threshold;
  transformation.memoryBytes = options.memoryBytes;
  transformation.threads = options.threads;
  transformation.control = options.control;
  const PairList pairs = makePairList(system.basis, options.threshold, options.control);
  ActiveIntegrals result(nOccupied, orbitals.cols);
  const int total = nOccupied;
  int done = 0;
  forEachOccupied(system, pairs, spaces, transformation, [&](std::size_t space, int j, const Partners& partners) {
    options.control.report(Phase::transformation, ++done, total);
    if (space == 0) result.push(partners(occupied));
    else corePairs(j, partners(spaces[1]));
  });
  return result;
}

}  // namespace ansatz
