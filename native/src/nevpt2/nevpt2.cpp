#include "ansatz/nevpt2.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ansatz/error.hpp"
#include "nevpt2/integrals.hpp"
#include "nevpt2/perturbers.hpp"

namespace ansatz {
namespace {

using Vector = std::vector<double>;

constexpr double negligibleNorm = 1e-16;

LadderOperator removes(Spin spin, int p) { return {spin, p, false}; }
LadderOperator creates(Spin spin, int p) { return {spin, p, true}; }

Vector minus(const Vector& a, const Vector& b) {
  Vector difference = a;
  for (std::size_t k = 0; k < a.size(); ++k) difference[k] -= b[k];
  return difference;
}

/** One electron in (creates) or out of each active orbital, both spins added. */
class SingleFamily {
 public:
  SingleFamily(ActiveVectors& vectors, bool isCreated) {
    for (const Spin spin : {Spin::alpha, Spin::beta}) {
      std::vector<LadderProduct> products;
      for (int a = 0; a < vectors.ladder().norb(); ++a) products.push_back({{spin, a, isCreated}});
      bySpin_.push_back(vectors.family(products));
    }
  }
  Norms of(const Vector& c) const {
    Norms sum = bySpin_[0].of(c);
    sum.add(bySpin_[1].of(c));
    return sum;
  }

 private:
  std::vector<Family> bySpin_;
};

/** Two electrons in or out of each pair of active orbitals; coefficients [a][b], the electron of `a` with that of an outer orbital p, of `b` with q. */
class PairFamily {
 public:
  PairFamily(ActiveVectors& vectors, bool isCreated) : n_(vectors.ladder().norb()) {
    const auto products = [&](Spin first, Spin second) {
      std::vector<LadderProduct> list;
      for (int a = 0; a < n_; ++a)
        for (int b = first == second ? a + 1 : 0; b < n_; ++b) list.push_back({{first, a, isCreated}, {second, b, isCreated}});
      return list;
    };
    opposite_ = vectors.family(products(Spin::alpha, Spin::beta));
    alpha_ = vectors.family(products(Spin::alpha, Spin::alpha));
    beta_ = vectors.family(products(Spin::beta, Spin::beta));
  }

  /** p and q the same: of opposite spins. */
  Norms ofOne(const Vector& c) const { return opposite_.of(c); }
  Norms ofTwo(const Vector& c) const {
    Vector exchanged(c.size()), antisymmetric;
    for (int a = 0; a < n_; ++a)
      for (int b = 0; b < n_; ++b) exchanged[static_cast<std::size_t>(b * n_ + a)] = c[static_cast<std::size_t>(a * n_ + b)];
    for (int a = 0; a < n_; ++a)
      for (int b = a + 1; b < n_; ++b) antisymmetric.push_back(c[static_cast<std::size_t>(a * n_ + b)] - c[static_cast<std::size_t>(b * n_ + a)]);
    Norms sum = opposite_.of(c);
    sum.add(opposite_.of(exchanged));
    sum.add(alpha_.of(antisymmetric));
    sum.add(beta_.of(antisymmetric));
    return sum;
  }

 private:
  int n_;
  Family opposite_, alpha_, beta_;
};

/** One electron moved within the active space while another goes from a core orbital to an empty one. */
class MoveFamily {
 public:
  explicit MoveFamily(ActiveVectors& vectors) : n_(vectors.ladder().norb()) {
    const auto moves = [&](Spin to, Spin from) {
      std::vector<LadderProduct> list;
      for (int a = 0; a < n_; ++a)
        for (int b = 0; b < n_; ++b) list.push_back({removes(from, b), creates(to, a)});
      return list;
    };
    std::vector<LadderProduct> same{{}};
    for (const Spin spin : {Spin::alpha, Spin::beta})
      for (LadderProduct& product : moves(spin, spin)) same.push_back(std::move(product));
    same_ = vectors.family(same);
    up_ = vectors.family(moves(Spin::alpha, Spin::beta));
    down_ = vectors.family(moves(Spin::beta, Spin::alpha));
  }

  /** coulomb (ri|ab), exchange (rb|ai), both [a][b]; one: ⟨r|f|i⟩. */
  Norms of(double one, const Vector& coulomb, const Vector& exchange) const {
    const Vector both = minus(coulomb, exchange);
    Norms sum = up_.of(exchange);
    sum.add(down_.of(exchange));
    for (const auto& [alpha, beta] : {std::pair{&both, &coulomb}, {&coulomb, &both}}) {
      Vector c{one};
      c.insert(c.end(), alpha->begin(), alpha->end());
      c.insert(c.end(), beta->begin(), beta->end());
      sum.add(same_.of(c));
    }
    return sum;
  }

