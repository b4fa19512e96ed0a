#include <atomic>
#include <memory>

#include "coupled_cluster/open_shell.hpp"

namespace ansatz {
namespace {

/** An occupied spin orbital. */
struct Hole {
  int spin, index;
};
using Holes = std::array<Hole, 3>;

/** Positions of one of three and of the others, and the sign of bringing it to the front. */
struct Order {
  std::array<int, 3> positions;
  double sign;
};
constexpr std::array<Order, 3> orders{{{{0, 1, 2}, 1.0}, {{1, 0, 2}, -1.0}, {{2, 1, 0}, -1.0}}};

/**
 * Triples i j k → a b c, a of the spin of i and so on: (1 − P_ij − P_ik)(1 − P_ab − P_ac) of Σ_e t_jk^ae ⟨ei||bc⟩ − Σ_m t_im^bc ⟨ma||jk⟩.
 */
class OpenShellTriples {
 public:
  OpenShellTriples(const OpenShellEquations& equations, const OpenShellAmplitudes& t, const Workers& workers)
      : equations_(equations), v_(equations.integrals()), t_(t), space_(equations.space()), workers_(workers) {}

  double energy() const {
    std::vector<Holes> list;
    for (const Holes& spins : {Holes{{{0, 0}, {0, 0}, {0, 0}}}, {{{0, 0}, {0, 0}, {1, 0}}}, {{{0, 0}, {1, 0}, {1, 0}}}, {{{1, 0}, {1, 0}, {1, 0}}}}) {
      const auto [x, y, z] = spins;
      for (int i = 0; i < space_.nOccupied[x.spin]; ++i)
        for (int j = x.spin == y.spin ? i + 1 : 0; j < space_.nOccupied[y.spin]; ++j)
          for (int k = y.spin == z.spin ? j + 1 : 0; k < space_.nOccupied[z.spin]; ++k) list.push_back({{{x.spin, i}, {y.spin, j}, {z.spin, k}}});
    }
    const int total = static_cast<int>(list.size());
    std::vector<double> parts(list.size());
    std::atomic<int> done{0};
    workers_.forEach(total, [&](int n) {
      parts[n] = ofHoles(list[n]);
      workers_.control.report(Phase::triples, ++done, total);
    });
    double sum = 0.0;
    for (const double part : parts) sum += part;
    return sum;
  }

 private:
  int virtuals(int spin) const { return space_.nVirtual[spin]; }

  /** Adds sign times a cube over p, q, r, which stand at these places of a, b, c. */
  void addCube(const std::vector<double>& cube, const Holes& holes, const Order& order, double sign, std::vector<double>& to) const {
    const std::array<std::size_t, 3> sizes{static_cast<std::size_t>(virtuals(holes[0].spin)), static_cast<std::size_t>(virtuals(holes[1].spin)),
                                           static_cast<std::size_t>(virtuals(holes[2].spin))};
    const std::array<std::size_t, 3> strides{sizes[1] * sizes[2], sizes[2], 1};
    const auto [p, q, r] = order.positions;
    const double* from = cube.data();
    for (std::size_t x = 0; x < sizes[p]; ++x)
      for (std::size_t y = 0; y < sizes[q]; ++y) {
        double* own = to.data() + x * strides[p] + y * strides[q];
        for (std::size_t z = 0; z < sizes[r]; ++z) own[z * strides[r]] += sign * *from++;
      }
  }

