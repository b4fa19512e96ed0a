// Tests of the native core without Node, for sanitizers: ansatz_native_test
#include "check.hpp"

int main() {
  ansatz::test::Check check;
  ansatz::test::testRepulsionKernels(check);
  ansatz::test::testPairBounds(check);
  ansatz::test::testCoulombExchange(check);
  ansatz::test::testGuesses(check);
  ansatz::test::testFields(check);
  ansatz::test::testCi(check);
  ansatz::test::testActiveSpaces(check);
  ansatz::test::testPerturbers(check);
  ansatz::test::testSelectedCi(check);
  ansatz::test::testMp2(check);
  ansatz::test::testOrbitalPairs(check);
  ansatz::test::testCoupledCluster(check);
  ansatz::test::testVqe(check);
  ansatz::test::testCircuits(check);
  ansatz::test::testLinearEquations(check);
  ansatz::test::testIterations(check);
  ansatz::test::testGrids(check);
  ansatz::test::testFunctionals(check);
  ansatz::test::testKohnSham(check);
  ansatz::test::testReactionFields(check);
  ansatz::test::testElectrostaticPotentials(check);
  return check.finish();
}
