#pragma once
#include <complex>
#include <cstddef>
#include <span>
#include <vector>

#include "ansatz/statevector.hpp"

namespace ansatz {

/** A gate with its angle filled in, on places of a state or of a piece of one. */
struct BoundGate {
  GateKind kind;
  int first;
  int second;
  double theta;
  /** Its number in the circuit. */
  std::size_t number = 0;
};

bool hasTwoQubits(GateKind kind);
double angleOf(const Gate& gate, std::span<const double> parameters);
/** Without parameters, angles that hang on one are 0. */
std::vector<BoundGate> bindGates(std::span<const Gate> gates, std::span<const double> parameters);
/** Applies a gate to 2^n amplitudes. */
template <class Real>
void applyGate(const BoundGate& gate, int n, Real* re, Real* im);
BoundGate inverse(const BoundGate& gate);

/** Row-major matrix of a gate, 2 × 2 or 4 × 4; bit 0 of a row or column is qubit `first`, bit 1 is `second`. */
std::vector<std::complex<double>> gateMatrix(const BoundGate& gate);

}  // namespace ansatz
