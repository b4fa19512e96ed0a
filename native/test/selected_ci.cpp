#include "ansatz/selected_ci.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <string>

#include "allocations.hpp"
#include "ansatz/ci.hpp"
#include "ansatz/error.hpp"
#include "check.hpp"
#include "hamiltonians.hpp"
#include "random.hpp"
#include "selected_ci/configurations.hpp"
#include "selected_ci/perturbation.hpp"
#include "selected_ci/sparse_hamiltonian.hpp"
#include "slow_ci.hpp"

namespace ansatz::test {
namespace {

struct Sector {
  int norb, nalpha, nbeta;
  std::string name() const { return "(" + std::to_string(norb) + ", " + std::to_string(nalpha) + ", " + std::to_string(nbeta) + ")"; }
};

Occupation occupationOf(const Determinant& d, int norb) { return d.alpha | (d.beta << norb); }

/** Whole configurations, about a third of all. */
std::vector<Determinant> someDeterminants(Random& random, const Sector& sector) {
  std::vector<Configuration> configurations;
  for (const Occupation o : determinants(sector.norb, sector.nalpha, sector.nbeta)) {
    const String mask = (String{1} << sector.norb) - 1;
    configurations.push_back(configurationOf({o & mask, o >> sector.norb}));
  }
  std::sort(configurations.begin(), configurations.end());
  configurations.erase(std::unique(configurations.begin(), configurations.end()), configurations.end());
  std::vector<Determinant> all;
  for (std::size_t k = 0; k < configurations.size(); ++k)
    if (k == 0 || random.below(3) == 0) addDeterminants(configurations[k], sector.nalpha, all);
  std::sort(all.begin(), all.end());
  return all;
}

SlowState slowStateOf(const std::vector<Determinant>& space, const std::vector<double>& c, int norb) {
  SlowState state;
  for (std::size_t i = 0; i < space.size(); ++i) state[occupationOf(space[i], norb)] = c[i];
  return state;
}

/** H c, with the penalty, and ⟨S²⟩ against ladder operators. */
void products(Random& random, const Sector& sector, bool blocks, Check& check) {
  const auto [norb, nalpha, nbeta] = sector;
  const Hamiltonian h = blocks ? blockHamiltonian(random, norb) : randomHamiltonian(random, norb);
  const IntegralLists integrals(h);
  const DeterminantSpace space(someDeterminants(random, sector), integrals, {});
  const std::vector<double> c = random.vector(space.size());
  const double penalty = 0.7, s = 0.5 * std::abs(nalpha - nbeta);
  const SlowState state = slowStateOf(space.determinants(), c, norb);
  SlowState expected = slowHamiltonian(h, state);
  const SlowState spin = slowSpinSquare(norb, nalpha, nbeta, state);
  for (const auto& [d, value] : spin) expected[d] += penalty * value;
  for (const auto& [d, value] : state) expected[d] -= penalty * s * (s + 1.0) * value;
  const SparseHamiltonian matrix(integrals, space, {penalty, std::size_t{1} << 30, 1, {}});
  const SparseHamiltonian parallel(integrals, space, {penalty, std::size_t{1} << 30, 3, {}});
  std::vector<double> sigma(space.size()), same(space.size());
  matrix.apply(c, sigma);
  parallel.apply(c, same);
  double largest = 0.0;
  for (std::size_t i = 0; i < space.size(); ++i)
    largest = std::max(largest, std::abs(sigma[i] - expected[occupationOf(space[i], norb)]));
  check.that(largest < 1e-7, "H c of selected determinants of " + sector.name());
  check.that(sigma == same, "H c of selected determinants has the same bits on three threads");
  check.that(std::abs(spinSquareOf(space, c) - overlap(state, spin)) < 1e-10, "S² of selected determinants of " + sector.name());
  bool refused = false;
  try {
    const SparseHamiltonian tooLarge(integrals, space, {penalty, 8, 1, {}});
  } catch (const DoesNotFit&) {
    refused = true;
  }
  check.that(refused || matrix.pairs() < 2, "a matrix that does not fit is refused");
}

/** The correction and its terms against H by ladder operators on the whole state. */
void corrections(Random& random, const Sector& sector, bool blocks, Check& check) {
  const auto [norb, nalpha, nbeta] = sector;
  const Hamiltonian h = blocks ? blockHamiltonian(random, norb) : molecularHamiltonian(random, norb);
  const IntegralLists integrals(h);
  const DeterminantSpace space(someDeterminants(random, sector), integrals, {});
  std::vector<double> c = random.vector(space.size());
  if (nalpha == nbeta)  // a state of even spin, as those are that the mirror is meant for
    for (std::size_t i = 0; i < space.size(); ++i) {
      const std::uint32_t j = space.find({space[i].beta, space[i].alpha});
      if (j > i) c[j] = c[i];
    }
  const double energy = integrals.diagonal(space[0]) - 50.0;
  SlowState image = slowHamiltonian(h, slowStateOf(space.determinants(), c, norb));
  for (const Determinant& d : space.determinants()) image.erase(occupationOf(d, norb));
  double expected = 0.0, most = 0.0;
  for (const auto& [o, value] : image) {
    const String mask = (String{1} << norb) - 1;
    const double term = value * value / (energy - integrals.diagonal({o & mask, o >> norb}));
    expected += term;
    most = std::max(most, std::abs(term));
  }
  const std::vector<double> energies{energy};
  const auto run = [&](int threads) { return perturb(integrals, space, c, {energies, 0.0, 5, threads, {}}); };
  const Perturbation found = run(1), parallel = run(3);
  check.that(std::abs(found.corrections[0] - expected) < 1e-10 * (1.0 + std::abs(expected)), "second order of " + sector.name());
  check.that(image.empty() || std::abs(found.candidates.at(0).importance - most) < 1e-10 * (1.0 + most),
             "the weightiest determinant outside of " + sector.name());
  bool same = found.corrections == parallel.corrections && found.candidates.size() == parallel.candidates.size();
  for (std::size_t k = 0; same && k < found.candidates.size(); ++k)
    same = found.candidates[k].determinant == parallel.candidates[k].determinant;
  check.that(same, "second order has the same bits on three threads");
}

/** What is held at once, all pairs of strings or one bucket of many, changes no bit. */
void buckets(Random& random, Check& check) {
  const Sector sector{10, 5, 1};
  const Hamiltonian h = molecularHamiltonian(random, sector.norb);
  const IntegralLists integrals(h);
  const DeterminantSpace space(someDeterminants(random, sector), integrals, {});
  const std::vector<double> c = random.vector(space.size()), energies{integrals.diagonal(space[0]) - 50.0};
  const Perturbation whole = perturb(integrals, space, c, {energies, 0.0, 5, 1, {}});
  for (const std::size_t pairsAtOnce : {std::size_t{1}, std::size_t{20'000}}) {
    const Perturbation found = perturb(integrals, space, c, {energies, 0.0, 5, 2, {}, pairsAtOnce});
    bool same = found.corrections == whole.corrections && found.candidates.size() == whole.candidates.size();
    for (std::size_t k = 0; same && k < found.candidates.size(); ++k)
      same = found.candidates[k].determinant == whole.candidates[k].determinant;
    check.that(same, "second order with at most " + std::to_string(pairsAtOnce) + " pairs at once has the same bits");
  }
}

/** Configurations of 1, 2, 6 and 1 determinants beside one that is there: as many as the limits say, and each once. */
void growth(Check& check) {
  const std::vector<Determinant> space{{0b0011, 0b0011}};
  const std::vector<Candidate> candidates{{0.6, {0b0101, 0b0101}}, {0.5, {0b0011, 0b0101}}, {0.4, {0b0101, 0b0011}},
                                          {0.3, {0b0011, 0b1100}}, {0.2, {0b1001, 0b1001}}};
  struct Growth {
    SpaceLimits limits;
    std::size_t size;
  };
  for (const auto& [limits, size] : {Growth{{4, 100}, 4}, {{5, 100}, 10}, {{100, 9}, 4}, {{100, 10}, 10}, {{100, 11}, 11}, {{1, 100}, 1}}) {
    const std::vector<Determinant> all = grown(space, candidates, limits, {});
    check.that(all.size() == size && std::adjacent_find(all.begin(), all.end(), std::greater_equal<>()) == all.end(),
               "a space that may grow to " + std::to_string(limits.wanted) + ", at most " + std::to_string(limits.most) + ", has " +
                   std::to_string(all.size()) + " determinants");
  }
}

/** Everything selected is exact diagonalisation; half of it lies above, and the same on any number of threads. */
void states(Random& random, const Sector& sector, int nroots, Check& check) {
  const Hamiltonian h = molecularHamiltonian(random, sector.norb);
  CiOptions exactOptions;
  exactOptions.nalpha = sector.nalpha;
  exactOptions.nbeta = sector.nbeta;
  exactOptions.nroots = nroots;
  exactOptions.spinPenalty = 1.0;
  exactOptions.tolerance = 1e-7;
  const CiResult exact = solveCi(h, exactOptions);
  SelectedCiOptions options;
  options.nalpha = sector.nalpha;
  options.nbeta = sector.nbeta;
  options.nroots = nroots;
  options.tolerance = 1e-7;
  options.naturalOrbitalDeterminants = 0;
  const SelectedCiResult all = selectedCi(h, options);
  for (std::size_t k = 0; k < exact.states.size(); ++k) {
    const std::string what = sector.name() + ", state " + std::to_string(k);
    check.that(all.converged && std::abs(all.states[k].variational - exact.states[k].energy) < 1e-9, "all selected of " + what);
    check.that(std::abs(all.states[k].spinSquare - exact.states[k].spinSquare) < 1e-8, "its spin, " + what);
    double electrons = 0.0;
    for (const double occupation : all.states[k].naturalOccupations) electrons += occupation;
    check.that(std::abs(electrons - sector.nalpha - sector.nbeta) < 1e-10, "its natural occupations, " + what);
  }
  options.maxDeterminants = exact.determinants / 2;
  const std::vector<double> given = selectedCi(h, options).orbitals;
  bool isIdentity = true;
  for (int p = 0; p < h.norb; ++p)
    for (int q = 0; q < h.norb; ++q) isIdentity = isIdentity && given[static_cast<std::size_t>(p * h.norb + q)] == (p == q ? 1.0 : 0.0);
  check.that(isIdentity, "orbitals stay as they are where no natural ones are asked for, " + sector.name());
  options.naturalOrbitalDeterminants = exact.determinants / 4;
  const SelectedCiResult half = selectedCi(h, options);
  options.threads = 3;
  const SelectedCiResult again = selectedCi(h, options);
  bool same = half.determinants == again.determinants;
  for (std::size_t k = 0; k < half.states.size(); ++k) {
    same = same && half.states[k].coefficients == again.states[k].coefficients && half.states[k].perturbation == again.states[k].perturbation;
    check.that(half.states[k].variational > exact.states[k].energy - 1e-9, "half selected of " + sector.name() + " lies above");
    const double s = 0.5 * std::abs(sector.nalpha - sector.nbeta);
    check.that(std::abs(half.states[k].spinSquare - s * (s + 1.0)) < 1e-6, "half selected of " + sector.name() + " is pure in spin");
  }
  check.that(same, "selected CI of " + sector.name() + " has the same bits on three threads");
}

/** Why a space grows no further: at once where little is missing, at exactly the size asked for, where nothing is left outside. */
void ends(Random& random, Check& check) {
  const Hamiltonian h = molecularHamiltonian(random, 8);
  SelectedCiOptions options;
  options.nalpha = options.nbeta = 4;
  options.naturalOrbitalDeterminants = 0;
  const SelectedCiResult whole = selectedCi(h, options);
  check.that(whole.end == SelectionEnd::complete && whole.determinants.size() == 70 * 70, "a space of all determinants is complete");
  options.maxDeterminants = 2500;
  const SelectedCiResult part = selectedCi(h, options);
  check.that(part.end == SelectionEnd::determinants && part.rounds.size() > 1, "a space ends at the number of determinants asked for");
  options.maxDeterminants = part.determinants.size();
  const SelectedCiResult exactly = selectedCi(h, options);
  check.that(exactly.end == SelectionEnd::determinants && exactly.determinants.size() == options.maxDeterminants,
             "a space ends where it has exactly as many determinants as were asked for");
  options.perturbationTolerance = 1.0;
  const SelectedCiResult rough = selectedCi(h, options);
  check.that(rough.end == SelectionEnd::complete && rough.rounds.size() == 1, "a space ends where what is missing is below the tolerance");
}

/** What a selection says that it held at most is no less than what was allocated, and not twice as much. */
void heldMemory(Random& random, Check& check) {
  const Hamiltonian h = molecularHamiltonian(random, 9);
  for (const int nroots : {1, 3}) {
    SelectedCiOptions options;
    options.nalpha = options.nbeta = 4;
    options.nroots = nroots;
    options.maxDeterminants = 4000;
    options.naturalOrbitalDeterminants = 0;
    const Allocations allocations;
    const std::size_t said = selectedCi(h, options).peakBytes, most = allocations.most();
    check.that(most <= said && said < 2 * most,
               "bytes held for " + std::to_string(nroots) + " states: " + std::to_string(said) + " said, " + std::to_string(most) + " allocated");
  }
}

/** Orbitals of two symmetries that lie close: the lowest state may be of either, and have no determinant of much weight. */
void closeSymmetries(Random& random, Check& check) {
  constexpr int n = 8;
  for (int k = 0; k < 6; ++k) {
    Hamiltonian h = blockHamiltonian(random, n);
    for (double& value : h.twoBody) value *= 0.3;
    for (double& value : h.oneBody) value *= 0.2;
    for (int p = 0; p < n; ++p) h.oneBody[static_cast<std::size_t>(p * n + p)] += -2.0 + 0.05 * p;
    CiOptions exactOptions;
    exactOptions.nalpha = exactOptions.nbeta = n / 2;
    exactOptions.nroots = 4;
    exactOptions.spinPenalty = 1.0;
    exactOptions.tolerance = 1e-6;
    SelectedCiOptions options;
    options.nalpha = options.nbeta = n / 2;
    const SelectedCiResult found = selectedCi(h, options);
    const CiResult exact = solveCi(h, exactOptions);
    const double error = found.states[0].variational - exact.states[0].energy;
    check.that(found.converged && found.states[0].residualNorm <= options.tolerance, "converged of close symmetries " + std::to_string(k));
    check.that(std::abs(error) < 1e-8, "the lowest of close symmetries " + std::to_string(k) + ", off by " + std::to_string(error));
  }
}

/** Two electrons in two orbitals have three singlets, and a triplet that is none. */
void tooManyStates(Random& random, Check& check) {
  SelectedCiOptions options;
  options.nalpha = options.nbeta = 1;
  options.nroots = 4;
  const SelectedCiResult found = selectedCi(molecularHamiltonian(random, 2), options);
  check.that(!found.converged && found.states.size() == 3, "more states than there are of a spin");
  for (const SelectedCiState& state : found.states) check.that(std::abs(state.spinSquare) < 1e-8, "only states of the spin asked for");
}

/** Strings as long as a word: two electrons in 64 orbitals of which a few couple are those few alone. */
void longStrings(Check& check) {
  Hamiltonian small{3, 0.5, {-1.0, 0.1, 0.0, 0.1, -0.5, 0.05, 0.0, 0.05, -0.2}, std::vector<double>(81)};
  for (int p = 0; p < 3; ++p)
    for (int q = 0; q < 3; ++q)
      for (int r = 0; r < 3; ++r)
        for (int s = 0; s < 3; ++s) small.twoBody[static_cast<std::size_t>(((p * 3 + q) * 3 + r) * 3 + s)] = 0.3 / (1.0 + std::abs(p - q) + std::abs(r - s));
  constexpr int n = 64;
  const auto place = [](int p) { return p == 2 ? 63 : 31 * p; };
  Hamiltonian large{n, 0.5, std::vector<double>(n * n), std::vector<double>(std::size_t{n} * n * n * n)};
  for (int p = 0; p < n; ++p) large.oneBody[static_cast<std::size_t>(p * n + p)] = 10.0;
  for (int p = 0; p < 3; ++p)
    for (int q = 0; q < 3; ++q) {
      large.oneBody[static_cast<std::size_t>(place(p) * n + place(q))] = small.h(p, q);
      for (int r = 0; r < 3; ++r)
        for (int s = 0; s < 3; ++s)
          large.twoBody[static_cast<std::size_t>(((place(p) * n + place(q)) * n + place(r)) * n + place(s))] = small.g(p, q, r, s);
    }
  SelectedCiOptions options;
  options.nalpha = options.nbeta = 1;
  options.naturalOrbitalDeterminants = 0;
  options.tolerance = 1e-8;
  const double expected = selectedCi(small, options).states[0].variational;
  check.that(std::abs(selectedCi(large, options).states[0].variational - expected) < 1e-9, "two electrons in 64 orbitals");
}

/** Sites in a row that hop to their neighbours and repel a pair: as many electrons as sites, each alone on its site at first. */
Hamiltonian hubbardChain(int sites) {
  Hamiltonian h{sites, 0.0, std::vector<double>(static_cast<std::size_t>(sites * sites)),
                std::vector<double>(static_cast<std::size_t>(sites) * sites * sites * sites)};
  const auto n = static_cast<std::size_t>(sites);
  for (std::size_t p = 0; p < n; ++p) {
    h.twoBody[((p * n + p) * n + p) * n + p] = 4.0;
    if (p > 0) h.oneBody[p * n + p - 1] = h.oneBody[(p - 1) * n + p] = -1.0;
  }
  return h;
}

void openShells(Check& check) {
  SelectedCiOptions options;
  options.nalpha = options.nbeta = 12;
  options.maxDeterminants = 300'000;
  std::string message;
  try {
    selectedCi(hubbardChain(24), options);
  } catch (const InvalidInput& error) {
    message = error.what();
  }
  check.that(message.find("at most 300000 determinants, got 2704156 of 24 orbitals with one electron each") != std::string::npos,
             "a first configuration of too many determinants is refused: " + message);
  // The lowest configuration of 12870 fits, those beside it do not all.
  const Hamiltonian sixteen = hubbardChain(16);
  const IntegralLists integrals(sixteen);
  const auto few = startingDeterminants(integrals, {8, 8, 60, 20'000, {}});
  check.that(few.size() > 12'870 && few.size() <= 20'000, "a first space has as many configurations as fit");
  bool fits = true;
  try {
    const DeterminantSpace space(few, integrals, {std::size_t{1} << 20, {}});
  } catch (const DoesNotFit&) {
    fits = false;
  }
  check.that(!fits, "a space that does not fit is refused");
}

/** The flag is looked at for every α string about the lowest determinants, in the descent and twice after it. */
void checksOfStart(Random& random, Check& check) {
  constexpr int n = 12, electrons = 6;
  const Hamiltonian h = molecularHamiltonian(random, n);
  std::int32_t block[5] = {};
  const StartOptions options{electrons, electrons, 60, 100'000, Control(block, true)};
  const IntegralLists integrals(h);
  startingDeterminants(integrals, options);
  check.that(block[4] >= 3 * (electrons * (n - electrons) + 1), "checks while a first space is found: " + std::to_string(block[4]));
}

}  // namespace

void testSelectedCi(Check& check) {
  Random random;
  for (const bool blocks : {false, true})
    for (const Sector& sector : {Sector{4, 2, 2}, {5, 3, 2}, {5, 1, 3}, {6, 3, 3}, {5, 2, 0}}) {
      products(random, sector, blocks, check);
      corrections(random, sector, blocks, check);
    }
  buckets(random, check);
  growth(check);
  states(random, {6, 3, 3}, 1, check);
  states(random, {6, 3, 2}, 2, check);
  states(random, {6, 4, 2}, 1, check);
  ends(random, check);
  heldMemory(random, check);
  longStrings(check);
  closeSymmetries(random, check);
  tooManyStates(random, check);
  openShells(check);
  checksOfStart(random, check);
}

}  // namespace ansatz::test
