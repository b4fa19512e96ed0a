#pragma once
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "ansatz/hamiltonian.hpp"
#include "ansatz/selected_ci.hpp"

namespace ansatz {

/** An excitation and its integral. */
struct Excitation {
  double value;
  std::uint8_t first, second;
};

/**
 * Integrals as selected CI reads them: elements by the Slater–Condon rules, and lists of excitations by falling size, so that a sum
 * ends where its terms no longer count (doi:10.1021/acs.jctc.6b00407). Memory: about 5 norb⁴ bytes; none where symmetry forbids it.
 */
class IntegralLists {
 public:
  explicit IntegralLists(const Hamiltonian& hamiltonian, const Control& control = {});

  int norb() const { return n_; }

  /** ⟨I|H|I⟩ without the core energy. */
  double diagonal(const Determinant& d) const;
  /** The part of electrons of one spin. */
  double ofOneSpin(String string) const;
  /** Σ_q of `string` (pp|qq) for every p. */
  std::vector<double> coulombOf(String string) const;

  /** q → p in `same`, beside `other` of the other spin; without the sign. */
  double single(String same, String other, int p, int q) const;
  /** q → p and s → r of the same spin, without the sign: (pq|rs) − (ps|rq). */
  double sameSpin(int p, int q, int r, int s) const { return g(p, q, r, s) - g(p, s, r, q); }
  /** q → p of one spin and s → r of the other, without the sign: (pq|rs). */
  double g(int p, int q, int r, int s) const { return h_.g(p, q, r, s); }

  /** Places s of an electron from r beside a move between p and q of the other spin: (pq|rs), `first` = s. */
  std::span<const Excitation> besides(int p, int q, int r) const { return list(besides_, besidesStart_, pair(p, q) * n_ + r); }
  /** Pairs of places, first < second, of two electrons from q < s of one spin: (first q|second s) − (first s|second q). */
  std::span<const Excitation> fromPair(int q, int s) const { return list(pairs_, pairsStart_, s * (s - 1) / 2 + q); }

  /**
   * Symmetry of an orbital as bits, found from which integrals are zero: those of h_pq and (pq|rs) that are not have labels whose
   * exclusive or is zero.
   */
  std::uint8_t label(int p) const { return labels_[static_cast<std::size_t>(p)]; }
  /** Of a string: the exclusive or over its orbitals. */
  std::uint8_t label(String string) const;

  std::size_t bytes() const { return (besides_.size() + pairs_.size()) * sizeof(Excitation); }

 private:
  static std::span<const Excitation> list(const std::vector<Excitation>& all, const std::vector<std::size_t>& start, int i) {
    const auto k = static_cast<std::size_t>(i);
    return {all.data() + start[k], start[k + 1] - start[k]};
  }
  static int pair(int p, int q) { return p > q ? p * (p + 1) / 2 + q : q * (q + 1) / 2 + p; }
  /** Whether symmetry allows an integral of orbitals whose bits this is the exclusive or of. */
  bool isAllowed(String orbitals) const { return label(orbitals) == 0; }
  void findLabels();
  void sortBesides();
  void sortPairs();

  const Hamiltonian& h_;
  int n_;
  Control control_;
  /** (pq|rr) and (pr|rq), [p, q, r] */
  std::vector<double> coulomb_, exchange_;
  std::vector<Excitation> besides_, pairs_;
  std::vector<std::size_t> besidesStart_, pairsStart_;
  std::vector<std::uint8_t> labels_;
};

/** Calls body(p) for every bit p that is set, ascending. */
template <class Body>
inline void eachOrbital(String string, const Body& body) {
  for (; string != 0; string &= string - 1) body(std::countr_zero(string));
}

inline String bit(int p) { return String{1} << p; }

}  // namespace ansatz
