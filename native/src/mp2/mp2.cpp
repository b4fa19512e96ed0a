#include "ansatz/mp2.hpp"

#include <algorithm>
#include <cmath>

#include "ansatz/error.hpp"
#include "ansatz/linalg.hpp"
#include "ansatz/one_electron.hpp"
#include "mp2/fitted_integrals.hpp"
#include "mp2/natural_orbitals.hpp"
#include "mp2/pair_density.hpp"
#include "mp2/pair_integrals.hpp"

namespace ansatz {
namespace {

using Tensor = std::vector<double>;

int count(const std::vector<double>& values) { return static_cast<int>(values.size()); }

/** Amplitudes (ia|jb) / Δ with j of `partner` fixed, [i][a][b], from integrals in the same order. */
Tensor amplitudes(const Mp2Orbitals& o, const Mp2Orbitals& partner, int j, const Tensor& integrals) {
  Tensor t(integrals.size());
  auto to = t.begin();
  auto from = integrals.begin();
  for (const double ei : o.occupiedEnergies)
    for (const double ea : o.virtualEnergies)
      for (const double eb : partner.virtualEnergies) *to++ = *from++ / (ei + partner.occupiedEnergies[j] - ea - eb);
  return t;
}

/** t[i][a][b] − t[i][b][a] of one spin. */
Tensor antisymmetric(const Mp2Orbitals& o, const Tensor& t) {
  const int nVirtual = count(o.virtualEnergies);
  Tensor result(t.size());
  auto to = result.begin();
  for (auto own = t.begin(); own != t.end(); own += static_cast<std::ptrdiff_t>(nVirtual) * nVirtual)
    for (int a = 0; a < nVirtual; ++a)
      for (int b = 0; b < nVirtual; ++b) *to++ = own[a * nVirtual + b] - own[b * nVirtual + a];
  return result;
}

Tensor combine(double factor, Tensor x, double otherFactor, const Tensor& y) {
  for (std::size_t k = 0; k < x.size(); ++k) x[k] = factor * x[k] + otherFactor * y[k];
  return x;
}

double dot(const Tensor& x, const Tensor& y) {
  double sum = 0.0;
  for (std::size_t k = 0; k < x.size(); ++k) sum += x[k] * y[k];
  return sum;
}

double largest(const Tensor& t) {
  double value = 0.0;
  for (const double x : t) value = std::max(value, std::abs(x));
  return value;
}

/** One calculation: energies and densities grow with each fixed orbital of a pair. */
class SecondOrder {
 public:
  SecondOrder(const System& system, const std::vector<Mp2Orbitals>& orbitals, const Mp2Options& options)
      : system_(system), orbitals_(orbitals), options_(options), closed_(orbitals.size() == 1) {
    if (!closed_) {
      const Matrix overlap = fromCartesian(system.basis, oneElectronIntegrals(system.basis, {0.0, 0.0, 0.0}).overlap);
      emptyOccupied_ = multiply(transpose(orbitals[0].virtuals), multiply(overlap, orbitals[1].occupied));
      occupiedEmpty_ = multiply(transpose(orbitals[0].occupied), multiply(overlap, orbitals[1].virtuals));
    }
    for (const Mp2Orbitals& o : orbitals) {
      spaces_.push_back(excitationSpace(system, o));
      densities_.emplace_back(count(o.occupiedEnergies), count(o.virtualEnergies));
    }
  }

  const std::vector<ExcitationSpace>& spaces() const { return spaces_; }

  /** All pairs with an electron of `spin` in its occupied orbital j; the space of α is `first` among all. */
  void add(std::size_t first, std::size_t spin, int j, const PartnersOf& partners) {
    ownSpin(spin, j, partners(first + spin));
    if (closed_) return;
    const std::size_t other = 1 - spin;
    // the energy of a pair of both spins counts once
    if (spin == 1 || options_.naturalOrbitals) oppositeSpin(other, spin, j, partners(first + other));
  }

  Mp2Result finish() {
    if (!std::isfinite(result_.sameSpin + result_.oppositeSpin)) throw notFinite("the MP2 energy (an occupied and a virtual orbital of one energy?)");
    if (options_.naturalOrbitals) result_.natural = naturalOrbitals(system_, orbitals_, densities_);
    return std::move(result_);
  }

