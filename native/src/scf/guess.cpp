#include "scf/guess.hpp"

#include <array>
#include <cmath>
#include <map>

#include "ansatz/linalg.hpp"
#include "ansatz/one_electron.hpp"
#include "scf/diis.hpp"
#include "scf/orthogonaliser.hpp"

namespace ansatz {
namespace {

constexpr int maxAngular = 4;

/** Electrons of each angular momentum in a neutral atom by the n + l rule. */
std::array<double, maxAngular> electronsPerAngular(int charge) {
  constexpr std::array<int, 19> order{0, 0, 1, 0, 1, 0, 2, 1, 0, 2, 1, 0, 3, 2, 1, 0, 3, 2, 1};
  std::array<double, maxAngular> electrons{};
  int left = charge;
  for (const int l : order) {
    const int taken = std::min(left, 2 * (2 * l + 1));
    electrons[l] += taken;
    left -= taken;
  }
  return electrons;
}

/** Basis functions with one l and m: orbitals of a spherical atom mix these only. */
struct Symmetry {
  int l;
  std::vector<int> functions;
};

struct Atom {
  CartesianBasis basis;
  std::vector<Symmetry> symmetries;
  double charge;
};

std::vector<Symmetry> symmetriesOf(const std::vector<Shell>& shells) {
  std::map<std::pair<int, int>, std::vector<int>> functions;
  int index = 0;
  for (const Shell& shell : shells)
    for (int m = 0; m < 2 * shell.l + 1; ++m) functions[{shell.l, m}].push_back(index++);
  std::vector<Symmetry> symmetries;
  for (auto& [key, list] : functions) symmetries.push_back({key.first, list});
  return symmetries;
}

/** Eigenvectors of f in the metric s within one symmetry, one a column. */
Matrix orbitalsOf(const Matrix& f, const Matrix& s, const std::vector<int>& functions) {
  const int n = static_cast<int>(functions.size());
  Matrix fBlock(n, n);
  Matrix sBlock(n, n);
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j) {
      fBlock(i, j) = f(functions[i], functions[j]);
      sBlock(i, j) = s(functions[i], functions[j]);
    }
  const Matrix x = orthogonaliser(overlapSpectrum(sBlock));
  return multiply(x, eigh(congruence(x, fBlock)).vectors);
}

Matrix averagedDensity(const Atom& atom, const Matrix& f, const Matrix& s) {
  const auto electrons = electronsPerAngular(static_cast<int>(std::lround(atom.charge)));
  Matrix density(f.rows, f.cols);
  for (const Symmetry& symmetry : atom.symmetries) {
    if (symmetry.l >= maxAngular) continue;
    const Matrix c = orbitalsOf(f, s, symmetry.functions);
    double left = electrons[symmetry.l] / (2 * symmetry.l + 1);
    for (int k = 0; k < c.cols && left > 0.0; ++k) {
      const double occupation = std::min(2.0, left);
      left -= occupation;
      for (int i = 0; i < c.rows; ++i)
        for (int j = 0; j < c.rows; ++j)
          density(symmetry.functions[i], symmetry.functions[j]) += occupation * c(i, k) * c(j, k);
    }
  }
  return density;
}

/** Density of a free atom over its Cartesian functions. */
Matrix atomicDensity(const Atom& atom, const Control& control) {
  const std::vector<PointCharge> nucleus{{atom.basis.shells.front().centre, atom.charge}};
  const OneElectronIntegrals one = oneElectronIntegrals(atom.basis, {0, 0, 0});
  const Matrix s = fromCartesian(atom.basis, one.overlap);
  Matrix h = nuclearAttraction(atom.basis, nucleus);
  for (std::size_t i = 0; i < h.data.size(); ++i) h.data[i] += one.kinetic.data[i];
  h = fromCartesian(atom.basis, h);
  FockOptions options;
  options.storeBytes = std::size_t{1} << 28;
  options.control = control;
  FockBuilder fock(atom.basis, options);
  Diis diis(8);
  Matrix density = averagedDensity(atom, h, s);
  constexpr int maxIterations = 50;
  constexpr double tolerance = 1e-5;  // a guess need not be better
  for (int iteration = 0; iteration < maxIterations; ++iteration) {
    const Matrix cartesian = toCartesian(atom.basis, density);
    const CoulombExchange jk = fock.build({&cartesian}, {&cartesian});
    Matrix g = jk.coulomb[0];
    for (std::size_t i = 0; i < g.data.size(); ++i) g.data[i] -= 0.5 * jk.exchange[0].data[i];
    Matrix f = fromCartesian(atom.basis, g);
    for (std::size_t i = 0; i < f.data.size(); ++i) f.data[i] += h.data[i];
    Matrix error = multiply(multiply(f, density), s);
    const Matrix mirrored = transpose(error);
    double largest = 0.0;
    for (std::size_t i = 0; i < error.data.size(); ++i) {
      error.data[i] -= mirrored.data[i];
      largest = std::max(largest, std::abs(error.data[i]));
    }
    if (iteration > 0 && largest < tolerance) break;
    density = averagedDensity(atom, diis.extrapolate({f}, {error})[0], s);
  }
  return toCartesian(atom.basis, density);
}

/** Whether a free atom has electrons in shells of angular momentum l; others take no part in its density. */
bool isOccupied(const System& system, int atom, int l) {
  return l < maxAngular && electronsPerAngular(static_cast<int>(std::lround(system.nuclei[atom].charge)))[l] > 0.0;
}

/** The occupied shells of one atom again as basis-set shells, all pure: a spherical atom needs no other. */
Atom isolate(const System& system, int atom) {
  std::vector<Shell> shells;
  for (const CartesianShell& shell : system.basis.shells)
    if (shell.atom == atom)
      for (std::size_t part = 0; part < shell.parts.size(); ++part)
        if (isOccupied(system, atom, shell.parts[part]))
          shells.push_back({shell.parts[part], true, 0, {0, 0, 0}, shell.exponents, shell.coefficients[part]});
  // these coefficients refer to unnormalised primitives already
  for (Shell& shell : shells)
    for (std::size_t i = 0; i < shell.exponents.size(); ++i)
      shell.coefficients[i] /= std::pow(shell.exponents[i], 0.75 + 0.5 * shell.l);
  return {makeCartesianBasis(shells), symmetriesOf(shells), system.nuclei[atom].charge};
}

}  // namespace

