#include "ansatz/reaction_field.hpp"

#include <cmath>
#include <numbers>
#include <string>

#include "ansatz/error.hpp"
#include "ansatz/linalg.hpp"
#include "parallel/parallel_for.hpp"
#include "solvent/cavity.hpp"
#include "solvent/surface_gradient.hpp"
#include "solvent/surface_integrals.hpp"

namespace ansatz {
namespace {

/** 2 GiB of charges' repulsion: some 100 atoms. */
constexpr std::size_t mostPoints = 16384;

double distanceOf(const Point& a, const Point& b) { return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]); }

/** Of unit charges with each other. Only the lower triangle is filled. */
Matrix surfaceRepulsion(const std::vector<SurfacePoint>& surface, const FockOptions& options) {
  const int n = static_cast<int>(surface.size());
  Matrix repulsion(n, n);
  parallelFor(n, options.threads, [&](int i) {
    options.control.check();
    const SurfacePoint& a = surface[i];
    for (int j = 0; j < i; ++j) {
      const SurfacePoint& b = surface[j];
      const double r = distanceOf(a.position, b.position);
      repulsion(i, j) = std::erf(a.zeta * b.zeta / std::hypot(a.zeta, b.zeta) * r) / r;
    }
    repulsion(i, i) = a.zeta * std::sqrt(2.0 / std::numbers::pi) / a.exposure;
  });
  return repulsion;
}

std::vector<double> nuclearPotential(const std::vector<SurfacePoint>& surface, const std::vector<PointCharge>& nuclei) {
  std::vector<double> potential;
  for (const SurfacePoint& point : surface) {
    double total = 0.0;
    for (const PointCharge& nucleus : nuclei) {
      if (nucleus.charge == 0.0) continue;
      const double r = distanceOf(point.position, nucleus.position);
      total += nucleus.charge * std::erf(point.zeta * r) / r;
    }
    potential.push_back(total);
  }
  return potential;
}

std::vector<SurfacePoint> checkedSurface(const std::vector<PointCharge>& nuclei, const std::vector<double>& radii) {
  std::vector<SurfacePoint> surface = cavitySurface(nuclei, radii);
  if (surface.size() > mostPoints)
    throw InvalidInput("not-supported", "the cavity has " + std::to_string(surface.size()) + " surface points, expected at most " +
                                            std::to_string(mostPoints) + " (about 100 atoms): take a smaller molecule or none of the solvent");
  return surface;
}

}  // namespace

struct ReactionField::State {
  CartesianBasis basis;
  std::vector<PointCharge> nuclei;
  std::vector<double> radii;
  FockOptions options;
  std::vector<SurfacePoint> surface;
  double factor;
  std::vector<double> ofNuclei;
  SurfaceIntegrals integrals;
  /** Of the charges' repulsion. */
  Matrix repulsion;

  State(const CartesianBasis& b, const std::vector<PointCharge>& n, const Solvent& solvent, const FockOptions& o)
      : basis(b), nuclei(n), radii(solvent.radii), options(o), surface(checkedSurface(nuclei, radii)), factor(solvent.factor), ofNuclei(nuclearPotential(surface, nuclei)),
        integrals(basis, surface, solvent.storeBytes, options.threads, options.control), repulsion(surfaceRepulsion(surface, options)) {
    if (!factorCholesky(repulsion, options.threads, options.control)) throw notFinite("the repulsion of the cavity's surface charges");
  }

  /** Of nuclei and electrons, at each point. */
  std::vector<double> potential(const Matrix& density) const {
    std::vector<double> v = integrals.potential(density);
    for (std::size_t i = 0; i < v.size(); ++i) v[i] = ofNuclei[i] - v[i];
    return v;
  }

  std::vector<double> charges(const std::vector<double>& potential) const {
    std::vector<double> q = solveCholesky(repulsion, potential);
    for (double& x : q) x *= -factor;
    return q;
  }
};

ReactionField::ReactionField(const CartesianBasis& basis, const std::vector<PointCharge>& nuclei, const Solvent& solvent,
                             const FockOptions& options)
    : state_(std::make_unique<State>(basis, nuclei, solvent, options)) {}

ReactionField::~ReactionField() = default;

std::size_t ReactionField::nPoints() const { return state_->surface.size(); }

SolventTerm ReactionField::of(const Matrix& density) const {
  const std::vector<double> v = state_->potential(density);
  const std::vector<double> q = state_->charges(v);
  SolventTerm term;
  for (std::size_t i = 0; i < v.size(); ++i) term.energy += 0.5 * q[i] * v[i];
  term.potential = state_->integrals.attraction(q);
  return term;
}

Matrix ReactionField::response(const Matrix& change) const {
  std::vector<double> v = state_->integrals.potential(change);
  for (double& x : v) x = -x;
  return state_->integrals.attraction(state_->charges(v));
}

std::vector<double> ReactionField::gradient(const Matrix& density) const {
  const std::vector<double> q = state_->charges(state_->potential(density));
  return surfaceGradient({state_->basis, state_->nuclei, state_->radii, state_->surface, q, state_->factor}, density, state_->options);
}

}  // namespace ansatz
