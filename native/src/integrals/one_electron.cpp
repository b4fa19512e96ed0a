#include "ansatz/one_electron.hpp"

#include <cmath>
#include <numbers>

#include "basis/cartesian.hpp"

namespace ansatz {
namespace {

constexpr int maxPower = 8;

/** s[i][j] = ∫ (x−A)^i (x−B)^j exp(−a(x−A)² − b(x−B)²) dx */
struct Overlap1d {
  double s[maxPower][maxPower];

  Overlap1d(double a, double A, double b, double B, int iMax, int jMax) {
    const double p = a + b;
    const double P = (a * A + b * B) / p;
    s[0][0] = std::sqrt(std::numbers::pi / p) * std::exp(-a * b / p * (A - B) * (A - B));
    for (int i = 0; i < iMax; ++i) s[i + 1][0] = (P - A) * s[i][0] + (i > 0 ? i * 0.5 / p * s[i - 1][0] : 0.0);
    for (int j = 0; j < jMax; ++j)
      for (int i = 0; i <= iMax; ++i)
        s[i][j + 1] = (P - B) * s[i][j] + (i > 0 ? i * 0.5 / p * s[i - 1][j] : 0.0) +
                      (j > 0 ? j * 0.5 / p * s[i][j - 1] : 0.0);
  }

  double kinetic(double b, int i, int j) const {
    const double lower = j > 1 ? 0.5 * j * (j - 1) * s[i][j - 2] : 0.0;
    return -2.0 * b * b * s[i][j + 2] + b * (2 * j + 1) * s[i][j] - lower;
  }
  /** ∫ … (x − O) …, with AO = A − O. */
  double moment(double AO, int i, int j) const { return s[i + 1][j] + AO * s[i][j]; }
};

struct PartPair {
  const CartesianShell &a, &b;
  int la, lb;
  int firstA, firstB;
};

void addPrimitivePair(const PartPair& pair, double ea, double eb, double c, const Point& origin, OneElectronIntegrals& out) {
  const Overlap1d d[3] = {{ea, pair.a.centre[0], eb, pair.b.centre[0], pair.la + 1, pair.lb + 2},
                          {ea, pair.a.centre[1], eb, pair.b.centre[1], pair.la + 1, pair.lb + 2},
                          {ea, pair.a.centre[2], eb, pair.b.centre[2], pair.la + 1, pair.lb + 2}};
  double AO[3];
  for (int k = 0; k < 3; ++k) AO[k] = pair.a.centre[k] - origin[k];
  for (int x = 0; x < nCartesian(pair.la); ++x)
    for (int y = 0; y < nCartesian(pair.lb); ++y) {
      const Powers i = cartesianPowers(pair.la, x);
      const Powers j = cartesianPowers(pair.lb, y);
      const int row = pair.firstA + x;
      const int col = pair.firstB + y;
      double s[3];
      for (int k = 0; k < 3; ++k) s[k] = c * d[k].s[i[k]][j[k]];
      const double sx = d[0].s[i[0]][j[0]];
      const double sy = d[1].s[i[1]][j[1]];
      const double sz = d[2].s[i[2]][j[2]];
      out.overlap(row, col) += s[0] * sy * sz;
      out.kinetic(row, col) += c * (d[0].kinetic(eb, i[0], j[0]) * sy * sz + d[1].kinetic(eb, i[1], j[1]) * sx * sz +
                                    d[2].kinetic(eb, i[2], j[2]) * sx * sy);
      out.dipole[0](row, col) += c * d[0].moment(AO[0], i[0], j[0]) * sy * sz;
      out.dipole[1](row, col) += c * d[1].moment(AO[1], i[1], j[1]) * sx * sz;
      out.dipole[2](row, col) += c * d[2].moment(AO[2], i[2], j[2]) * sx * sy;
    }
}

void symmetrise(Matrix& m) {
  for (int i = 0; i < m.rows; ++i)
    for (int j = 0; j < i; ++j) m(j, i) = m(i, j);
}

}  // namespace

OneElectronIntegrals oneElectronIntegrals(const CartesianBasis& basis, const Point& origin, const Control& control) {
  const int n = basis.nCartesian;
  const Matrix zero(n, n);
  OneElectronIntegrals out{zero, zero, {zero, zero, zero}};
  for (const CartesianShell& a : basis.shells) {
    control.check();
    for (const CartesianShell& b : basis.shells) {
      if (b.offset > a.offset) continue;
      int firstA = a.offset;
      for (std::size_t x = 0; x < a.parts.size(); firstA += nCartesian(a.parts[x++])) {
        int firstB = b.offset;
        for (std::size_t y = 0; y < b.parts.size(); firstB += nCartesian(b.parts[y++])) {
          const PartPair pair{a, b, a.parts[x], b.parts[y], firstA, firstB};
          for (std::size_t i = 0; i < a.exponents.size(); ++i)
            for (std::size_t j = 0; j < b.exponents.size(); ++j)
              addPrimitivePair(pair, a.exponents[i], b.exponents[j], a.coefficients[x][i] * b.coefficients[y][j], origin, out);
        }
      }
    }
  }
  symmetrise(out.overlap);
  symmetrise(out.kinetic);
  for (Matrix& m : out.dipole) symmetrise(m);
  return out;
}

double nuclearRepulsion(const std::vector<PointCharge>& charges) {
  double energy = 0.0;
  for (std::size_t i = 0; i < charges.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const Point& a = charges[i].position;
      const Point& b = charges[j].position;
      const double r = std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
      if (charges[i].charge != 0.0 && charges[j].charge != 0.0) energy += charges[i].charge * charges[j].charge / r;
    }
  return energy;
}

}  // namespace ansatz
