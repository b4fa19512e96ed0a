#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "ansatz/control.hpp"

namespace ansatz {

/** Numbers are those of `GATE_KINDS` in src/core/quantum/circuit/circuit.ts. */
enum class GateKind : std::int32_t { x, y, z, h, s, sdg, sx, sxdg, rx, ry, rz, p, cx, cz, cp, givens };

/**
 * One gate; `second` is used by cx (control first, target second), cz, cp and givens only.
 * givens(θ) is e^{θ(|10⟩⟨01| − |01⟩⟨10|)} in |first second⟩: it moves an excitation from `second` to `first`.
 * cp and p multiply |11⟩ and |1⟩ by e^{iθ}.
 */
struct Gate {
  GateKind kind = GateKind::x;
  int first = 0;
  int second = 0;
  /** θ = angle + scale · parameters[parameter]; no parameter where it is −1. */
  double angle = 0.0;
  int parameter = -1;
  double scale = 1.0;
};

/** How a simulation runs; `control` is checked at least once a gate on 2^15 amplitudes. */
struct SimulationOptions {
  int threads = 1;
  Control control = {};
};

/** 2^qubits complex amplitudes in two arrays; bit q of an index is qubit q. */
template <class Real>
struct StateVectorOf {
  /** Memory without values. */
  explicit StateVectorOf(int nQubits);
  /** |0…0⟩, written in blocks: the first touch of gigabytes takes a while. */
  StateVectorOf(int nQubits, const SimulationOptions& options);

  std::size_t size() const { return std::size_t{1} << qubits; }

  int qubits;
  std::unique_ptr<Real[]> re;
  std::unique_ptr<Real[]> im;
};
using StateVector = StateVectorOf<double>;

/**
 * Applies gates in order. Gates on few qubits are collected and applied to pieces of the state that stay in cache, several
 * gates taken together as one matrix, so that memory is passed over once for many gates. Same bits on any number of threads.
 */
template <class Real>
void applyCircuit(StateVectorOf<Real>& state, std::span<const Gate> gates, std::span<const double> parameters,
                  const SimulationOptions& options);

/** How often applyCircuit passes over the state in memory. */
int circuitPasses(std::span<const Gate> gates, int qubits);

/**
 * An upper bound of ‖ψ − ψ_exact‖ after applyCircuit in single precision (unit roundoff 2^−24): Block::errorBound over the
 * blocks. A probability of any set of outcomes is off by at most twice that, an energy by at most 2‖H‖ times that.
 */
double singlePrecisionBound(std::span<const Gate> gates, std::span<const double> parameters, int qubits);

/** A real operator Σ coefficient X^x Z^z; bit q of a mask is qubit q. */
struct RealPauliOperator {
  std::vector<std::uint32_t> x;
  std::vector<std::uint32_t> z;
  std::vector<double> coefficient;
};

/** target = operator · source */
void applyOperator(const RealPauliOperator& op, const StateVector& source, StateVector& target,
                   const SimulationOptions& options);

/** ⟨ψ|O|ψ⟩ of the circuit on |0…0⟩ and its gradient by one reverse sweep; O symmetric. */
struct CircuitEnergy {
  const RealPauliOperator& op;
  int qubits;
  std::span<const Gate> gates;
  SimulationOptions options;

  double operator()(std::span<const double> parameters, std::span<double> gradient) const;
};

}  // namespace ansatz
