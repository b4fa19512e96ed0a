#pragma once
#include <cstddef>
#include <cstdint>

#include "ansatz/isa.hpp"

/** Plane rotations of pairs of determinants, from' = c·from − s·to, to' = c·to + s·from. */
namespace ansatz {

struct StringPair {
  std::uint32_t from;
  std::uint32_t to;
};

ANSATZ_DECLARE(
    /** Rotates fromRow[pair.from] with toRow[pair.to]; the rows may be one and the same. */
    void rotatePairs(std::size_t n, const StringPair* pairs, double c, double s, double* fromRow, double* toRow);
    /** Rotates from[k] with to[k]. */
    void rotateRows(std::size_t n, double c, double s, double* from, double* to);
    /**
     * The inverse rotation of two interleaved vectors (ψ, λ), element k at [2k, 2k + 1]; returns
     * Σ ψ_from λ_to − λ_from ψ_to, the matrix element ⟨λ|G|ψ⟩ of these pairs.
     */
    double unrotatePairs(std::size_t n, const StringPair* pairs, double c, double s, double* fromRow, double* toRow);
    double unrotateRows(std::size_t n, double c, double s, double* from, double* to);)

}  // namespace ansatz
