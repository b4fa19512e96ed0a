#include "coupled_cluster/closed_shell.hpp"

#include "ansatz/linalg.hpp"
#include "coupled_cluster/ladder.hpp"

namespace ansatz {
namespace {

Matrix negative(Matrix m) {
  for (double& x : m.data) x = -x;
  return m;
}

}  // namespace

ClosedShellEquations::ClosedShellEquations(const ClosedShellProblem& problem, const Workers& workers)
    : problem_(problem), workers_(workers), space_(problem.space()), o_(space_.nOccupied), v_(space_.nVirtual), n_(o_ * v_),
      ovov_(static_cast<std::size_t>(n_) * n_) {
  for (int ia = 0; ia < n_; ++ia) std::copy_n(problem.integrals.row(space_.nOo() + ia) + space_.nOo(), n_, ovov_.data() + static_cast<std::size_t>(ia) * n_);
  exchangedOvov_ = exchanged(ovov_);
  antisymmetric_ = combined(2.0, ovov_, -1.0, exchangedOvov_);
}

/** m[ib][ja] at [ia][jb] */
ClosedShellEquations::Tensor ClosedShellEquations::exchanged(const Tensor& m) const {
  Tensor result(m.size());
  workers_.forEach(o_, [&](int i) {
    for (int j = 0; j < o_; ++j)
      for (int a = 0; a < v_; ++a) {
        const double* from = m.data() + (static_cast<std::size_t>(i) * v_ * n_) + j * v_ + a;
        double* to = result.data() + (static_cast<std::size_t>(i) * v_ + a) * n_ + j * v_;
        for (int b = 0; b < v_; ++b) to[b] = from[static_cast<std::size_t>(b) * n_];
      }
  });
  return result;
}

ClosedShellEquations::Tensor ClosedShellEquations::combined(double factor, const Tensor& x, double otherFactor, const Tensor& y) const {
  Tensor result(x.size());
  for (std::size_t k = 0; k < x.size(); ++k) result[k] = factor * x[k] + otherFactor * y[k];
  return result;
}

/** A symmetric matrix over virtual orbitals from its lower triangle. */
Matrix ClosedShellEquations::unpacked(const double* packed) const {
  Matrix m(v_, v_);
  for (int a = 0; a < v_; ++a)
    for (int b = 0; b <= a; ++b) m(a, b) = m(b, a) = *packed++;
  return m;
}

ClosedShellAmplitudes ClosedShellEquations::first() const {
  ClosedShellAmplitudes t{Matrix(o_, v_), ovov_};
  for (int i = 0; i < o_; ++i)
    for (int a = 0; a < v_; ++a) {
      const double gap = problem_.occupiedEnergies[i] - problem_.virtualEnergies[a];
      t.singles(i, a) = problem_.fock(i, a) / gap;
      double* row = t.doubles.data() + (static_cast<std::size_t>(i) * v_ + a) * n_;
      for (int j = 0; j < o_; ++j)
        for (int b = 0; b < v_; ++b) *row++ /= gap + problem_.occupiedEnergies[j] - problem_.virtualEnergies[b];
    }
  return t;
}

double ClosedShellEquations::energy(const ClosedShellAmplitudes& t) const {
  double sum = 2.0 * dot(problem_.fock, t.singles);
  const double* s = t.singles.data.data();
  for (int ia = 0; ia < n_; ++ia)
    for (int jb = 0; jb < n_; ++jb) {
      const std::size_t k = static_cast<std::size_t>(ia) * n_ + jb;
      sum += antisymmetric_[k] * (t.doubles[k] + s[ia] * s[jb]);
    }
  return sum;
}

ClosedShellAmplitudes ClosedShellEquations::next(const ClosedShellAmplitudes& t) {
  exchangedT_ = exchanged(t.doubles);
  u_ = combined(2.0, t.doubles, -1.0, exchangedT_);
  singlesT_ = transpose(t.singles);
  minusSinglesT_ = negative(singlesT_);
  singlesResidual_ = Matrix(o_, v_);
  passOverOvvv(t);
  dressOccupied(t);
  dressFock(t);
  ladders(t);
  singlesEquations(t);
  rings();
  remainingDoubles(t);
  return divided(t);
}

/** All that (kc|ab) takes part in but the ladder. */
void ClosedShellEquations::passOverOvvv(const ClosedShellAmplitudes& t) {
  const std::size_t nVv = space_.nVv();
  dressedVirtual_.assign(static_cast<std::size_t>(n_) * n_, 0.0);
  dressedOccupied_.assign(static_cast<std::size_t>(o_) * o_ * nVv, 0.0);
  std::vector<Matrix> parts(o_, Matrix(o_, v_));
  workers_.forEach(o_, [&](int k) {
    for (int c = 0; c < v_; ++c) {
      workers_.control.check();
      const std::size_t kc = static_cast<std::size_t>(k) * v_ + c;
      const Matrix m = unpacked(problem_.integrals.row(space_.ov(k, c)) + space_.vv(0, 0));
      addProduct(o_, v_, v_, t.singles.data.data(), v_, m.data.data(), v_, dressedVirtual_.data() + kc * n_, v_);
      addProduct(o_, v_, v_, u_.data() + kc * n_, v_, m.data.data(), v_, parts[k].data.data(), v_);
    }
    addProduct(o_, static_cast<int>(nVv), v_, t.singles.data.data(), v_, problem_.integrals.row(space_.ov(k, 0)) + space_.vv(0, 0),
               static_cast<int>(space_.count()), dressedOccupied_.data() + static_cast<std::size_t>(k) * o_ * nVv, static_cast<int>(nVv));
  });
  for (const Matrix& part : parts)
    for (std::size_t x = 0; x < part.data.size(); ++x) singlesResidual_.data[x] += part.data[x];
}

/** What (ki|lc) and (ki|ac) become where singles dress i, and a. */
void ClosedShellEquations::dressOccupied(const ClosedShellAmplitudes& t) {
  const double* singles = t.singles.data.data();
  const std::size_t slice = static_cast<std::size_t>(o_) * n_;
  occupied_.assign(o_ * slice, 0.0);
  workers_.forEach(o_, [&](int k) {
    for (int i = 0; i < o_; ++i) std::copy_n(problem_.integrals.row(space_.oo(k, i)) + space_.nOo(), n_, occupied_.data() + k * slice + static_cast<std::size_t>(i) * n_);
    addProduct(o_, n_, v_, singles, v_, ovov_.data() + static_cast<std::size_t>(k) * v_ * n_, n_, occupied_.data() + k * slice, n_);
  });
  mixed_ = occupied_;
  std::vector<Matrix> exchange(o_, Matrix(o_, v_));  // Σ_d t_k^d (ki|ad)
  crossed_.assign(ovov_.size(), 0.0);
  direct_ = ovov_;
  workers_.forEach(o_, [&](int k) {
    for (int i = 0; i < o_; ++i) {
      workers_.control.check();
      const Matrix bare = unpacked(problem_.integrals.row(space_.oo(k, i)) + space_.vv(0, 0));
      addProduct(1, v_, v_, t.singles.row(k), v_, bare.data.data(), v_, exchange[k].row(i), v_);
      addProduct(o_, v_, v_, singles, v_, bare.data.data(), v_, mixed_.data() + k * slice + static_cast<std::size_t>(i) * n_, v_);
      const Matrix dressed = unpacked(dressedOccupied_.data() + (static_cast<std::size_t>(k) * o_ + i) * space_.nVv());
      double* to = crossed_.data() + static_cast<std::size_t>(i) * v_ * n_ + k * v_;
      for (int a = 0; a < v_; ++a)
        for (int c = 0; c < v_; ++c) to[static_cast<std::size_t>(a) * n_ + c] = bare(a, c) + dressed(a, c);
      addProduct(v_, v_, o_, minusSinglesT_.data.data(), o_, occupied_.data() + k * slice + static_cast<std::size_t>(i) * n_, v_, to, n_);
    }
  });
  for (const Matrix& part : exchange)
    for (int ia = 0; ia < n_; ++ia) singlesResidual_.data[ia] -= part.data[ia];
  workers_.forEach(o_, [&](int i) {
    for (int a = 0; a < v_; ++a) {
      double* to = direct_.data() + (static_cast<std::size_t>(i) * v_ + a) * n_;
      const double* from = dressedVirtual_.data() + i * v_ + a;
      for (int kc = 0; kc < n_; ++kc) to[kc] += from[static_cast<std::size_t>(kc) * n_];
    }
    addProduct(v_, n_, o_, minusSinglesT_.data.data(), o_, occupied_.data() + static_cast<std::size_t>(i) * n_, static_cast<int>(slice),
               direct_.data() + static_cast<std::size_t>(i) * v_ * n_, n_);
  });
}

void ClosedShellEquations::dressFock(const ClosedShellAmplitudes& t) {
  const double* s = t.singles.data.data();
  fockOv_ = problem_.fock;
  fockOo_ = doublesOo_ = Matrix(o_, o_);
  fockVv_ = Matrix(v_, v_);
  for (int kc = 0; kc < n_; ++kc)
    for (int ld = 0; ld < n_; ++ld) fockOv_.data[kc] += antisymmetric_[static_cast<std::size_t>(kc) * n_ + ld] * s[ld];
  for (int k = 0; k < o_; ++k) {
    fockOo_(k, k) += problem_.occupiedEnergies[k];
    const Matrix coulomb = unpacked(dressedOccupied_.data() + (static_cast<std::size_t>(k) * o_ + k) * space_.nVv());
    for (int b = 0; b < v_; ++b)
      for (int c = 0; c < v_; ++c) fockVv_(b, c) += 2.0 * coulomb(b, c) - dressedVirtual_[(static_cast<std::size_t>(k) * v_ + c) * n_ + k * v_ + b];
    for (int i = 0; i < o_; ++i)
      for (int l = 0; l < o_; ++l) {
        const double* direct = problem_.integrals.row(space_.oo(k, i)) + space_.ov(l, 0);
        const double* exchange = problem_.integrals.row(space_.oo(l, i)) + space_.ov(k, 0);
        for (int d = 0; d < v_; ++d) fockOo_(k, i) += t.singles(l, d) * (2.0 * direct[d] - exchange[d]);
      }
  }
  for (int b = 0; b < v_; ++b) fockVv_(b, b) += problem_.virtualEnergies[b];
  dressedOo_ = fockOo_;
  addProduct(o_, o_, v_, fockOv_.data.data(), v_, singlesT_.data.data(), o_, dressedOo_.data.data(), o_);
  dressedVv_ = fockVv_;
  addProduct(v_, v_, o_, minusSinglesT_.data.data(), o_, fockOv_.data.data(), v_, dressedVv_.data.data(), v_);
  const auto dotOf = ANSATZ_SELECT(dotKernel);
  workers_.forEach(o_, [&](int k) {
    for (int j = 0; j < o_; ++j)
      for (int d = 0; d < v_; ++d)
        doublesOo_(k, j) += dotOf(n_, ovov_.data() + (static_cast<std::size_t>(k) * v_ + d) * n_, u_.data() + (static_cast<std::size_t>(j) * v_ + d) * n_);
  });
}

/** Ladders of particles and of holes, into plus_ and minus_; Σ_cd t_ij^cd (kc|bd) goes on to mixed_. */
void ClosedShellEquations::ladders(const ClosedShellAmplitudes& t) {
  const Sums tau = sumsOfPairs(t, space_, workers_);
  particleLadder(problem_.integrals, tau, plus_, minus_, workers_);
  const std::size_t nOo = space_.nOo();
  const auto half = [&](std::size_t pq, int i, int j) {  // of i, j in this order
    const std::size_t at = pq * nOo + space_.oo(i, j);
    return 0.5 * (plus_[at] + (i >= j ? minus_[at] : -minus_[at]));
  };
  workers_.forEach(o_, [&](int k) {
    for (int b = 0; b < v_; ++b)
      for (int i = 0; i < o_; ++i)
        for (int j = 0; j < o_; ++j)
          mixed_[((static_cast<std::size_t>(k) * o_ + i) * o_ + j) * v_ + b] += half(space_.ov(k, b), i, j);
  });
  // (ki|lj) with i and j dressed, and its share of the doubles
  const auto dressed = [&](int k, int i, int l, int j) {
    double sum = problem_.integrals.row(space_.oo(k, i))[space_.oo(l, j)];
    const double* left = problem_.integrals.row(space_.oo(l, j)) + space_.ov(k, 0);
    const double* right = problem_.integrals.row(space_.oo(k, i)) + space_.ov(l, 0);
    for (int c = 0; c < v_; ++c) sum += t.singles(i, c) * left[c] + t.singles(j, c) * right[c];
    return sum;
  };
  std::vector<double> plus(nOo * nOo), minus(nOo * nOo);
  workers_.forEach(o_, [&](int k) {
    for (int l = 0; l <= k; ++l)
      for (int i = 0; i < o_; ++i)
        for (int j = 0; j <= i; ++j) {
          const std::size_t at = space_.oo(k, l) * nOo + space_.oo(i, j);
          const double direct = dressed(k, i, l, j);
          const double crossed = dressed(l, i, k, j);
          plus[at] = (k == l ? 0.5 : 1.0) * (plus_[at] + direct + crossed);
          minus[at] = minus_[at] + direct - crossed;
        }
  });
  const int width = static_cast<int>(nOo);
  workers_.addProduct(static_cast<int>(space_.nVv()), width, width, tau.plus.data(), width, plus.data(), width, plus_.data() + space_.vv(0, 0) * nOo, width);
  workers_.addProduct(static_cast<int>(space_.nVv()), width, width, tau.minus.data(), width, minus.data(), width, minus_.data() + space_.vv(0, 0) * nOo, width);
}

void ClosedShellEquations::singlesEquations(const ClosedShellAmplitudes& t) {
  const double* s = t.singles.data.data();
  double* to = singlesResidual_.data.data();
  for (int ia = 0; ia < n_; ++ia) {
    to[ia] += problem_.fock.data[ia];
    for (int kc = 0; kc < n_; ++kc) {
      const std::size_t at = static_cast<std::size_t>(ia) * n_ + kc;
      to[ia] += u_[at] * fockOv_.data[kc] + 2.0 * ovov_[at] * s[kc];
    }
  }
  addProduct(o_, v_, v_, s, v_, transpose(fockVv_).data.data(), v_, to, v_);
  // what a hole loses: its dressed energy and what doubles add to it
  Matrix holes(o_, o_);
  for (int i = 0; i < o_; ++i)
    for (int k = 0; k < o_; ++k) holes(i, k) = -dressedOo_(k, i) - doublesOo_(k, i);
  addProduct(o_, v_, o_, holes.data.data(), o_, s, v_, to, v_);
  std::vector<Matrix> parts(o_, Matrix(o_, v_));
  workers_.forEach(o_, [&](int k) {
    addProduct(o_, v_, n_, occupied_.data() + static_cast<std::size_t>(k) * o_ * n_, n_, u_.data() + k * v_, n_, parts[k].data.data(), v_);
  });
  for (const Matrix& part : parts)
    for (int ia = 0; ia < n_; ++ia) to[ia] -= part.data[ia];
}

void ClosedShellEquations::rings() {
  const auto times = [&](const Tensor& x, const Tensor& y, Tensor& to) {
    workers_.addProduct(n_, n_, n_, x.data(), n_, y.data(), n_, to.data(), n_);
  };
  // twice what the equations have, so that no product takes a factor
  Tensor ring = combined(4.0, direct_, -2.0, crossed_);
  times(u_, antisymmetric_, ring);
  halfResidual_.assign(ovov_.size(), 0.0);
  times(ring, u_, halfResidual_);
  ring = combined(-2.0, crossed_, 0.0, crossed_);
  times(exchangedT_, exchangedOvov_, ring);
  Tensor crossedRing(ovov_.size());
  times(ring, exchangedT_, crossedRing);
  workers_.forEach(o_, [&](int i) {
    for (int a = 0; a < v_; ++a)
      for (int j = 0; j < o_; ++j) {
        const std::size_t at = (static_cast<std::size_t>(i) * v_ + a) * n_ + j * v_;
        const double* own = crossedRing.data() + at;
        const double* other = crossedRing.data() + (static_cast<std::size_t>(j) * v_ + a) * n_ + i * v_;
        double* to = halfResidual_.data() + at;
        for (int b = 0; b < v_; ++b) to[b] = 0.25 * (to[b] + own[b]) + 0.5 * other[b];
      }
  });
}

/** What moves one of the two electrons, and the ladders. */
void ClosedShellEquations::remainingDoubles(const ClosedShellAmplitudes& t) {
  // F_bc − Σ_dkl u_kl^bd (ld|kc), as [c][b]
  Matrix particles = transpose(dressedVv_);
  {
    std::vector<Matrix> parts(o_, Matrix(v_, v_));
    workers_.forEach(o_, [&](int k) {
      addProduct(v_, v_, n_, ovov_.data() + static_cast<std::size_t>(k) * v_ * n_, n_, u_.data() + k * v_, n_, parts[k].data.data(), v_);
    });
    for (const Matrix& part : parts)
      for (std::size_t x = 0; x < part.data.size(); ++x) particles.data[x] -= part.data[x];
  }
  workers_.addProduct(n_ * o_, v_, v_, t.doubles.data(), v_, particles.data.data(), v_, halfResidual_.data(), v_);
  Matrix holes(o_, o_);  // [j][k]
  for (int k = 0; k < o_; ++k)
    for (int j = 0; j < o_; ++j) holes(j, k) = -dressedOo_(k, j) - doublesOo_(k, j);
  workers_.forEach(o_, [&](int i) {
    for (int a = 0; a < v_; ++a) {
      const std::size_t row = (static_cast<std::size_t>(i) * v_ + a) * n_;
      addProduct(o_, v_, o_, holes.data.data(), o_, t.doubles.data() + row, v_, halfResidual_.data() + row, v_);
      for (int jb = 0; jb < n_; ++jb) halfResidual_[row + jb] += dressedVirtual_[row + jb];
    }
    addProduct(v_, n_, o_, minusSinglesT_.data.data(), o_, mixed_.data() + static_cast<std::size_t>(i) * n_, o_ * n_,
               halfResidual_.data() + static_cast<std::size_t>(i) * v_ * n_, n_);
  });
}

ClosedShellAmplitudes ClosedShellEquations::divided(const ClosedShellAmplitudes& t) const {
  ClosedShellAmplitudes result{t.singles, Tensor(t.doubles.size())};
  const std::size_t nOo = space_.nOo();
  workers_.forEach(o_, [&](int i) {
    for (int a = 0; a < v_; ++a) {
      const double gap = problem_.occupiedEnergies[i] - problem_.virtualEnergies[a];
      result.singles(i, a) += singlesResidual_(i, a) / gap;
      const std::size_t ia = static_cast<std::size_t>(i) * v_ + a;
      for (int j = 0; j < o_; ++j)
        for (int b = 0; b < v_; ++b) {
          const std::size_t jb = static_cast<std::size_t>(j) * v_ + b;
          const std::size_t ladder = space_.vv(a, b) * nOo + space_.oo(i, j);
          const double sign = (a >= b) == (i >= j) ? 0.5 : -0.5;
          const double residual = ovov_[ia * n_ + jb] + halfResidual_[ia * n_ + jb] + halfResidual_[jb * n_ + ia] + 0.5 * plus_[ladder] + sign * minus_[ladder];
          result.doubles[ia * n_ + jb] = t.doubles[ia * n_ + jb] + residual / (gap + problem_.occupiedEnergies[j] - problem_.virtualEnergies[b]);
        }
    }
  });
  return result;
}

}  // namespace ansatz
