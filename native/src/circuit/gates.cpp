#include "circuit/gates.hpp"

#include <cmath>
#include <numbers>

#include "circuit/kernels.hpp"

namespace ansatz {
namespace {

Matrix2 diagonal(double re, double im) { return {{1, 0, 0, re}, {0, 0, 0, im}}; }

Matrix2 matrixOf(GateKind kind, double theta) {
  constexpr double r = std::numbers::sqrt2 / 2;
  const double c = std::cos(theta / 2), s = std::sin(theta / 2);
  switch (kind) {
    case GateKind::x: return {{0, 1, 1, 0}, {0, 0, 0, 0}};
    case GateKind::y: return {{0, 0, 0, 0}, {0, -1, 1, 0}};
    case GateKind::z: return diagonal(-1, 0);
    case GateKind::h: return {{r, r, r, -r}, {0, 0, 0, 0}};
    case GateKind::s: return diagonal(0, 1);
    case GateKind::sdg: return diagonal(0, -1);
    case GateKind::sx: return {{0.5, 0.5, 0.5, 0.5}, {0.5, -0.5, -0.5, 0.5}};
    case GateKind::sxdg: return {{0.5, 0.5, 0.5, 0.5}, {-0.5, 0.5, 0.5, -0.5}};
    case GateKind::rx: return {{c, 0, 0, c}, {0, -s, -s, 0}};
    case GateKind::ry: return {{c, -s, s, c}, {0, 0, 0, 0}};
    case GateKind::rz: return {{c, 0, 0, c}, {-s, 0, 0, s}};
    default: return diagonal(std::cos(theta), std::sin(theta));
  }
}

bool isDiagonal(GateKind kind) {
  return kind == GateKind::z || kind == GateKind::s || kind == GateKind::sdg || kind == GateKind::rz ||
         kind == GateKind::p;
}

}  // namespace

bool hasTwoQubits(GateKind kind) { return kind >= GateKind::cx; }

double angleOf(const Gate& gate, std::span<const double> parameters) {
  return gate.angle + (gate.parameter < 0 || parameters.empty() ? 0.0 : gate.scale * parameters[static_cast<std::size_t>(gate.parameter)]);
}

std::vector<BoundGate> bindGates(std::span<const Gate> gates, std::span<const double> parameters) {
  std::vector<BoundGate> bound;
  for (const Gate& gate : gates)
    bound.push_back({gate.kind, gate.first, gate.second, angleOf(gate, parameters), bound.size()});
  return bound;
}

template <class Real>
void applyGate(const BoundGate& gate, int n, Real* re, Real* im) {
  const double c = std::cos(gate.theta), s = std::sin(gate.theta);
  switch (gate.kind) {
    case GateKind::cx: return ANSATZ_SELECT(applyControlledX<Real>)(n, gate.first, gate.second, re, im);
    case GateKind::cz: return ANSATZ_SELECT(applyControlledPhase<Real>)(n, gate.first, gate.second, -1.0, 0.0, re, im);
    case GateKind::cp: return ANSATZ_SELECT(applyControlledPhase<Real>)(n, gate.first, gate.second, c, s, re, im);
    case GateKind::givens: return ANSATZ_SELECT(applyGivens<Real>)(n, gate.first, gate.second, c, s, re, im);
    default: break;
  }
  const Matrix2 matrix = matrixOf(gate.kind, gate.theta);
  if (isDiagonal(gate.kind)) return ANSATZ_SELECT(applyDiagonal<Real>)(n, gate.first, matrix, re, im);
  ANSATZ_SELECT(applyMatrix<Real>)(n, gate.first, matrix, re, im);
}

template void applyGate(const BoundGate& gate, int n, double* re, double* im);
template void applyGate(const BoundGate& gate, int n, float* re, float* im);

std::vector<std::complex<double>> gateMatrix(const BoundGate& gate) {
  const double c = std::cos(gate.theta), s = std::sin(gate.theta);
  switch (gate.kind) {
    // columns |00⟩, |10⟩, |01⟩, |11⟩ of |first second⟩
    case GateKind::cx: return {1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0};
    case GateKind::cz: return {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, -1};
    case GateKind::cp: return {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, {c, s}};
    case GateKind::givens: return {1, 0, 0, 0, 0, c, s, 0, 0, -s, c, 0, 0, 0, 0, 1};
    default: break;
  }
  const Matrix2 m = matrixOf(gate.kind, gate.theta);
  return {{m.re[0], m.im[0]}, {m.re[1], m.im[1]}, {m.re[2], m.im[2]}, {m.re[3], m.im[3]}};
}

BoundGate inverse(const BoundGate& gate) {
  BoundGate result = gate;
  result.theta = -gate.theta;
  switch (gate.kind) {
    case GateKind::s: result.kind = GateKind::sdg; break;
    case GateKind::sdg: result.kind = GateKind::s; break;
    case GateKind::sx: result.kind = GateKind::sxdg; break;
    case GateKind::sxdg: result.kind = GateKind::sx; break;
    default: break;
  }
  return result;
}

}  // namespace ansatz
