#pragma once
#include <cstdio>
#include <string>

namespace ansatz::test {

/** Counts what held and prints what did not. */
class Check {
 public:
  void that(bool holds, const std::string& what) {
    ++(holds ? passed_ : failed_);
    if (!holds) std::printf("FAILED %s\n", what.c_str());
  }
  /** Prints the counts; the exit status. */
  int finish() const {
    std::printf("%d passed, %d failed\n", passed_, failed_);
    return failed_ == 0 && passed_ > 0 ? 0 : 1;
  }

 private:
  int passed_ = 0;
  int failed_ = 0;
};

void testRepulsionKernels(Check& check);
void testPairBounds(Check& check);
void testCoulombExchange(Check& check);
void testGuesses(Check& check);
void testFields(Check& check);
void testCi(Check& check);
void testActiveSpaces(Check& check);
void testPerturbers(Check& check);
void testSelectedCi(Check& check);
void testMp2(Check& check);
void testOrbitalPairs(Check& check);
void testCoupledCluster(Check& check);
void testVqe(Check& check);
void testCircuits(Check& check);
void testLinearEquations(Check& check);
void testIterations(Check& check);
void testGrids(Check& check);
void testFunctionals(Check& check);
void testKohnSham(Check& check);
void testReactionFields(Check& check);
void testElectrostaticPotentials(Check& check);

}  // namespace ansatz::test
