#pragma once
#include <span>

#include "ansatz/statevector.hpp"

namespace ansatz {

/** A gate with its angle filled in, on places of a state or of a piece of one. */
struct BoundGate {
  GateKind kind;
  int first;
  int second;
  double theta;
};

bool hasTwoQubits(GateKind kind);
double angleOf(const Gate& gate, std::span<const double> parameters);
/** Applies a gate to 2^n amplitudes. */
void applyGate(const BoundGate& gate, int n, double* re, double* im);
BoundGate inverse(const BoundGate& gate);

}  // namespace ansatz
