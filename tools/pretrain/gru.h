// A one-layer GRU language model over tokens: forward pass and backpropagation through time of one group of sequences.
//   r = sigmoid(Wx_r + bx_r + h Wh_r + bh_r)      n = tanh(Wx_n + bx_n + r * (h Wh_n + bh_n))
//   z = sigmoid(Wx_z + bx_z + h Wh_z + bh_z)      h' = n + z * (h - n)        logits = h' Wo + bo
#pragma once
#include <cmath>
#include <random>
#include <span>

#include "bf16_gemm.h"

constexpr int kPad = 0, kBegin = 1, kEnd = 2;

/// Where each array lies in the flat parameter vector; the same order as in the weight file.
struct Layout {
  int vocabulary, hidden;
  long wx() const { return 0; }
  long wh() const { return wx() + static_cast<long>(vocabulary) * 3 * hidden; }
  long bx() const { return wh() + static_cast<long>(hidden) * 3 * hidden; }
  long bh() const { return bx() + 3 * hidden; }
  long wo() const { return bh() + 3 * hidden; }
  long bo() const { return wo() + static_cast<long>(hidden) * vocabulary; }
  long size() const { return bo() + vocabulary; }
};

inline std::vector<float> initialWeights(const Layout& at, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<float> w(at.size(), 0.f);
  auto fill = [&](long from, long to, float range) {
    std::uniform_real_distribution<float> draw(-range, range);
    for (long i = from; i < to; i++) w[i] = draw(random);
  };
  const float k = 1 / std::sqrt(static_cast<float>(at.hidden));
  fill(at.wx(), at.wh(), 0.3f);
  fill(at.wh(), at.bx(), k);
  fill(at.wo(), at.bo(), k);
  return w;
}

/// The weights in the forms the products need, made anew after every update.
struct PackedWeights {
  Packed wh, whTransposed, wo, woTransposed;
  void pack(const Layout& at, const float* w) {
    const int h = at.hidden, v = at.vocabulary;
    wh.pack(w + at.wh(), h, 3 * h, 3 * h, 1);
    whTransposed.pack(w + at.wh(), 3 * h, h, 1, 3 * h);
    wo.pack(w + at.wo(), h, v, v, 1);
    woTransposed.pack(w + at.wo(), v, h, 1, v);
  }
};

using Sequence = std::span<const std::uint8_t>;

/// What the backward pass needs of a cell: the gates r and z, the new state n, and g, the part of n's argument that r multiplies; [H] each.
struct Gates {
  float *r, *z, *n, *g;
};

/// One step of one sequence: the state after `token`, given the state before and y = Wh·before, [3H]. `before` and `after` may be the same.
inline void cell(const Layout& at, const float* w, int token, const float* y, const float* before, float* after, Gates keep) {
  const int H = at.hidden;
  const float *x = w + at.wx() + static_cast<long>(token) * 3 * H, *bx = w + at.bx(), *bh = w + at.bh();
  const auto [R, Z, N, G] = keep;
#pragma GCC ivdep
  for (int j = 0; j < H; j++) {
    R[j] = 1.f / (1.f + std::exp(-(x[j] + bx[j] + y[j] + bh[j])));
    Z[j] = 1.f / (1.f + std::exp(-(x[H + j] + bx[H + j] + y[H + j] + bh[H + j])));
    G[j] = y[2 * H + j] + bh[2 * H + j];
    N[j] = 2.f / (1.f + std::exp(-2.f * (x[2 * H + j] + bx[2 * H + j] + R[j] * G[j]))) - 1.f;
    after[j] = N[j] + Z[j] * (before[j] - N[j]);
  }
}

/// One thread's memory and its share of the gradient.
class Worker {
 public:
  std::vector<float> gradient;
  double loss = 0;
  long tokens = 0;

  explicit Worker(const Layout& layout) : at(layout) {}

  void reset() {
    gradient.assign(at.size(), 0.f);
    loss = 0, tokens = 0;
  }

  /// Adds the negative log-likelihood of the sequences to `loss`; with scales (one a sequence) also their gradients times these to `gradient`.
  void run(std::span<const Sequence> sequences, std::span<const float> scales, const float* w, const PackedWeights& packed) {
    arrange(sequences);
    forward(w, packed);
    output(w, packed, scales);
    if (!scales.empty()) backward(w, packed);
  }

