#include "coupled_cluster/open_shell.hpp"

namespace ansatz {
namespace {

/** Repulsion integrals (pq|rs) of orbitals p, q of one spin and r, s of another. */
struct Repulsion {
  const SpinPairs& pairs;

  double at(int spin, int p, int q, int other, int r, int s) const {
    if (spin != other) return spin == 0 ? entry(pairs.mixed, p, q, r, s) : entry(pairs.mixed, r, s, p, q);
    return entry(spin == 0 ? pairs.alpha : pairs.beta, p, q, r, s);
  }
  static double entry(const PairMatrix& m, int p, int q, int r, int s) { return m.row(m.bra.of(p, q))[m.ket.of(r, s)]; }
};

/** ⟨pq||rs⟩ in every block of a tensor. */
SpinTensor antisymmetric(const SpinPairs& pairs, SpinTensor tensor, std::string_view indices, const Workers& workers) {
  const Repulsion repulsion{pairs};
  const SpinSpace space = pairs.space();
  for (const int pattern : tensor.patterns()) {
    std::array<int, 4> spin{}, shift{};
    for (int k = 0; k < 4; ++k) {
      spin[k] = (pattern >> k) & 1;
      shift[k] = indices[k] >= 'i' ? 0 : space.nOccupied[spin[k]];
    }
    const bool hasDirect = spin[0] == spin[2] && spin[1] == spin[3], hasExchange = spin[0] == spin[3] && spin[1] == spin[2];
    const int n1 = tensor.size(1, pattern), n2 = tensor.size(2, pattern), n3 = tensor.size(3, pattern);
    std::vector<double>& block = tensor.block(pattern);
    workers.forEach(tensor.size(0, pattern), [&](int first) {
      const int p = first + shift[0];
      double* to = block.data() + static_cast<std::size_t>(first) * n1 * n2 * n3;
      for (int q = shift[1]; q < n1 + shift[1]; ++q)
        for (int r = shift[2]; r < n2 + shift[2]; ++r)
          for (int s = shift[3]; s < n3 + shift[3]; ++s) {
            double value = 0.0;
            if (hasDirect) value += repulsion.at(spin[0], p, r, spin[1], q, s);
            if (hasExchange) value -= repulsion.at(spin[0], p, s, spin[1], q, r);
            *to++ = value;
          }
    });
  }
  return tensor;
}

/** A block of the Fock matrices of both spins. */
SpinTensor fockBlock(const OpenShellProblem& problem, std::string_view indices, bool withDiagonal) {
  const SpinSpace& space = problem.space;
  SpinTensor result(space, indices);
  for (int spin = 0; spin < 2; ++spin) {
    const int pattern = spin * 0b11;
    const int p0 = indices[0] >= 'i' ? 0 : space.nOccupied[spin], q0 = indices[1] >= 'i' ? 0 : space.nOccupied[spin];
    double* to = result.block(pattern).data();
    for (int p = p0; p < p0 + result.size(0, pattern); ++p)
      for (int q = q0; q < q0 + result.size(1, pattern); ++q) *to++ = p == q && !withDiagonal ? 0.0 : problem.fock[spin](p, q);
  }
  return result;
}

}  // namespace

AntisymmetricIntegrals::AntisymmetricIntegrals(const SpinPairs& pairs, const Workers& workers)
    : oooo(antisymmetric(pairs, SpinTensor(pairs.space(), "mnij"), "mnij", workers)),
      ooov(antisymmetric(pairs, SpinTensor(pairs.space(), "mnie"), "mnie", workers)),
      oovv(antisymmetric(pairs, SpinTensor(pairs.space(), "mnef"), "mnef", workers)),
      ovov(antisymmetric(pairs, SpinTensor(pairs.space(), "mbje"), "mbje", workers)),
      ovvv(antisymmetric(pairs, SpinTensor(pairs.space(), "maef"), "maef", workers)),
      vvvv(antisymmetric(pairs, SpinTensor(pairs.space(), "abef", ordered), "abef", workers)) {}

OpenShellEquations::OpenShellEquations(const OpenShellProblem& problem, const Workers& workers)
    : problem_(problem), workers_(workers), space_(problem.space), v_(problem.integrals), fockOv_(fockBlock(problem, "ia", true)),
      fockOo_(fockBlock(problem, "mi", false)), fockVv_(fockBlock(problem, "ae", false)) {}

void OpenShellEquations::divide(SpinTensor& residual) const {
  const int half = residual.rank() / 2;
  for (const int pattern : residual.patterns()) {
    std::array<std::vector<double>, 4> energies{{{0.0}, {0.0}, {0.0}, {0.0}}};
    for (int k = 0; k < residual.rank(); ++k) {
      const int spin = (pattern >> k) & 1;
      const int shift = k < half ? 0 : space_.nOccupied[spin];
      energies[k].clear();
      for (int p = 0; p < residual.size(k, pattern); ++p) energies[k].push_back((k < half ? 1.0 : -1.0) * orbitalEnergy(spin, p + shift));
    }
    double* to = residual.block(pattern).data();
    for (const double p : energies[0])
      for (const double q : energies[1])
        for (const double r : energies[2])
          for (const double s : energies[3]) *to++ /= p + q + r + s;
  }
}

OpenShellAmplitudes OpenShellEquations::first() const {
  OpenShellAmplitudes t{fockOv_, v_.oovv};
  divide(t.singles);
  divide(t.doubles);
  return t;
}

/** t_ij^ab + factor (t_i^a t_j^b − t_i^b t_j^a) */
SpinTensor OpenShellEquations::products(const SpinTensor& singles, const SpinTensor& doubles, double factor) const {
  SpinTensor result = doubles;
  const Named ia{singles, "ia"}, jb{singles, "jb"}, ib{singles, "ib"}, ja{singles, "ja"};
  addContraction(result, "ijab", factor, ia, jb, workers_);
  addContraction(result, "ijab", -factor, ib, ja, workers_);
  return result;
}

double OpenShellEquations::energy(const OpenShellAmplitudes& t) const {
  const SpinTensor tau = products(t.singles, t.doubles, 1.0);
  double sum = 0.0;
  for (const int pattern : tau.patterns())
    for (std::size_t k = 0; k < tau.block(pattern).size(); ++k) sum += 0.25 * tau.block(pattern)[k] * v_.oovv.block(pattern)[k];
  for (const int pattern : fockOv_.patterns())
    for (std::size_t k = 0; k < fockOv_.block(pattern).size(); ++k) sum += fockOv_.block(pattern)[k] * t.singles.block(pattern)[k];
  return sum;
}

OpenShellAmplitudes OpenShellEquations::next(const OpenShellAmplitudes& t) const {
  const SpinTensor half = products(t.singles, t.doubles, 0.5);
  const Named singles{t.singles, "nf"};
  SpinTensor ov = fockOv_, oo = fockOo_, vv = fockVv_;
  addContraction(ov, "me", 1.0, {v_.oovv, "mnef"}, singles, workers_);
  addContraction(oo, "mi", 0.5, {fockOv_, "me"}, {t.singles, "ie"}, workers_);
  addContraction(oo, "mi", 1.0, {v_.ooov, "mnif"}, singles, workers_);
  addContraction(oo, "mi", 0.5, {v_.oovv, "mnef"}, {half, "inef"}, workers_, "ef");
  addContraction(vv, "ae", -0.5, {t.singles, "ma"}, {fockOv_, "me"}, workers_);
  addContraction(vv, "ae", 1.0, {v_.ovvv, "nafe"}, singles, workers_);
  addContraction(vv, "ae", -0.5, {half, "mnaf"}, {v_.oovv, "mnef"}, workers_, "mn");
  OpenShellAmplitudes result{singlesResidual(t, ov, oo, vv), doublesResidual(t, ov, oo, vv)};
  divide(result.singles);
  divide(result.doubles);
  return result;
}

SpinTensor OpenShellEquations::singlesResidual(const OpenShellAmplitudes& t, const SpinTensor& ov, const SpinTensor& oo, const SpinTensor& vv) const {
  SpinTensor r = fockOv_;
  addContraction(r, "ia", 1.0, {t.singles, "ie"}, {vv, "ae"}, workers_);
  addContraction(r, "ia", -1.0, {t.singles, "ma"}, {oo, "mi"}, workers_);
  addContraction(r, "ia", 1.0, {t.doubles, "imae"}, {ov, "me"}, workers_);
  addContraction(r, "ia", -1.0, {v_.ovov, "naif"}, {t.singles, "nf"}, workers_);
  addContraction(r, "ia", -0.5, {t.doubles, "imef"}, {v_.ovvv, "maef"}, workers_, "ef");
  addContraction(r, "ia", 0.5, {v_.ooov, "nmie"}, {t.doubles, "mnae"}, workers_, "mn");
  return r;
}

SpinTensor OpenShellEquations::doublesResidual(const OpenShellAmplitudes& t, const SpinTensor& ov, const SpinTensor& oo, const SpinTensor& vv) const {
  const SpinTensor tau = products(t.singles, t.doubles, 1.0);
  SpinTensor holes(space_, "mnij", ordered);
  addPermuted(holes, "mnij", 1.0, {v_.oooo, "mnij"});
  addContraction(holes, "mnij", 1.0, {v_.ooov, "mnie"}, {t.singles, "je"}, workers_);
  addContraction(holes, "mnij", -1.0, {v_.ooov, "mnje"}, {t.singles, "ie"}, workers_);
  addContraction(holes, "mnij", 0.5, {v_.oovv, "mnef"}, {tau, "ijef"}, workers_, "ef");
  SpinTensor r(space_, "ijab", ordered);
  addPermuted(r, "ijab", 1.0, {v_.oovv, "ijab"});
  addContraction(r, "ijab", 0.5, {tau, "mnab"}, {holes, "mnij"}, workers_, "mn");
  addContraction(r, "ijab", 0.5, {v_.vvvv, "abef"}, {tau, "ijef"}, workers_, "ef");
  // with (1 − P_ij)(1 − P_ab) before it, half where it is antisymmetric in one of these
  SpinTensor z(space_, "ijab");
  SpinTensor particles = vv, occupied = oo;
  addContraction(particles, "be", -0.5, {t.singles, "mb"}, {ov, "me"}, workers_);
  addContraction(occupied, "mj", 0.5, {ov, "me"}, {t.singles, "je"}, workers_);
  addContraction(z, "ijab", 0.5, {t.doubles, "ijae"}, {particles, "be"}, workers_);
  addContraction(z, "ijab", -0.5, {t.doubles, "imab"}, {occupied, "mj"}, workers_);
  SpinTensor ladder(space_, "maij");
  addContraction(ladder, "maij", 0.5, {v_.ovvv, "maef"}, {tau, "ijef"}, workers_, "ef");
  addContraction(z, "ijab", 0.5, {ladder, "maij"}, {t.singles, "mb"}, workers_);
  addContraction(z, "ijab", -0.5, {v_.ovvv, "jeab"}, {t.singles, "ie"}, workers_);
  addContraction(z, "ijab", -0.5, {v_.ooov, "ijmb"}, {t.singles, "ma"}, workers_);
  // rings
  SpinTensor ring(space_, "mbej");
  addPermuted(ring, "mbej", -1.0, {v_.ovov, "mbje"});
  addContraction(ring, "mbej", 1.0, {v_.ovvv, "mbef"}, {t.singles, "jf"}, workers_);
  addContraction(ring, "mbej", 1.0, {v_.ooov, "mnje"}, {t.singles, "nb"}, workers_);
  SpinTensor pairs(space_, "jnfb");
  addPermuted(pairs, "jnfb", 0.5, {t.doubles, "jnfb"});
  addContraction(pairs, "jnfb", 1.0, {t.singles, "jf"}, {t.singles, "nb"}, workers_);
  addContraction(ring, "mbej", -1.0, {v_.oovv, "mnef"}, {pairs, "jnfb"}, workers_);
  addContraction(z, "ijab", 1.0, {t.doubles, "imae"}, {ring, "mbej"}, workers_);
  SpinTensor crossed(space_, "mbij");
  addContraction(crossed, "mbij", 1.0, {v_.ovov, "mbje"}, {t.singles, "ie"}, workers_);
  addContraction(z, "ijab", 1.0, {crossed, "mbij"}, {t.singles, "ma"}, workers_);
  addPermuted(r, "ijab", 1.0, {z, "ijab"});
  addPermuted(r, "ijab", -1.0, {z, "jiab"});
  addPermuted(r, "ijab", -1.0, {z, "ijba"});
  addPermuted(r, "ijab", 1.0, {z, "jiba"});
  SpinTensor all(space_, "ijab");
  addPermuted(all, "ijab", 1.0, {r, "ijab"});
  completeOrders(all);
  return all;
}

}  // namespace ansatz