 private:
  int n_;
  Family same_, up_, down_;
};

class SecondOrder {
 public:
  SecondOrder(const System& system, const ActiveState& state, FockBuilder& fock, const Nevpt2Options& options)
      : options_(options),
        nCore_(state.nCore),
        nActive_(state.nActive),
        nOccupied_(state.nCore + state.nActive),
        n_(state.orbitals.cols),
        orbitals_(canonicalOrbitals(system, state, fock, options.control)),
        integrals_(activeIntegrals(system, state, orbitals_.orbitals, options,
                                   [this](int j, const Vector& pairs) { corePairs(j, pairs); })),
        vectors_(activeHamiltonian(), {state.nalpha, state.nbeta, {state.coefficients.begin(), state.coefficients.end()}},
                 options.memoryBytes, options.threads, options.control) {}

  Nevpt2Result run() {
    auto report = [this, done = 0]() mutable { options_.control.report(Phase::nevpt2, ++done, 7); };
    report();
    singlyDifferent();
    report();
    emptyPairs();
    report();
    fullPairs();
    report();
    moves();
    report();
    tripleVectors(true);
    report();
    tripleVectors(false);
    report();
    for (const double energy : result_.energies)
      if (!std::isfinite(energy)) throw notFinite("the NEVPT2 energy (a perturber with the energy of the state?)");
    return result_;
  }

 private:
  double energy(int p) const { return orbitals_.energies[static_cast<std::size_t>(p)]; }
  double x(int a, int i, int p, int q) const { return integrals_(a, i, p, q); }

  /** Adds −N / (E + outer): E the active part's energy over its norm, outer that of the orbitals around. */
  void add(Excitation kind, const Norms& perturber, double outer) {
    if (perturber.norm < negligibleNorm) return;
    const double above = perturber.energy / perturber.norm + outer;
    result_.energies[static_cast<std::size_t>(kind)] -= perturber.norm / above;
    lowest(above);
  }
  void lowest(double above) { result_.lowestPerturber = std::min(result_.lowestPerturber, above); }

  Hamiltonian activeHamiltonian() const {
    Hamiltonian h{nActive_, 0.0, {}, {}};
    for (int a = 0; a < nActive_; ++a)
      for (int b = 0; b < nActive_; ++b) h.oneBody.push_back(orbitals_.coreFock(nCore_ + a, nCore_ + b));
    for (int a = 0; a < nActive_; ++a)
      for (int b = 0; b < nActive_; ++b)
        for (int c = 0; c < nActive_; ++c)
          for (int d = 0; d < nActive_; ++d) h.twoBody.push_back(x(c, nCore_ + a, nCore_ + b, nCore_ + d));
    return h;
  }

  /** Two core electrons to two empty orbitals: as in MP2. */
  void corePairs(int j, const Vector& pairs) {
    const int nVirtual = n_ - nOccupied_;
    for (int i = 0; i <= j; ++i)
      for (int r = 0; r < nVirtual; ++r)
        for (int s = r; s < nVirtual; ++s) {
          const double direct = pairs[(static_cast<std::size_t>(i) * nVirtual + r) * nVirtual + s];
          const double exchanged = pairs[(static_cast<std::size_t>(i) * nVirtual + s) * nVirtual + r];
          const bool one = i == j, same = r == s;
          const double norm = one && same ? direct * direct
                              : one || same ? 2.0 * direct * direct
                                            : 4.0 * (direct * direct + exchanged * exchanged - direct * exchanged);
          const double above = energy(nOccupied_ + r) + energy(nOccupied_ + s) - energy(i) - energy(j);
          result_.energies[static_cast<std::size_t>(Excitation::ijrs)] -= norm / above;
          lowest(above);
        }
  }

  /** Of two outer electrons beside a single family: c1 and c2 the two ways to pair them. */
  static Norms ofBoth(const SingleFamily& family, const Vector& c1, const Vector& c2) {
    Norms sum = family.of(c1);
    sum.add(family.of(c2));
    sum.add(family.of(minus(c1, c2)));
    return sum;
  }

  template <class Value>
  Vector overActive(const Value& value) const {
    Vector c;
    for (int a = 0; a < nActive_; ++a) c.push_back(value(a));
    return c;
  }
  template <class Value>
  Vector overPairs(const Value& value) const {
    Vector c;
    for (int a = 0; a < nActive_; ++a)
      for (int b = 0; b < nActive_; ++b) c.push_back(value(a, b));
    return c;
  }

