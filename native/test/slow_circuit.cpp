#include "slow_circuit.hpp"

#include <cmath>
#include <utility>

namespace ansatz::test {
namespace {

constexpr Complex i{0.0, 1.0};

std::size_t dimension(int qubits) { return std::size_t{1} << qubits; }
bool has(std::size_t index, int qubit) { return ((index >> qubit) & 1) != 0; }

/** A matrix on some qubits, the first of them the lowest bit of its rows. */
Amplitudes applied(const GateMatrix& matrix, const std::vector<int>& qubits, const Amplitudes& state) {
  Amplitudes result(state.size());
  for (std::size_t from = 0; from < state.size(); ++from) {
    std::size_t column = 0, rest = from;
    for (std::size_t k = 0; k < qubits.size(); ++k) {
      if (has(from, qubits[k])) column |= std::size_t{1} << k;
      rest &= ~(std::size_t{1} << qubits[k]);
    }
    for (std::size_t row = 0; row < matrix.size(); ++row) {
      std::size_t to = rest;
      for (std::size_t k = 0; k < qubits.size(); ++k)
        if (has(row, static_cast<int>(k))) to |= std::size_t{1} << qubits[k];
      result[to] += matrix[row][column] * state[from];
    }
  }
  return result;
}

std::vector<int> qubitsOf(const Gate& gate) {
  return gate.kind >= GateKind::cx ? std::vector{gate.first, gate.second} : std::vector{gate.first};
}

double angleOf(const Gate& gate, std::span<const double> parameters) {
  return gate.angle + (gate.parameter < 0 ? 0.0 : gate.scale * parameters[static_cast<std::size_t>(gate.parameter)]);
}

/** ρ as its columns. */
using Density = std::vector<Amplitudes>;

/** K ρ K† */
Density conjugated(const GateMatrix& matrix, const std::vector<int>& qubits, const Density& density) {
  const std::size_t n = density.size();
  const auto adjoint = [&](const Density& m) {
    Density result(n, Amplitudes(n));
    for (std::size_t row = 0; row < n; ++row)
      for (std::size_t column = 0; column < n; ++column) result[row][column] = std::conj(m[column][row]);
    return result;
  };
  const auto left = [&](Density m) {
    for (Amplitudes& column : m) column = applied(matrix, qubits, column);
    return m;
  };
  return adjoint(left(adjoint(left(density))));
}

void add(Density& to, double weight, const Density& from) {
  for (std::size_t column = 0; column < to.size(); ++column)
    for (std::size_t row = 0; row < to.size(); ++row) to[column][row] += weight * from[column][row];
}

Density depolarised(const std::vector<int>& qubits, double p, const Density& density) {
  const GateMatrix paulis[] = {{{1, 0}, {0, 1}}, gateMatrix(GateKind::x, 0), gateMatrix(GateKind::y, 0), gateMatrix(GateKind::z, 0)};
  const int count = qubits.size() == 1 ? 4 : 16;
  Density result = density;
  for (Amplitudes& column : result)
    for (Complex& value : column) value *= 1.0 - p;
  for (int k = 1; k < count; ++k) {
    Density term = conjugated(paulis[k % 4], {qubits[0]}, density);
    if (qubits.size() == 2) term = conjugated(paulis[k / 4], {qubits[1]}, term);
    add(result, p / (count - 1), term);
  }
  return result;
}

Density damped(int qubit, double gamma, const Density& density) {
  Density result = conjugated({{1, 0}, {0, std::sqrt(1.0 - gamma)}}, {qubit}, density);
  add(result, 1.0, conjugated({{0, std::sqrt(gamma)}, {0, 0}}, {qubit}, density));
  return result;
}

}  // namespace

GateMatrix gateMatrix(GateKind kind, double theta) {
  const double r = std::sqrt(0.5), c = std::cos(theta / 2), s = std::sin(theta / 2);
  const Complex e = std::exp(i * theta), a = 0.5 * (1.0 + i), b = 0.5 * (1.0 - i);
  switch (kind) {
    case GateKind::x: return {{0, 1}, {1, 0}};
    case GateKind::y: return {{0, -i}, {i, 0}};
    case GateKind::z: return {{1, 0}, {0, -1}};
    case GateKind::h: return {{r, r}, {r, -r}};
    case GateKind::s: return {{1, 0}, {0, i}};
    case GateKind::sdg: return {{1, 0}, {0, -i}};
    case GateKind::sx: return {{a, b}, {b, a}};
    case GateKind::sxdg: return {{b, a}, {a, b}};
    case GateKind::rx: return {{c, -i * s}, {-i * s, c}};
    case GateKind::ry: return {{c, -s}, {s, c}};
    case GateKind::rz: return {{std::exp(-0.5 * i * theta), 0}, {0, std::exp(0.5 * i * theta)}};
    case GateKind::p: return {{1, 0}, {0, e}};
    case GateKind::cx: return {{1, 0, 0, 0}, {0, 0, 0, 1}, {0, 0, 1, 0}, {0, 1, 0, 0}};
    case GateKind::cz: return {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, -1}};
    case GateKind::cp: return {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, e}};
    case GateKind::givens:
      return {{1, 0, 0, 0}, {0, std::cos(theta), std::sin(theta), 0}, {0, -std::sin(theta), std::cos(theta), 0}, {0, 0, 0, 1}};
  }
  return {};
}

Amplitudes slowCircuit(std::span<const Gate> gates, std::span<const double> parameters, int qubits) {
  Amplitudes state(dimension(qubits));
  state[0] = 1.0;
  for (const Gate& gate : gates) state = applied(gateMatrix(gate.kind, angleOf(gate, parameters)), qubitsOf(gate), state);
  return state;
}

Amplitudes slowOperator(const RealPauliOperator& op, const Amplitudes& state) {
  Amplitudes result(state.size());
  for (std::size_t term = 0; term < op.coefficient.size(); ++term)
    for (std::size_t b = 0; b < state.size(); ++b) {
      double sign = 1.0;
      for (int q = 0; q < 32; ++q)
        if (has(op.z[term], q) && has(b, q)) sign = -sign;
      result[b ^ op.x[term]] += sign * op.coefficient[term] * state[b];
    }
  return result;
}

std::vector<double> slowReadout(std::span<const Gate> gates, int qubits, const NoiseModel& noise) {
  const std::size_t n = dimension(qubits);
  Density density(n, Amplitudes(n));
  density[0][0] = 1.0;
  for (const Gate& gate : gates) {
    const std::vector<int> on = qubitsOf(gate);
    density = depolarised(on, on.size() == 2 ? noise.depolarizing2 : noise.depolarizing1,
                          conjugated(gateMatrix(gate.kind, gate.angle), on, density));
    for (const int q : on) density = damped(q, noise.amplitudeDamping, density);
  }
  std::vector<double> read(n, 0.0);
  for (std::size_t truth = 0; truth < n; ++truth)
    for (std::size_t shown = 0; shown < n; ++shown) {
      double probability = density[truth][truth].real();
      for (int q = 0; q < qubits; ++q) {
        const double flip = has(truth, q) ? noise.readout10 : noise.readout01;
        probability *= has(truth, q) == has(shown, q) ? 1.0 - flip : flip;
      }
      read[shown] += probability;
    }
  return read;
}

}  // namespace ansatz::test
