#include "coupled_cluster/triples.hpp"

#include <array>
#include <atomic>

#include "coupled_cluster/triples_kernel.hpp"

namespace ansatz {
namespace {

using Three = std::array<int, 3>;

/** A matrix of each two of three occupied orbitals, and its transpose. */
class Squares {
 public:
  /** rowOf(x, a, y): row a of the matrix of x and y. */
  template <class RowOf>
  Squares(int nVirtual, const RowOf& rowOf, const Three& ijk) : size_(static_cast<std::size_t>(nVirtual) * nVirtual), values_(6 * size_) {
    const auto [i, j, k] = ijk;
    const std::pair<int, int> pairs[] = {{j, k}, {i, k}, {i, j}};
    for (std::size_t p = 0; p < 3; ++p)
      for (int a = 0; a < nVirtual; ++a) {
        const double* from = rowOf(pairs[p].first, a, pairs[p].second);
        std::copy_n(from, nVirtual, values_.data() + p * size_ + static_cast<std::size_t>(a) * nVirtual);
        for (int b = 0; b < nVirtual; ++b) values_[(p + 3) * size_ + static_cast<std::size_t>(b) * nVirtual + a] = from[b];
      }
  }

  /** Beside a vector of each of the three. */
  Disconnected with(const Matrix& vectors, const Three& ijk) const {
    Disconnected result{};
    for (std::size_t p = 0; p < 3; ++p) {
      result.vectors[p] = vectors.row(ijk[p]);
      result.matrices[p] = values_.data() + p * size_;
      result.transposed[p] = values_.data() + (p + 3) * size_;
    }
    return result;
  }

 private:
  std::size_t size_;
  std::vector<double> values_;
};

/**
 * W_ijk^abc is the sum over the six orders of (ia), (jb), (kc) of Σ_d (ai|bd) t_jk^dc − Σ_l t_il^ab (kc|lj): one product over d and l,
 * of integrals and doubles side by side. Their layouts let every order be written where it belongs.
 */
class Triples {
 public:
  Triples(const ClosedShellProblem& problem, const ClosedShellAmplitudes& t, const Workers& workers)
      : problem_(problem), t_(t), workers_(workers), space_(problem.space()), o_(space_.nOccupied), v_(space_.nVirtual), both_(o_ + v_),
        isHartreeFock_(std::all_of(problem.fock.data.begin(), problem.fock.data.end(), [](double x) { return x == 0.0; })),
        cube_(static_cast<std::size_t>(v_) * v_ * both_), square_(static_cast<std::size_t>(v_) * both_) {
    for (auto* array : {&last_, &middle_, &first_}) *array = std::make_unique_for_overwrite<double[]>(o_ * cube_);
    for (auto* array : {&right_, &left_}) *array = std::make_unique_for_overwrite<double[]>(o_ * o_ * square_);
    workers_.forEach(o_, [&](int i) {
      layCubes(i);
      for (int j = 0; j < o_; ++j) laySquares(i, j);
    });
  }

  double energy() const {
    struct Indices {
      int i, j, k;
    };
    std::vector<Indices> list;
    for (int i = 0; i < o_; ++i)
      for (int j = 0; j <= i; ++j)
        for (int k = 0; k <= j; ++k)
          if (i != k) list.push_back({i, j, k});
    const int total = static_cast<int>(list.size());
    std::vector<double> parts(list.size());
    std::atomic<int> done{0};
    workers_.forEach(total, [&](int n) {
      const auto [i, j, k] = list[n];
      parts[n] = (i == j || j == k ? 1.0 : 2.0) * ofOccupied(i, j, k);
      workers_.control.report(Phase::triples, ++done, total);
    });
    double sum = 0.0;
    for (const double part : parts) sum += part;
    return sum;
  }

 private:
  double doubles(int i, int a, int j, int b) const {
    return t_.doubles[(static_cast<std::size_t>(i) * v_ + a) * space_.nOv() + static_cast<std::size_t>(j) * v_ + b];
  }

  void layCubes(int i) {
    double* last = last_.get() + i * cube_;
    double* middle = middle_.get() + i * cube_;
    double* first = first_.get() + i * cube_;
    for (int a = 0; a < v_; ++a) {
      workers_.control.check();
      const double* row = problem_.integrals.row(space_.ov(i, a)) + space_.vv(0, 0);
      for (int b = 0; b < v_; ++b) {
        double* to = last + (static_cast<std::size_t>(a) * v_ + b) * both_;
        for (int d = 0; d < v_; ++d) {
          const double integral = row[OrbitalPairs::triangle(b, d)];
          to[d] = integral;
          middle[(static_cast<std::size_t>(a) * both_ + d) * v_ + b] = integral;
          first[(static_cast<std::size_t>(d) * v_ + b) * v_ + a] = integral;
        }
        for (int l = 0; l < o_; ++l) {
          const double amplitude = -doubles(i, a, l, b);
          to[v_ + l] = amplitude;
          middle[(static_cast<std::size_t>(a) * both_ + v_ + l) * v_ + b] = amplitude;
          first[(static_cast<std::size_t>(v_ + l) * v_ + b) * v_ + a] = amplitude;
        }
      }
    }
  }

