#pragma once
#include <cstddef>
#include <cstdint>

#include "ansatz/isa.hpp"

/** Innermost loops of direct CI: a block of `lanes` vectors is packed side by side, x[row · lanes + lane], and multiplied by a sparse matrix. */
namespace ansatz {

/** Widest block of the row kernels; narrower ones have a half or a quarter of it. */
inline constexpr std::size_t maxLanes = 32;

/** Where the lanes of a block lie: element (row, lane) is at offset[lane] + row, so that each lane is contiguous. */
struct LaneMap {
  std::size_t offset[maxLanes];
  double sign[maxLanes];
  std::size_t used;
};

/** Sparse matrix by rows; row i holds entries start[i] .. start[i+1]. */
struct SparseRows {
  std::size_t nrow;
  const std::uint64_t* start;
  const std::uint32_t* column;
  const double* value;

  SparseRows part(std::size_t first, std::size_t count) const { return {count, start + first, column, value}; }
};

/**
 * Sparse matrix by rows whose entry packs column and code; its value is coefficients[code]. Of row i the entries from
 * start[i] on count, `count[i]` of them, or all up to start[i + 1] where count is null.
 */
struct CodedRows {
  std::size_t nrow;
  const std::uint32_t* start;
  const std::uint32_t* entry;
  const std::uint16_t* count;

  CodedRows part(std::size_t first, std::size_t rows) const {
    return {rows, start + first, entry, count == nullptr ? nullptr : count + first};
  }
};

/** Bits of a CodedRows entry that hold the code: 2 · norb² codes for up to 32 orbitals. */
inline constexpr unsigned codeBits = 11;

ANSATZ_DECLARE(
    /** x[row · lanes + lane] = sign · c[(row, lane)]; unused lanes become 0. */
    void packLanes(std::size_t nrow, std::size_t lanes, const LaneMap& from, const double* c, double* x);
    /** sigma[(row, lane)] += Σ value · x[column · lanes + lane]. */
    void sparseRows(const SparseRows& matrix, std::size_t lanes, const double* x, const LaneMap& to, double* sigma);
    /** The same with coded entries. */
    void codedRows(const CodedRows& matrix, const double* coefficients, std::size_t lanes, const double* x,
                   const LaneMap& to, double* sigma);
    double dot(std::size_t n, const double* x, const double* y);
    /** y += a · x */
    void axpy(std::size_t n, double a, const double* x, double* y);)

}  // namespace ansatz