 private:
  Layout at;
  int rows = 0, steps = 0;
  std::vector<int> inputs, targets;           // [t][row]; target -1 where the sequence has ended
  std::vector<float> h, r, z, n, g, dTop;     // h: [t + 1][row][H], the others [t][row][H]
  std::vector<float> gates, logits, dh, dGates;
  std::vector<bf16> hLow, hLowTransposed, dLow, dLogitsLow;
  Packed dPacked;

  void arrange(std::span<const Sequence> sequences) {
    rows = static_cast<int>(sequences.size());
    steps = 1;
    for (auto s : sequences) steps = std::max(steps, static_cast<int>(s.size()) + 1);
    inputs.assign(static_cast<std::size_t>(steps) * rows, kPad);
    targets.assign(inputs.size(), -1);
    for (int b = 0; b < rows; b++) {
      const Sequence s = sequences[b];
      for (std::size_t t = 0; t <= s.size(); t++) {
        inputs[t * rows + b] = t == 0 ? kBegin : s[t - 1];
        targets[t * rows + b] = t < s.size() ? s[t] : kEnd;
      }
      tokens += static_cast<long>(s.size()) + 1;
    }
  }

  void forward(const float* w, const PackedWeights& packed) {
    const int H = at.hidden;
    const long cells = static_cast<long>(steps) * rows * H;
    h.resize(cells + static_cast<long>(rows) * H), hLow.resize(h.size());
    std::fill_n(h.begin(), static_cast<long>(rows) * H, 0.f);
    std::fill_n(hLow.begin(), static_cast<long>(rows) * H, bf16{0});
    for (auto* a : {&r, &z, &n, &g}) a->resize(cells);
    gates.resize(static_cast<std::size_t>(rows) * 3 * H);
    for (int t = 0; t < steps; t++) {
      const long o = static_cast<long>(t) * rows * H;
      multiply(rows, &hLow[o], H, packed.wh, gates.data(), 3 * H, false);
      for (int b = 0; b < rows; b++) {
        const long i = o + static_cast<long>(b) * H;
        cell(at, w, inputs[static_cast<long>(t) * rows + b], &gates[static_cast<long>(b) * 3 * H], &h[i], &h[i + static_cast<long>(rows) * H], {&r[i], &z[i], &n[i], &g[i]});
      }
      const long next = o + static_cast<long>(rows) * H;
      toBf16(&h[next], &hLow[next], static_cast<long>(rows) * H);
    }
  }

  /// Softmax and cross entropy; leaves the scaled derivative by the logits in `logits`, 0 where a sequence has ended.
  void output(const float* w, const PackedWeights& packed, std::span<const float> scales) {
    const int H = at.hidden, V = at.vocabulary;
    const long all = static_cast<long>(steps) * rows;
    logits.resize(all * V);
    multiply(static_cast<int>(all), &hLow[static_cast<long>(rows) * H], H, packed.wo, logits.data(), V, false);
    for (long i = 0; i < all; i++) {
      float* p = &logits[i * V];
      if (targets[i] < 0) {
        std::fill_n(p, V, 0.f);
        continue;
      }
      float top = -1e30f, sum = 0;
      for (int j = 0; j < V; j++) p[j] += w[at.bo() + j], top = std::max(top, p[j]);
      for (int j = 0; j < V; j++) p[j] = std::exp(p[j] - top), sum += p[j];
      loss -= std::log(p[targets[i]] / sum + 1e-20f);
      if (scales.empty()) continue;
      const float scale = scales[i % rows];
      for (int j = 0; j < V; j++) p[j] *= scale / sum;
      p[targets[i]] -= scale;
    }
  }

  void backward(const float* w, const PackedWeights& packed) {
    const int H = at.hidden, V = at.vocabulary;
    const long all = static_cast<long>(steps) * rows;
    const int even = static_cast<int>(all + (all & 1)), evenV = V + (V & 1);
    dLogitsLow.assign(all * evenV, 0);
    for (long i = 0; i < all; i++) {
      toBf16(&logits[i * V], &dLogitsLow[i * evenV], V);
      for (int j = 0; j < V; j++) gradient[at.bo() + j] += logits[i * V + j];
    }
    dTop.resize(all * H);
    multiply(static_cast<int>(all), dLogitsLow.data(), evenV, packed.woTransposed, dTop.data(), H, false);
    transposeHidden(rows, even);
    std::vector<bf16> tight(all * V);
    for (long i = 0; i < all; i++) std::copy_n(&dLogitsLow[i * evenV], V, &tight[i * V]);
    dPacked.pack(tight.data(), static_cast<int>(all), V);
    multiply(H, hLowTransposed.data(), even, dPacked, &gradient[at.wo()], V, true);

    dLow.resize(all * 3 * H), dGates.resize(3 * H);
    dh.assign(static_cast<std::size_t>(rows) * H, 0.f);
    for (int t = steps - 1; t >= 0; t--) {
      const long row0 = static_cast<long>(t) * rows;
      for (int b = 0; b < rows; b++) cellBackward(inputs[row0 + b], row0 + b, &dh[static_cast<long>(b) * H]);
      if (t > 0) multiply(rows, &dLow[row0 * 3 * H], 3 * H, packed.whTransposed, dh.data(), H, true);
    }
    transposeHidden(0, even);
    dPacked.pack(dLow.data(), static_cast<int>(all), 3 * H);
    multiply(H, hLowTransposed.data(), even, dPacked, &gradient[at.wh()], 3 * H, true);
    (void)w;
  }