  /** Of one order of i, j, k and one of a, b, c: what is connected, and what is not. */
  void addOrder(const Holes& holes, const Order& ofHoles, const Order& ofParticles, std::vector<double>& connected, std::vector<double>& all) const {
    const Hole i = holes[ofHoles.positions[0]], j = holes[ofHoles.positions[1]], k = holes[ofHoles.positions[2]];
    const int a = holes[ofParticles.positions[0]].spin, b = holes[ofParticles.positions[1]].spin, c = holes[ofParticles.positions[2]].spin;
    const double sign = ofHoles.sign * ofParticles.sign;
    const int rows = virtuals(a), columns = virtuals(b) * virtuals(c);
    std::vector<double> cube(static_cast<std::size_t>(rows) * columns);
    const auto pattern = [](int p, int q, int r, int s) { return p | (q << 1) | (r << 2) | (s << 3); };
    const int e = j.spin + k.spin - a;
    if (e == 0 || e == 1) {  // ⟨ei||bc⟩ = −⟨ie||bc⟩
      const double* t = t_.doubles.matrix(pattern(j.spin, k.spin, a, e), j.index, k.index);
      const double* v = v_.ovvv.matrix(pattern(i.spin, e, b, c), i.index, 0);
      addProduct(rows, columns, virtuals(e), t, virtuals(e), v, columns, cube.data(), columns);
    }
    const int m = b + c - i.spin;
    if (m == 0 || m == 1) {  // ⟨ma||jk⟩ = ⟨jk||ma⟩
      const int holesOfM = space_.nOccupied[m];
      const double* v = v_.ooov.matrix(pattern(j.spin, k.spin, m, a), j.index, k.index);
      std::vector<double> turned(static_cast<std::size_t>(rows) * holesOfM);
      for (int x = 0; x < holesOfM; ++x)
        for (int p = 0; p < rows; ++p) turned[static_cast<std::size_t>(p) * holesOfM + x] = v[static_cast<std::size_t>(x) * rows + p];
      addProduct(rows, columns, holesOfM, turned.data(), holesOfM, t_.doubles.matrix(pattern(i.spin, m, b, c), i.index, 0), columns, cube.data(), columns);
    }
    addCube(cube, holes, ofParticles, -sign, connected);
    if (a != i.spin) return;
    const double* singles = t_.singles.block(a * 0b11).data() + static_cast<std::size_t>(i.index) * rows;
    const double* fock = equations_.fock().block(a * 0b11).data() + static_cast<std::size_t>(i.index) * rows;
    const double* v = v_.oovv.matrix(pattern(j.spin, k.spin, b, c), j.index, k.index);
    const double* t = t_.doubles.matrix(pattern(j.spin, k.spin, b, c), j.index, k.index);
    double* to = cube.data();
    for (int p = 0; p < rows; ++p)
      for (int qr = 0; qr < columns; ++qr) *to++ = singles[p] * v[qr] + fock[p] * t[qr];
    addCube(cube, holes, ofParticles, sign, all);
  }

  double ofHoles(const Holes& holes) const {
    const auto [i, j, k] = holes;
    const int na = virtuals(i.spin), nb = virtuals(j.spin), nc = virtuals(k.spin);
    std::vector<double> connected(static_cast<std::size_t>(na) * nb * nc), more(connected.size());
    for (const Order& ofHoles : orders)
      for (const Order& ofParticles : orders) {
        workers_.control.check();
        addOrder(holes, ofHoles, ofParticles, connected, more);
      }
    const auto energyOf = [&](const Hole& hole, int a) { return equations_.orbitalEnergy(hole.spin, space_.nOccupied[hole.spin] + a); };
    double gap = 0.0;
    for (const Hole& hole : holes) gap += equations_.orbitalEnergy(hole.spin, hole.index);
    double sum = 0.0;
    const double* w = connected.data();
    const double* d = more.data();
    for (int a = 0; a < na; ++a)
      for (int b = 0; b < nb; ++b) {
        const double left = gap - energyOf(i, a) - energyOf(j, b);
        for (int c = 0; c < nc; ++c, ++w, ++d) sum += *w * (*w + *d) / (left - energyOf(k, c));
      }
    // every order of particles of one spin was counted
    return sum / (i.spin == j.spin && j.spin == k.spin ? 6.0 : 2.0);
  }

  const OpenShellEquations& equations_;
  const AntisymmetricIntegrals& v_;
  const OpenShellAmplitudes& t_;
  SpinSpace space_;
  const Workers& workers_;
};

}  // namespace

double perturbativeTriples(const OpenShellEquations& equations, const OpenShellAmplitudes& t, const Workers& workers) {
  return OpenShellTriples(equations, t, workers).energy();
}

}  // namespace ansatz
