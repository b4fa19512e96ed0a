#pragma once
#include <algorithm>
#include <cstddef>
#include <memory>
#include <vector>

#include "ansatz/control.hpp"
#include "ansatz/hamiltonian.hpp"
#include "ansatz/mp2.hpp"

namespace ansatz {

/** Unordered pairs of the orbitals of one spin, those of two occupied ones first, then mixed ones, then those of two virtual ones. */
struct OrbitalPairs {
  int nOccupied = 0;
  int nVirtual = 0;

  static std::size_t triangle(int p, int q) {
    const std::size_t high = std::max(p, q);
    return high * (high + 1) / 2 + std::min(p, q);
  }
  int nOrbitals() const { return nOccupied + nVirtual; }
  std::size_t nOo() const { return triangle(nOccupied, 0); }
  std::size_t nOv() const { return static_cast<std::size_t>(nOccupied) * nVirtual; }
  std::size_t nVv() const { return triangle(nVirtual, 0); }
  std::size_t count() const { return nOo() + nOv() + nVv(); }
  std::size_t oo(int i, int j) const { return triangle(i, j); }
  std::size_t ov(int i, int a) const { return nOo() + static_cast<std::size_t>(i) * nVirtual + a; }
  std::size_t vv(int a, int b) const { return nOo() + nOv() + triangle(a, b); }
  /** Of any two orbitals, occupied ones first. */
  std::size_t of(int p, int q) const {
    const int low = std::min(p, q);
    const int high = std::max(p, q);
    if (high < nOccupied) return oo(high, low);
    return low < nOccupied ? ov(low, high - nOccupied) : vv(high - nOccupied, low - nOccupied);
  }
};

/** (pq|rs) over orbitals, [pq][rs]. */
struct PairMatrix {
  OrbitalPairs bra, ket;
  std::unique_ptr<double[]> data;

  PairMatrix(const OrbitalPairs& ofRows, const OrbitalPairs& ofColumns)
      : bra(ofRows), ket(ofColumns), data(std::make_unique_for_overwrite<double[]>(ofRows.count() * ofColumns.count())) {}
  double* row(std::size_t pq) { return data.get() + pq * ket.count(); }
  const double* row(std::size_t pq) const { return data.get() + pq * ket.count(); }
};

struct TransformOptions {
  double threshold = 1e-12;
  /** For half-transformed integrals; less means more passes over the integrals. */
  std::size_t memoryBytes = std::size_t{1} << 28;
  int threads = 1;
  Control control;
};

/**
 * Repulsion integrals over two sets of orbitals, frozen ones left out. Cost 3 nOrbitals⁵ / 2 multiplications, and the integrals once a
 * pass. Throws Cancelled.
 */
PairMatrix orbitalIntegralPairs(const System& system, const Mp2Orbitals& bra, const Mp2Orbitals& ket, const TransformOptions& options);

}  // namespace ansatz