Matrix superposedAtomicDensity(const System& system, const Control& control) {
  Matrix density(system.basis.nCartesian, system.basis.nCartesian);
  // equal atoms: same charge, same exponents in the same order
  std::map<std::pair<double, std::vector<double>>, Matrix> known;
  for (int atom = 0; atom < static_cast<int>(system.nuclei.size()); ++atom) {
    if (system.nuclei[atom].charge == 0.0) continue;
    std::vector<double> exponents;
    std::vector<int> offsets;
    for (const CartesianShell& shell : system.basis.shells) {
      if (shell.atom != atom) continue;
      exponents.insert(exponents.end(), shell.exponents.begin(), shell.exponents.end());
      int first = shell.offset;
      for (const int l : shell.parts) {
        for (int i = 0; i < nCartesian(l); ++i)
          if (isOccupied(system, atom, l)) offsets.push_back(first + i);
        first += nCartesian(l);
      }
    }
    if (offsets.empty()) continue;
    auto entry = known.find({system.nuclei[atom].charge, exponents});
    if (entry == known.end())
      entry = known.emplace(std::pair(system.nuclei[atom].charge, exponents), atomicDensity(isolate(system, atom), control)).first;
    for (std::size_t i = 0; i < offsets.size(); ++i)
      for (std::size_t j = 0; j < offsets.size(); ++j)
        density(offsets[i], offsets[j]) += entry->second(static_cast<int>(i), static_cast<int>(j));
  }
  return density;
}

}  // namespace ansatz
