#include "ci/tables.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace ansatz {
namespace {

String bit(int p) { return String{1} << p; }

/** Calls visit(target, p, q) for every p ← q that a string allows, p ≠ q. */
template <class Visit>
void eachSingle(String source, int norb, Visit visit) {
  for (int p = 0; p < norb; ++p) {
    if (source & bit(p)) continue;
    for (String rest = source; rest != 0; rest &= rest - 1) {
      const int q = std::countr_zero(rest);
      visit((source ^ bit(q)) | bit(p), p, q);
    }
  }
}

void append(SameSpinMatrix& matrix, std::size_t column, double value) {
  if (column == noAddress) return;
  // Spatial symmetry makes most integrals vanish up to rounding.
  if (std::abs(value) < 1e-15 && column + 1 != matrix.start.size()) return;
  matrix.column.push_back(static_cast<std::uint32_t>(column));
  matrix.value.push_back(value);
}

}  // namespace

double stringEnergy(const Hamiltonian& hamiltonian, String string) {
  double energy = 0.0;
  for (const int p : occupied(string)) {
    energy += hamiltonian.h(p, p);
    for (const int q : occupied(string))
      energy += 0.5 * (hamiltonian.g(p, p, q, q) - hamiltonian.g(p, q, q, p));
  }
  return energy;
}

double stringElement(const Hamiltonian& hamiltonian, String target, String source) {
  const std::vector<int> created = occupied(target & ~source);
  const std::vector<int> removed = occupied(source & ~target);
  if (created.size() == 1) {
    const int p = created[0];
    const int q = removed[0];
    double value = hamiltonian.h(p, q);
    for (const int r : occupied(source & target)) value += hamiltonian.g(p, q, r, r) - hamiltonian.g(p, r, r, q);
    return excitationSign(source, p, q) * value;
  }
  if (created.size() != 2) return 0.0;
  const int p = created[0], r = created[1];
  const int q = removed[0], s = removed[1];
  const int sign = excitationSign(source, p, q) * excitationSign((source ^ bit(q)) | bit(p), r, s);
  return sign * (hamiltonian.g(p, q, r, s) - hamiltonian.g(p, s, r, q));
}

SameSpinMatrix sameSpinMatrix(const Hamiltonian& hamiltonian, const StringSpace& space, const Control& control) {
  SameSpinMatrix matrix;
  matrix.start.push_back(0);
  for (std::size_t i = 0; i < space.size(); ++i) {
    control.check();
    const String target = space[i];
    append(matrix, i, stringEnergy(hamiltonian, target));
    eachSingle(target, space.norb(), [&](String source, int p, int q) {
      append(matrix, space.address(source), stringElement(hamiltonian, target, source));
      eachSingle(source, space.norb(), [&](String second, int r, int s) {
        // Each double excitation once: both orbitals of the second step beyond those of the first.
        if (r > p && s > q && !(bit(r) & target) && (bit(s) & target))
          append(matrix, space.address(second), stringElement(hamiltonian, target, second));
      });
    });
    matrix.start.push_back(matrix.column.size());
  }
  return matrix;
}

std::vector<std::uint16_t> OneBodyTable::countUpTo(std::size_t pq, std::size_t norb) const {
  std::vector<std::uint16_t> count(start.size() - 1);
  for (std::size_t i = 0; i < count.size(); ++i) {
    std::uint32_t k = start[i];
    while (k < start[i + 1] && (entry[k] & ((1u << codeBits) - 1)) % (norb * norb) <= pq) ++k;
    count[i] = static_cast<std::uint16_t>(k - start[i]);
  }
  return count;
}

OneBodyTable oneBodyTable(const StringSpace& space, const std::vector<bool>& wanted, const Control& control) {
  OneBodyTable table;
  const int norb = space.norb();
  const auto n2 = static_cast<std::uint32_t>(norb * norb);
  constexpr std::uint32_t mask = (1u << codeBits) - 1;
  const auto operatorOf = [&](std::uint32_t entry) { return (entry & mask) % n2; };
  const auto add = [&](std::size_t source, int rs, bool negative) {
    if (!wanted[static_cast<std::size_t>(rs)]) return;
    const int code = negative ? rs + norb * norb : rs;
    table.entry.push_back(static_cast<std::uint32_t>(source << codeBits) | static_cast<std::uint32_t>(code));
  };
  table.start.push_back(0);
  for (std::size_t i = 0; i < space.size(); ++i) {
    control.check();
    for (const int r : occupied(space[i])) add(i, r * norb + r, false);
    // E_rs leads from the source to this string, so this string has r and lacks s.
    eachSingle(space[i], norb, [&](String source, int s, int r) {
      const std::size_t address = space.address(source);
      if (address != noAddress) add(address, r * norb + s, excitationSign(source, r, s) < 0);
    });
    std::sort(table.entry.begin() + static_cast<std::ptrdiff_t>(table.start.back()), table.entry.end(),
              [&](std::uint32_t a, std::uint32_t b) {
                return operatorOf(a) != operatorOf(b) ? operatorOf(a) < operatorOf(b) : a < b;
              });
    table.start.push_back(static_cast<std::uint32_t>(table.entry.size()));
  }
  return table;
}

std::vector<Transitions> transitionLists(const StringSpace& space) {
  const int norb = space.norb();
  std::vector<Transitions> lists(static_cast<std::size_t>(norb * norb));
  const auto add = [&](int p, int q, std::size_t target, std::size_t source, int sign) {
    Transitions& list = lists[static_cast<std::size_t>(p * norb + q)];
    list.target.push_back(static_cast<std::uint32_t>(target));
    list.source.push_back(static_cast<std::uint32_t>(source));
    list.sign.push_back(sign);
  };
  for (std::size_t i = 0; i < space.size(); ++i) {
    for (const int p : occupied(space[i])) add(p, p, i, i, 1);
    eachSingle(space[i], norb, [&](String source, int q, int p) {
      const std::size_t address = space.address(source);
      if (address != noAddress) add(p, q, i, address, excitationSign(source, p, q));
    });
  }
  return lists;
}

}  // namespace ansatz