  void laySquares(int j, int k) {
    double* right = right_.get() + (static_cast<std::size_t>(j) * o_ + k) * square_;
    double* left = left_.get() + (static_cast<std::size_t>(j) * o_ + k) * square_;
    for (int c = 0; c < v_; ++c) {
      for (int d = 0; d < v_; ++d) right[static_cast<std::size_t>(d) * v_ + c] = left[static_cast<std::size_t>(c) * both_ + d] = doubles(j, d, k, c);
      const double* row = problem_.integrals.row(space_.ov(k, c));
      for (int l = 0; l < o_; ++l) right[static_cast<std::size_t>(v_ + l) * v_ + c] = left[static_cast<std::size_t>(c) * both_ + v_ + l] = row[space_.oo(j, l)];
    }
  }

  /** Σ_d (ia|bd) t_jk^dc − Σ_l t_il^ab (kc|jl) and its five other orders, [a][b][c]. */
  void connected(int i, int j, int k, double* w) const {
    const int plane = v_ * v_;
    const auto cube = [&](const std::unique_ptr<double[]>& array, int x) { return array.get() + x * cube_; };
    const auto pair = [&](const std::unique_ptr<double[]>& array, int x, int y) { return array.get() + (static_cast<std::size_t>(x) * o_ + y) * square_; };
    std::fill_n(w, static_cast<std::size_t>(plane) * v_, 0.0);
    for (int a = 0; a < v_; ++a) {
      workers_.control.check();
      double* own = w + static_cast<std::size_t>(a) * plane;
      const std::size_t slice = a * square_;
      // (ia)(jb)(kc), (ia)(kc)(jb), (kc)(ia)(jb)
      addProduct(v_, v_, both_, cube(last_, i) + slice, both_, pair(right_, j, k), v_, own, v_);
      addProduct(v_, v_, both_, pair(left_, k, j), both_, cube(middle_, i) + slice, v_, own, v_);
      addProduct(v_, v_, both_, pair(left_, i, j), both_, cube(first_, k) + static_cast<std::size_t>(a) * v_, plane, own, v_);
    }
    for (int b = 0; b < v_; ++b) {
      workers_.control.check();
      double* own = w + static_cast<std::size_t>(b) * v_;
      const std::size_t slice = b * square_;
      // (jb)(ia)(kc), (jb)(kc)(ia), (kc)(jb)(ia)
      addProduct(v_, v_, both_, cube(last_, j) + slice, both_, pair(right_, i, k), v_, own, plane);
      addProduct(v_, v_, both_, pair(left_, k, i), both_, cube(middle_, j) + slice, v_, own, plane);
      addProduct(v_, v_, both_, pair(left_, j, i), both_, cube(first_, k) + static_cast<std::size_t>(b) * v_, plane, own, plane);
    }
  }

  double ofOccupied(int i, int j, int k) const {
    const auto w = std::make_unique_for_overwrite<double[]>(static_cast<std::size_t>(v_) * v_ * v_);
    connected(i, j, k, w.get());
    std::vector<double> scratch(triplesScratch(v_));
    const Squares integrals(v_, [&](int x, int a, int y) { return problem_.integrals.row(space_.ov(x, a)) + space_.ov(y, 0); }, {i, j, k});
    const Squares doubles(v_, [&](int x, int a, int y) { return t_.doubles.data() + (static_cast<std::size_t>(x) * v_ + a) * space_.nOv() + static_cast<std::size_t>(y) * v_; },
                          {i, j, k});
    return ANSATZ_SELECT(triplesEnergy)({.nVirtual = v_,
                                         .w = w.get(),
                                         .nDisconnected = isHartreeFock_ ? 1 : 2,
                                         .disconnected = {integrals.with(t_.singles, {i, j, k}), doubles.with(problem_.fock, {i, j, k})},
                                         .virtualEnergies = problem_.virtualEnergies.data(),
                                         .occupiedEnergy = problem_.occupiedEnergies[i] + problem_.occupiedEnergies[j] + problem_.occupiedEnergies[k],
                                         .scratch = scratch.data()});
  }

  const ClosedShellProblem& problem_;
  const ClosedShellAmplitudes& t_;
  const Workers& workers_;
  OrbitalPairs space_;
  int o_, v_, both_;
  bool isHartreeFock_;
  std::size_t cube_, square_;
  // of one occupied orbital i, with x both d and l: (ia|bd) and −t_il^ab
  std::unique_ptr<double[]> last_;    // [i][a][b][x]
  std::unique_ptr<double[]> middle_;  // [i][a][x][b]
  std::unique_ptr<double[]> first_;   // (ib|ad) and −t_il^ba, [i][x][a][b]
  // of two: t_jk^dc and (kc|jl)
  std::unique_ptr<double[]> right_;  // [jk][x][c]
  std::unique_ptr<double[]> left_;   // [jk][c][x]
};

}  // namespace

double perturbativeTriples(const ClosedShellProblem& problem, const ClosedShellAmplitudes& t, const Workers& workers) {
  return Triples(problem, t, workers).energy();
}

}  // namespace ansatz
