#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "ansatz/selected_ci.hpp"
#include "selected_ci/determinant_space.hpp"
#include "selected_ci/perturbation.hpp"

namespace ansatz {

/** Energies without the core energy, Hartree. */
struct Solution {
  std::vector<double> values, residualNorms;
  std::vector<std::vector<double>> vectors;

  /** Those states alone, in that order; their vectors are moved. */
  Solution chosen(const std::vector<std::size_t>& order);
};

/** States that are followed in one size of the space, by rising sum of energy and correction. */
struct Step {
  std::size_t determinants;
  std::vector<double> energies, corrections;
  /** Which state of the step before each comes from. */
  std::vector<std::size_t> ancestors;
};

/** A space and its states. */
struct Selected {
  std::optional<DeterminantSpace> space;
  /** Those wanted and then their guards, as in the last step. */
  Solution solution;
  std::vector<Candidate> candidates;
  std::vector<Step> steps;
  SelectionEnd end = SelectionEnd::complete;
  std::size_t peakBytes = 0;
};

/** Grows a space from a first one to `size` determinants in the orbitals of the integrals. Throws as selectedCi. */
Selected select(const IntegralLists& integrals, const SelectedCiOptions& options, std::size_t size);

}  // namespace ansatz