  void singlyDifferent() {
    const SingleFamily removed(vectors_, false), created(vectors_, true);
    for (int i = 0; i < nCore_; ++i)
      for (int r = nOccupied_; r < n_; ++r) {
        options_.control.check();
        for (int s = r; s < n_; ++s) {
          const Vector c1 = overActive([&](int a) { return x(a, i, r, s); });
          const Vector c2 = overActive([&](int a) { return x(a, i, s, r); });
          add(Excitation::irs, r == s ? removed.of(c1) : ofBoth(removed, c1, c2),
              energy(r) + energy(s) - energy(i));
        }
        for (int j = i; j < nCore_; ++j) {
          const Vector c1 = overActive([&](int a) { return x(a, i, r, j); });
          const Vector c2 = overActive([&](int a) { return x(a, j, r, i); });
          add(Excitation::ijr, i == j ? created.of(c1) : ofBoth(created, c1, c2), energy(r) - energy(i) - energy(j));
        }
      }
  }

  void emptyPairs() {
    const PairFamily removed(vectors_, false);
    for (int r = nOccupied_; r < n_; ++r)
      for (int s = r; s < n_; ++s) {
        options_.control.check();
        const Vector c = overPairs([&](int a, int b) { return x(a, nCore_ + b, s, r); });
        add(Excitation::rs, r == s ? removed.ofOne(c) : removed.ofTwo(c), energy(r) + energy(s));
      }
  }

  void fullPairs() {
    const PairFamily created(vectors_, true);
    for (int i = 0; i < nCore_; ++i)
      for (int j = i; j < nCore_; ++j) {
        options_.control.check();
        const Vector c = overPairs([&](int a, int b) { return x(b, nCore_ + a, i, j); });
        add(Excitation::ij, i == j ? created.ofOne(c) : created.ofTwo(c), -energy(i) - energy(j));
      }
  }

  void moves() {
    const MoveFamily family(vectors_);
    for (int i = 0; i < nCore_; ++i)
      for (int r = nOccupied_; r < n_; ++r) {
        options_.control.check();
        const Vector coulomb = overPairs([&](int a, int b) { return x(a, i, r, nCore_ + b); });
        const Vector exchange = overPairs([&](int a, int b) { return x(b, i, nCore_ + a, r); });
        add(Excitation::ir, family.of(orbitals_.coreFock(r, i), coulomb, exchange), energy(r) - energy(i));
      }
  }

  /** One electron from the active space to an empty orbital, or from the core to the active space, while one more moves there. */
  void tripleVectors(bool isEmptied) {
    const int first = isEmptied ? nOccupied_ : 0, last = isEmptied ? n_ : nCore_;
    const SectorVector& state = vectors_.state();
    for (int p = first; p < last; ++p) {
      Norms sum;
      for (const Spin spin : {Spin::alpha, Spin::beta}) {
        options_.control.check();
        sum.add(vectors_.of(isEmptied ? emptied(p, spin, state) : filled(p, spin, state)));
      }
      add(isEmptied ? Excitation::r : Excitation::i, sum, isEmptied ? energy(p) : -energy(p));
    }
  }

  /** (pa|bc) over b and c. */
  Vector moved(int a, int p) const {
    return overPairs([&](int b, int c) { return x(a, nCore_ + b, nCore_ + c, p); });
  }

  /** Σ_a [Σ_bc (ra|bc) E_bc + f_ra] a_a |0⟩ */
  SectorVector emptied(int r, Spin spin, const SectorVector& state) {
    SectorVector sum;
    for (int a = 0; a < nActive_; ++a) {
      const SectorVector hole = vectors_.ladder().apply(LadderProduct{removes(spin, a)}, state);
      if (a == 0) sum = vectors_.ladder().zero(hole.nalpha, hole.nbeta);
      if (!hole.c.empty()) vectors_.ladder().addOneBody(moved(a, r), orbitals_.coreFock(r, nCore_ + a), hole, sum);
    }
    return sum;
  }

  /** Σ_a a†_a [Σ_bc (ai|bc) E_bc + f_ai] |0⟩ */
  SectorVector filled(int i, Spin spin, const SectorVector& state) {
    SectorVector sum;
    for (int a = 0; a < nActive_; ++a) {
      SectorVector inner = vectors_.ladder().zero(state.nalpha, state.nbeta);
      vectors_.ladder().addOneBody(moved(a, i), orbitals_.coreFock(nCore_ + a, i), state, inner);
      const SectorVector outer = vectors_.ladder().apply(LadderProduct{creates(spin, a)}, inner);
      if (a == 0) sum = vectors_.ladder().zero(outer.nalpha, outer.nbeta);
      for (std::size_t k = 0; k < outer.c.size(); ++k) sum.c[k] += outer.c[k];
    }
    return sum;
  }

  const Nevpt2Options& options_;
  int nCore_, nActive_, nOccupied_, n_;
  Nevpt2Result result_;
  CanonicalOrbitals orbitals_;
  ActiveIntegrals integrals_;
  ActiveVectors vectors_;
};

}  // namespace

Nevpt2Result nevpt2(const System& system, const ActiveState& state, FockBuilder& fock, const Nevpt2Options& options) {
  return SecondOrder(system, state, fock, options).run();
}

}  // namespace ansatz