  /// On entry d is dLoss/dh' from later steps; on return the part of dLoss/dh that does not pass through Wh.
  void cellBackward(int token, long row, float* d) {
    const int H = at.hidden;
    const long o = row * H;
    const float *R = &r[o], *Z = &z[o], *N = &n[o], *G = &g[o], *before = &h[o], *top = &dTop[o];
    float *gx = &gradient[at.wx() + static_cast<long>(token) * 3 * H], *gbx = &gradient[at.bx()], *gbh = &gradient[at.bh()], *q = dGates.data();
#pragma GCC ivdep
    for (int j = 0; j < H; j++) {
      const float dAfter = top[j] + d[j], kept = dAfter * Z[j];
      const float dz = kept * (before[j] - N[j]) * (1 - Z[j]);
      const float da = (dAfter - kept) * (1 - N[j] * N[j]);
      const float dg = da * R[j], dr = dg * G[j] * (1 - R[j]);
      q[j] = dr, q[H + j] = dz, q[2 * H + j] = dg;
      gx[j] += dr, gx[H + j] += dz, gx[2 * H + j] += da;
      gbx[j] += dr, gbx[H + j] += dz, gbx[2 * H + j] += da;
      gbh[j] += dr, gbh[H + j] += dz, gbh[2 * H + j] += dg;
      d[j] = kept;
    }
    toBf16(q, &dLow[row * 3 * H], 3 * H);
  }

  /// hLowTransposed[j][i] = hidden value j of row firstRow + i.
  void transposeHidden(long firstRow, int even) {
    const int H = at.hidden;
    const long all = static_cast<long>(steps) * rows;
    hLowTransposed.assign(static_cast<std::size_t>(H) * even, 0);
    const bf16* from = &hLow[firstRow * H];
    for (long i0 = 0; i0 < all; i0 += 32)
      for (int j0 = 0; j0 < H; j0 += 32)
        for (int j = j0; j < std::min(H, j0 + 32); j++)
          for (long i = i0; i < std::min(all, i0 + 32); i++) hLowTransposed[static_cast<long>(j) * even + i] = from[i * H + j];
  }
};

/// The logits after each token of one sequence in plain float32: the readable twin, and the reference for the app's sampler.
inline std::vector<float> referenceLogits(const Layout& at, const float* w, Sequence s) {
  const int H = at.hidden, V = at.vocabulary;
  std::vector<float> h(H, 0.f), y(3 * H), result;
  auto sigmoid = [](double x) { return 1 / (1 + std::exp(-x)); };
  for (std::size_t t = 0; t <= s.size(); t++) {
    const float* x = w + at.wx() + static_cast<long>(t == 0 ? kBegin : s[t - 1]) * 3 * H;
    for (int j = 0; j < 3 * H; j++) {
      double sum = w[at.bh() + j];
      for (int k = 0; k < H; k++) sum += static_cast<double>(h[k]) * w[at.wh() + static_cast<long>(k) * 3 * H + j];
      y[j] = static_cast<float>(sum);
    }
    for (int j = 0; j < H; j++) {
      const float* bx = w + at.bx();
      const double r = sigmoid(x[j] + bx[j] + y[j]), z = sigmoid(x[H + j] + bx[H + j] + y[H + j]);
      const double n = std::tanh(x[2 * H + j] + bx[2 * H + j] + r * y[2 * H + j]);
      h[j] = static_cast<float>(n + z * (h[j] - n));
    }
    for (int v = 0; v < V; v++) {
      double sum = w[at.bo() + v];
      for (int k = 0; k < H; k++) sum += static_cast<double>(h[k]) * w[at.wo() + static_cast<long>(k) * V + v];
      result.push_back(static_cast<float>(sum));
    }
  }
  return result;
}
