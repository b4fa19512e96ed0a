#include "vqe/rotations.hpp"

#include <bit>

namespace ansatz {
namespace {

/** Sign of applying one ladder operator at `orbital`: −1 to the electrons below it. */
int ladderSign(String string, int orbital) {
  return std::popcount(string & ((String{1} << orbital) - 1)) % 2 == 0 ? 1 : -1;
}

/** Flips orbitals from the lowest up, which is right to left in a product of descending operators, and returns the sign. */
int flipAscending(String& string, String orbitals) {
  int sign = 1;
  for (; orbitals != 0; orbitals &= orbitals - 1) {
    const int orbital = std::countr_zero(orbitals);
    sign *= ladderSign(string, orbital);
    string ^= String{1} << orbital;
  }
  return sign;
}

/**
 * Sign of a†(create, ascending) a(annihilate, descending) on `string`. The creators act from the highest down, which is
 * the reverse of flipAscending: k(k−1)/2 exchanges apart.
 */
int transitionSign(String string, String annihilate, String create) {
  const int k = std::popcount(create);
  const int reversal = (k * (k - 1) / 2) % 2 == 0 ? 1 : -1;
  return flipAscending(string, annihilate) * flipAscending(string, create) * reversal;
}

}  // namespace

Rotation stringRotation(const StringSpace& space, String annihilate, String create, bool qubit) {
  Rotation rotation;
  std::vector<StringPair> negative;
  for (std::size_t i = 0; i < space.size(); ++i) {
    const String string = space[i];
    if ((string & annihilate) != annihilate || (string & create) != 0) continue;
    const std::size_t target = space.address((string ^ annihilate) | create);
    const StringPair pair{static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(target)};
    const bool plus = qubit || transitionSign(string, annihilate, create) > 0;
    (plus ? rotation.pairs : negative).push_back(pair);
  }
  rotation.positive = rotation.pairs.size();
  rotation.pairs.insert(rotation.pairs.end(), negative.begin(), negative.end());
  return rotation;
}

}  // namespace ansatz
