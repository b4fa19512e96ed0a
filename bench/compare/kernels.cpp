// What kernels make of one core: a JSON object a line with a name and operations of floating point a second. Compiled and run by peak.ts.
//
// Counted are the multiplications and additions of recurrences, contractions and transfers of repulsion integrals (not the Boys function
// and what surrounds it), and one of each for every matrix element of a product of direct CI.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "../../native/test/hamiltonians.hpp"
#include "../../native/test/random.hpp"
#include "ansatz/direct_ci.hpp"
#include "ansatz/isa.hpp"
#include "integrals/aligned.hpp"
#include "integrals/boys.hpp"
#include "integrals/pair_list.hpp"

namespace {

using namespace ansatz;

double processorSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

/** The best of several tenths of a second; work() gives its operations. */
template <class Work>
void report(const std::string& name, const Work& work) {
  double best = 0.0;
  for (int round = 0; round < 8; ++round) {
    double operations = 0.0, taken = 0.0;
    for (const double begin = processorSeconds(); taken < 0.1; taken = processorSeconds() - begin) operations += work();
    best = std::max(best, operations / taken);
  }
  std::printf("{\"name\": \"%s\", \"perSecond\": %.4g}\n", name.c_str(), best);
  std::fflush(stdout);
}

#if defined(__AVX512F__)
using Register = double __attribute__((vector_size(64)));
#define IN_REGISTER "+v"
#elif defined(__x86_64__)
using Register = double __attribute__((vector_size(32)));
#define IN_REGISTER "+x"
#else
using Register = double __attribute__((vector_size(16)));
#define IN_REGISTER "+w"
#endif

/** Sixteen chains of multiply-adds, more than the units' latency needs. */
double multiplyAdds() {
  constexpr int chains = 16, steps = 1 << 20;
  constexpr int width = sizeof(Register) / sizeof(double);
  Register sums[chains];
  Register factor{}, term{};
  for (int k = 0; k < width; ++k) factor[k] = 0.999999, term[k] = 1e-6;
  for (Register& sum : sums) sum = term;
  for (int step = 0; step < steps; ++step)
    for (Register& sum : sums) {
      sum = sum * factor + term;
      asm volatile("" : IN_REGISTER(sum));
    }
  return 2.0 * chains * width * steps;
}

std::vector<CartesianShell> shellsOf(test::Random& random, const std::vector<int>& parts, int primitives, int count) {
  std::vector<CartesianShell> shells;
  for (int i = 0; i < count; ++i) {
    CartesianShell shell{0, {}, {}, parts, {}, 0};
    for (double& x : shell.centre) x = random.between(-1.0, 1.0);
    for (int k = 0; k < primitives; ++k) shell.exponents.push_back(0.3 * (k + 1) * (k + 1));
    shell.coefficients.assign(parts.size(), std::vector<double>(shell.exponents.size(), 0.7));
    shells.push_back(shell);
  }
  return shells;
}

/** Operations of one step of the recurrence in one lane. */
int operationsOf(const VrrOp& op) {
  return 3 + (op.n > 0 ? 4 + (op.n > 1 ? 1 : 0) : 0) + (op.k > 0 ? 2 + (op.k > 1 ? 1 : 0) : 0);
}

/** In one lane, of a bra pair with a ket pair: of each pair of their primitives, of each of the bra's, and of all. */
struct Operations {
  double ofBoth = 0.0, ofBra, ofAll;

  Operations(const PairClass& bra, const PairClass& ket) {
    const double nKet = static_cast<double>(ket.components.size()), nBra = static_cast<double>(bra.components.size());
    for (const VrrOp& op : makeVrrSequence(bra, ket).ops) ofBoth += operationsOf(op);
    ofBoth += 2.0 * bra.nMonomials * nKet;
    ofBra = 2.0 * nBra * nKet;
    ofAll = 2.0 * nBra * ket.hrr.size() + 2.0 * ket.nA * ket.nB * bra.hrr.size();
  }
  double of(int braPrimitives, int ketPrimitives) const { return braPrimitives * (ketPrimitives * ofBoth + ofBra) + ofAll; }
};

struct Side {
  std::vector<int> a, b;
  int primitives;
};

void repulsion(const std::string& name, const Side& left, const Side& right) {
  test::Random random;
  std::deque<PairClass> classes;
  const auto blockOf = [&](const Side& side) {
    const auto a = shellsOf(random, side.a, side.primitives, 8), b = shellsOf(random, side.b, side.primitives, 8);
    return std::move(makeMixedPairBlocks(a, b, 0.0, classes).front());
  };
  const PairBlock bra = blockOf(left), ket = blockOf(right);
  EriClass c = makeEriClass(*bra.pairClass, *ket.pairClass);
  AlignedVector scratch(eriScratchSize(c)), values(static_cast<std::size_t>(bra.pairClass->nA * bra.pairClass->nB) * ket.groupSize());
  const Operations one(*bra.pairClass, *ket.pairClass);
  report(name, [&] {
    double operations = 0.0;
    for (int pair = 0; pair < bra.nPairs; ++pair)
      for (int g = 0; g < ket.nGroups; ++g) {
        const PairGroup braGroup = bra.group(pair / lanes), ketGroup = ket.group(g);
        ANSATZ_SELECT(eriGroup)(c, braGroup, pair % lanes, ketGroup, BoysTable::instance().order(c.degree), values.data(), scratch.data());
        operations += lanes * one.of(braGroup.nPrims, ketGroup.nPrims);
      }
    return operations;
  });
}

double choose(int n, int k) { return k < 0 || k > n ? 0.0 : k == 0 ? 1.0 : choose(n - 1, k - 1) * n / k; }

/** A product of a Hamiltonian none of whose integrals vanishes with a vector. */
void product(int norb, int nalpha, int nbeta) {
  test::Random random;
  DirectCi ci(test::randomHamiltonian(random, norb), nalpha, nbeta, {});
  const std::vector<double> c = random.vector(ci.size());
  std::vector<double> sigma(ci.size());
  const auto singles = [&](int n) { return static_cast<double>(n * (norb - n)); };
  const auto sameSpin = [&](int n) { return 1.0 + singles(n) + choose(n, 2) * choose(norb - n, 2); };
  const double elements = sameSpin(nalpha) + sameSpin(nbeta) + (nalpha + singles(nalpha)) * (nbeta + singles(nbeta));
  const std::string name = "direct CI (" + std::to_string(nalpha + nbeta) + "e," + std::to_string(norb) + "o), one product";
  report(name, [&] {
    ci.apply(c, sigma);
    return 2.0 * elements * static_cast<double>(ci.size());
  });
}

}  // namespace

int main() {
  const std::vector<int> s{0}, sp{0, 1}, d{2}, f{3};
  report("multiply-adds", multiplyAdds);
  repulsion("(ss|ss), 3 primitives a shell", {s, s, 3}, {s, s, 3});
  repulsion("(sp sp|sp sp), 3 primitives a shell", {sp, sp, 3}, {sp, sp, 3});
  repulsion("(d sp|sp sp), 1 primitive a shell", {d, sp, 1}, {sp, sp, 1});
  repulsion("(dd|dd), 1 primitive a shell", {d, d, 1}, {d, d, 1});
  repulsion("(fd|fd), 1 primitive a shell", {f, d, 1}, {f, d, 1});
  product(8, 4, 3);
  product(12, 6, 5);
}