 private:
  void ownSpin(std::size_t spin, int j, const Tensor& integrals) {
    const Mp2Orbitals& o = orbitals_[spin];
    const Tensor t = amplitudes(o, o, j, integrals);
    const Tensor difference = antisymmetric(o, t);
    result_.sameSpin += (closed_ ? 1.0 : 0.5) * dot(difference, integrals);
    if (closed_) addOpposite(t, integrals);
    if (!options_.naturalOrbitals) return;
    const int nPartner = count(o.virtualEnergies);
    // of both spins: 2 t (2 t − t'); of one: ½ (t − t')²
    if (closed_) densities_[spin].add(nPartner, combine(2.0, t, 0.0, t), combine(1.0, t, 1.0, difference));
    else densities_[spin].add(nPartner, combine(0.5, difference, 0.0, difference), difference);
  }

  /** Pairs of an electron of `spin` with one of `partner` in its orbital j. */
  void oppositeSpin(std::size_t spin, std::size_t partner, int j, const Tensor& integrals) {
    const Mp2Orbitals& other = orbitals_[partner];
    const Tensor t = amplitudes(orbitals_[spin], other, j, integrals);
    if (partner == 1) {
      addOpposite(t, integrals);
      addSpinSquare(t, j);
    }
    if (options_.naturalOrbitals) densities_[spin].add(count(other.virtualEnergies), t, t);
  }

  /** Of the pairs with the β electron j; t is [i][a][b]. */
  void addSpinSquare(const Tensor& t, int j) {
    auto amplitude = t.begin();
    for (int i = 0; i < occupiedEmpty_.rows; ++i)
      for (int a = 0; a < emptyOccupied_.rows; ++a) {
        double sum = 0.0;
        for (int b = 0; b < occupiedEmpty_.cols; ++b) sum += *amplitude++ * occupiedEmpty_(i, b);
        result_.spinSquareChange -= 2.0 * sum * emptyOccupied_(a, j);
      }
  }

  void addOpposite(const Tensor& t, const Tensor& integrals) {
    result_.oppositeSpin += dot(t, integrals);
    result_.largestAmplitude = std::max(result_.largestAmplitude, largest(t));
  }

  const System& system_;
  const std::vector<Mp2Orbitals>& orbitals_;
  const Mp2Options& options_;
  bool closed_;
  std::vector<ExcitationSpace> spaces_;
  std::vector<PairDensity> densities_;
  /** Overlaps of α with β orbitals: empty with occupied, occupied with empty. */
  Matrix emptyOccupied_, occupiedEmpty_;
  Mp2Result result_;
};

}  // namespace

Mp2Result mp2(const System& system, const std::vector<Mp2Orbitals>& orbitals, const Mp2Options& options) {
  return std::move(mp2OfEach(system, {orbitals}, options).front());
}

std::vector<Mp2Result> mp2OfEach(const System& system, const std::vector<std::vector<Mp2Orbitals>>& solutions, const Mp2Options& options) {
  std::vector<SecondOrder> parts;
  std::vector<ExcitationSpace> spaces;
  std::vector<std::pair<std::size_t, std::size_t>> whose;  // solution and spin of each space
  int total = 0, done = 0;
  for (const std::vector<Mp2Orbitals>& orbitals : solutions) {
    parts.emplace_back(system, orbitals, options);
    for (std::size_t spin = 0; spin < orbitals.size(); ++spin) {
      spaces.push_back(parts.back().spaces()[spin]);
      whose.emplace_back(parts.size() - 1, spin);
      total += count(orbitals[spin].occupiedEnergies);
    }
  }
  const auto consume = [&](std::size_t space, int j, const PartnersOf& partners) {
    options.control.report(Phase::mp2, ++done, total);
    const auto [solution, spin] = whose[space];
    parts[solution].add(space - spin, spin, j, partners);
  };
  if (options.auxiliary) forEachOccupiedFitted(system, *options.auxiliary, spaces, options, consume);
  else
    forEachOccupied(system, makePairList(system.basis, options.threshold, options.control), spaces, options,
                    [&](std::size_t space, int j, const Partners& partners) {
                      consume(space, j, [&](std::size_t second) { return partners(spaces[second]); });
                    });
  std::vector<Mp2Result> results;
  for (SecondOrder& part : parts) results.push_back(part.finish());
  return results;
}

}  // namespace ansatz
