#pragma once
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <stdexcept>
#include <vector>

#include "ansatz/control.hpp"
#include "selected_ci/integral_lists.hpp"
#include "selected_ci/open_table.hpp"

namespace ansatz {

/** What is about to be made does not fit into the memory allowed. */
struct DoesNotFit : std::runtime_error {
  DoesNotFit() : std::runtime_error("a space of determinants or its Hamiltonian does not fit") {}
};

struct SpaceOptions {
  /** Of the space with what it is found by. */
  std::size_t memoryBytes = std::numeric_limits<std::size_t>::max();
  Control control = {};
};

/** The distinct strings of one spin in a space of determinants, ascending, and which of them one excitation connects. */
struct SpinStrings {
  /** A string one excitation away, and the symmetry of that excitation. */
  struct Neighbour {
    std::uint32_t string;
    std::uint8_t label;
  };

  std::vector<String> strings;
  /** Symmetry of each string. */
  std::vector<std::uint8_t> labels;
  OpenTable table;
  /** Of each string, by label and then by string. */
  std::vector<Neighbour> neighbours;
  std::vector<std::size_t> neighbourStart;

  std::uint32_t find(String string) const { return table.find(string); }
  std::span<const Neighbour> neighboursOf(std::uint32_t string) const {
    return {neighbours.data() + neighbourStart[string], neighbourStart[string + 1] - neighbourStart[string]};
  }
  std::span<const Neighbour> neighboursOf(std::uint32_t string, std::uint8_t label) const;
  std::size_t bytes() const { return strings.size() * 16 + neighbours.size() * sizeof(Neighbour) + table.bytes(); }
};

/** Determinants in ascending order (by α string, then by β string), found by their strings. */
class DeterminantSpace {
 public:
  /** Throws DoesNotFit, Cancelled. */
  DeterminantSpace(std::vector<Determinant> determinants, const IntegralLists& integrals, const SpaceOptions& options);

  std::size_t size() const { return determinants_.size(); }
  const std::vector<Determinant>& determinants() const { return determinants_; }
  const Determinant& operator[](std::size_t i) const { return determinants_[i]; }
  const SpinStrings& alpha() const { return alpha_; }
  const SpinStrings& beta() const { return beta_; }
  std::uint32_t alphaOf(std::size_t i) const { return alphaOf_[i]; }
  std::uint32_t betaOf(std::size_t i) const { return betaOf_[i]; }

  /** First determinant of an α string; that of the next is where they end. */
  std::size_t firstOfAlpha(std::uint32_t a) const { return firstOfAlpha_[a]; }
  /** Determinants of a β string, ascending. */
  std::span<const std::uint32_t> ofBeta(std::uint32_t b) const {
    return {ofBeta_.data() + firstOfBeta_[b], firstOfBeta_[b + 1] - firstOfBeta_[b]};
  }
  /** By the numbers of its strings; nowhere where it is not in the space. */
  std::uint32_t find(std::uint32_t a, std::uint32_t b) const { return table_.find(std::uint64_t{a} << 32 | b); }
  std::uint32_t find(const Determinant& d) const;

  std::size_t bytes() const { return size() * 28 + table_.bytes() + alpha_.bytes() + beta_.bytes(); }

 private:
  std::vector<Determinant> determinants_;
  SpinStrings alpha_, beta_;
  std::vector<std::uint32_t> alphaOf_, betaOf_, ofBeta_;
  std::vector<std::size_t> firstOfAlpha_, firstOfBeta_;
  OpenTable table_;
};

}  // namespace ansatz
