#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "ansatz/repulsion.hpp"

namespace ansatz {

/**
 * One step of a vertical recurrence (S. Obara, A. Saika, J. Chem. Phys. 84, 3963 (1986), doi:10.1063/1.450106), on slots
 * that each hold one auxiliary integral of eight quartets:
 *   bra: dst = PA x0 + WP x1 + n/2p (y0 − ρ/p y1)
 *   ket: dst = QC x0 + WQ x1 + n/2q (y0 − ρ/q y1) + k/2(p+q) z
 */
struct VrrOp {
  std::uint16_t dst, x0, x1, y0, y1, z;
  std::uint8_t axis, n, k;
  bool ket;
};

/** A run of operations of one kind, so that the loop over them has no branches. */
struct VrrRun {
  enum Kind : std::uint8_t { bra, braN, ket, ketN, ketK, ketNK } kind;
  std::uint32_t first, last;
};

/** One step of the horizontal recurrence: dst = x + AB[axis] y. */
struct HrrOp {
  std::uint16_t dst, x, y;
  std::uint8_t axis;
};

/** A contracted (e0| integral that a pair needs: the monomial, and the pair of parts whose coefficients contract it. */
struct PairComponent {
  std::uint16_t monomial;  // among those of degree eMin … eMax
  std::uint16_t part;
};

/** What depends on the angular momenta of a pair of shells only. */
struct PairClass {
  std::vector<int> partsA, partsB;
  int nA, nB;        // functions of each shell
  int eMin, eMax;    // degrees of (e0|
  int nMonomials;    // of degree eMin … eMax
  int nParts;        // partsA × partsB
  std::vector<PairComponent> components;
  std::vector<HrrOp> hrr;
  int nHrrSlots;                         // components first
  std::vector<std::uint16_t> functions;  // slot of each of the nA × nB products
};

/**
 * The recurrence and ket contraction of one primitive quartet in eight lanes: acc[e][component] += coefficients × [e|f].
 * The recurrence and [0](m) are those of the instruction set it was compiled for; see recurrence.hpp.
 */
using QuartetKernel = void(const void* recurrence, const void* boys, const double* ketCoefficients, void* acc);

/**
 * A recurrence before memory is assigned: operations in an order in which each stands before its uses, slots numbered in
 * single assignment with [0](0) … [0](degree) first.
 */
struct VrrSequence {
  int degree;  // highest order of the Boys function
  std::vector<VrrOp> ops;
  std::vector<int> totalDegree;        // of each operation's result
  std::vector<std::uint16_t> targets;  // [e|f], e × f
};

/** What depends on the angular momenta of a quartet only: the recurrence as a program. */
struct EriClass {
  const PairClass* bra;
  const PairClass* ket;
  int degree;
  std::vector<VrrOp> vrr;
  std::vector<VrrRun> runs;
  int nVrrSlots;                       // the [0](m) first
  std::vector<std::uint16_t> targets;  // slot of [e|f], e × f
  /** Straight-line code for the recurrence and the ket contraction where there is some; null for the program above. */
  QuartetKernel* generated;
  /** What electrons repel each other by; it changes [0](m) alone. */
  Repulsion repulsion;
};

constexpr int monomialsBelow(int degree) { return degree * (degree + 1) * (degree + 2) / 6; }

/** "sp,s" for an sp shell with an s shell; "p" alone is a p shell. */
std::string pairName(const PairClass& pair);

/** Order of pair classes: of two, the later is the bra, so that the ket recurrence, which costs more, is the short one. */
bool isSimpler(const PairClass& a, const PairClass& b);

VrrSequence makeVrrSequence(const PairClass& bra, const PairClass& ket);
PairClass makePairClass(const std::vector<int>& partsA, const std::vector<int>& partsB);
EriClass makeEriClass(const PairClass& bra, const PairClass& ket, const Repulsion& repulsion = {});

}  // namespace ansatz
