#include "coupled_cluster/triples_kernel.hpp"

namespace ansatz::ANSATZ_ISA {
namespace {

/** to[c] += p x[c] + q y[c] + z[c] r for c < n */
inline void add(int n, double p, const double* x, double q, const double* y, double r, const double* z, double* to) {
  for (int c = 0; c < n; ++c) to[c] += p * x[c] + q * y[c] + r * z[c];
}

/** Adds what V has beside W to v, in the orders abc acb bac bca cab cba, for every c < n. */
void addDisconnected(const Disconnected& x, long width, int a, int b, int n, double* const* v) {
  const double *s = x.vectors[0], *t = x.vectors[1], *u = x.vectors[2];
  const auto at = [&](int pair, int p, int q) { return x.matrices[pair][p * width + q]; };
  const auto row = [&](int pair, int p) { return x.matrices[pair] + p * width; };
  const auto column = [&](int pair, int p) { return x.transposed[pair] + p * width; };
  add(n, s[a], row(0, b), t[b], row(1, a), at(2, a, b), u, v[0]);
  add(n, s[a], column(0, b), u[b], row(2, a), at(1, a, b), t, v[1]);
  add(n, s[b], row(0, a), t[a], row(1, b), at(2, b, a), u, v[2]);
  add(n, s[b], column(0, a), u[a], row(2, b), at(1, b, a), t, v[3]);
  add(n, t[a], column(1, b), u[b], column(2, a), at(0, a, b), s, v[4]);
  add(n, t[b], column(1, a), u[a], column(2, b), at(0, b, a), s, v[5]);
}

}  // namespace

double triplesEnergy(const TriplesBlock& block) {
  const long width = block.nVirtual;
  double* w[6];
  double* v[6];
  for (int p = 0; p < 6; ++p) {
    w[p] = block.scratch + p * width;
    v[p] = block.scratch + (6 + p) * width;
  }
  double total = 0.0;
  for (int a = 0; a < block.nVirtual; ++a)
    for (int b = 0; b <= a; ++b) {
      const int n = b + 1;
      const double* from[] = {block.w + (a * width + b) * width, block.w + a * width * width + b, block.w + (b * width + a) * width,
                              block.w + b * width * width + a,   block.w + a * width + b,         block.w + b * width + a};
      const long step[] = {1, width, 1, width, width * width, width * width};
      for (int p = 0; p < 6; ++p)
        for (int c = 0; c < n; ++c) w[p][c] = v[p][c] = from[p][c * step[p]];
      for (int k = 0; k < block.nDisconnected; ++k) addDisconnected(block.disconnected[k], width, a, b, n, v);
      const double gap = block.occupiedEnergy - block.virtualEnergies[a] - block.virtualEnergies[b];
      double* sum = v[0];
      for (int c = 0; c < n; ++c) {
        double product = 0.0;
        for (int p = 0; p < 6; ++p) product += w[p][c] * v[p][c];
        const double evenW = w[0][c] + w[3][c] + w[4][c], oddW = w[1][c] + w[2][c] + w[5][c];
        const double even = v[0][c] + v[3][c] + v[4][c], odd = v[1][c] + v[2][c] + v[5][c];
        sum[c] = (3.0 * product + evenW * (even - 2.0 * odd) + oddW * (odd - 2.0 * even)) / (gap - block.virtualEnergies[c]);
      }
      // orders with two equal indices count once, not twice; with three there is nothing
      double part = 0.0;
      for (int c = 0; c < b; ++c) part += sum[c];
      total += a == b ? 0.5 * part : part + 0.5 * sum[b];
    }
  return total;
}

}  // namespace ansatz::ANSATZ_ISA
