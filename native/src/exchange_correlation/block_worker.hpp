#pragma once
#include <array>
#include <memory>
#include <vector>

#include "ansatz/exchange_correlation.hpp"
#include "grids/blocks.hpp"
#include "grids/functions_on_points.hpp"
#include "integrals/aligned.hpp"
#include "parallel/parallel_for.hpp"

namespace ansatz {

struct ExchangeCorrelation::State {
  const CartesianBasis& basis;
  const Functional& functional;
  std::shared_ptr<const MolecularGrid> points;
  int threads;
  Control control;
  /** Of each block of points. */
  std::vector<std::vector<int>> shells;

  const MolecularGrid& grid() const { return *points; }
  int nBlocks() const { return static_cast<int>(shells.size()); }
  std::size_t first(int block) const { return static_cast<std::size_t>(block) * pointsTogether; }
  int nPoints(int block) const { return static_cast<int>(std::min<std::size_t>(pointsTogether, grid().size() - first(block))); }
};

/** ρ, ∇ρ and τ of one spin density at the points of a block. */
struct DensityOnPoints {
  std::vector<double> rho, tau;
  std::array<std::vector<double>, 3> gradient;
};

/** What stands before χμχν, ∇(χμχν) and ∇χμ·∇χν in a potential, times the points' weights. */
struct Factors {
  std::vector<double> value, kinetic;
  std::array<std::vector<double>, 3> gradient;
};

/** What one thread needs for a block. */
class BlockWorker {
 public:
  /** Of the functions, beyond those that the functional's variables need: 0, or 1 for how these change as atoms move. */
  explicit BlockWorker(const ExchangeCorrelation::State& state, int furtherDerivatives = 0);

  /** The functions of a block; false where there are none. */
  bool enter(int block);

  int nPoints() const { return n_; }
  const double* weights() const { return weights_; }

  /** Of a matrix over all Cartesian functions; what forces ask for is kept for each spin. */
  DensityOnPoints densityOf(const Matrix& density, std::size_t spin = 0);

  /**
   * Adds half of Σ over points of a χμχν + v·∇(χμχν) + b ∇χμ·∇χν, whose other half is its transpose.
   */
  void addPotential(const Factors& factors, Matrix& to);

  /**
   * Adds to [nucleus][axis] what the moves of functions with their atoms, and of points with the nuclei of their cells, make of the energy
   * by the density of a spin, which counts `factor` times.
   */
  void addSlopes(const Factors& factors, std::size_t spin, double factor, const std::vector<int>& nuclei, std::vector<double>& to);

 private:
  bool hasGradient() const { return ingredients_ != Ingredients::density; }
  bool hasKinetic() const { return ingredients_ == Ingredients::kineticEnergy; }

  /** A density over the functions of the block and what it makes of them: of values and, with kinetic energies, of ∂x, ∂y, ∂z. */
  struct Packed {
    AlignedVector density;
    std::array<AlignedVector, 4> images;
  };

  /** D times values or derivatives. */
  void transform(const AlignedVector& density, const double* functions, AlignedVector& image);
  /** factor · Σ_μ χμ (Dχ)μ at each point, with a derivative for χ. */
  std::vector<double> contracted(int derivative, const AlignedVector& image, double factor) const;
  void accumulate(const double* left);

  const ExchangeCorrelation::State& state_;
  const Ingredients ingredients_;
  const int derivatives_;
  FunctionsOnPoints functions_;
  int n_ = 0, nf_ = 0;
  std::size_t first_ = 0;
  const double* weights_ = nullptr;
  std::array<Packed, 2> packed_;
  AlignedVector half_, turned_, panel_;
  /** Atom of each Cartesian function. */
  std::vector<int> atoms_;
};

constexpr int mostParts = 16;

/** Calls body(worker, block, part) for every block with functions; those of a part one after another. `further` as in BlockWorker. */
template <class Body>
void overParts(const ExchangeCorrelation::State& state, int nParts, const Body& body, int further = 0) {
  parallelFor(nParts, state.threads, [&](int part) {
    BlockWorker worker(state, further);
    for (int block = part; block < state.nBlocks(); block += nParts) {
      state.control.check();
      if (worker.enter(block)) body(worker, block, part);
    }
  });
}

}  // namespace ansatz
