// Samples sequences from the model's own distribution.
#pragma once
#include <thread>

#include "gru.h"

using Tokens = std::vector<std::uint8_t>;

/// Samples `count` sequences in groups of rows. Each that is begun is ended, so that short ones are not favoured; cut off after `limit` tokens.
class Sampler {
 public:
  Sampler(const Layout& layout, const float* weights, const PackedWeights& packedWeights, unsigned seed) : at(layout), w(weights), packed(packedWeights), random(seed) {}

  std::vector<Tokens> run(long count) {
    constexpr int most = 64;
    constexpr std::size_t limit = 100;
    int rows = static_cast<int>(std::min<long>(most, count));
    long begun = rows;
    current.assign(rows, {});
    h.assign(static_cast<std::size_t>(rows) * at.hidden, 0.f), low.assign(h.size(), bf16{0});
    gates.resize(h.size() * 3), scratch.resize(4 * static_cast<std::size_t>(at.hidden)), logits.resize(static_cast<std::size_t>(rows) * at.vocabulary);
    std::vector<Tokens> done;
    while (rows > 0) {
      step(rows);
      for (int b = rows - 1; b >= 0; b--) {
        const int token = draw(&logits[static_cast<long>(b) * at.vocabulary]);
        if (token != kEnd) current[b].push_back(static_cast<std::uint8_t>(token));
        if (token != kEnd && current[b].size() < limit) continue;
        done.push_back(std::move(current[b]));
        if (begun < count) begun++, begin(b);
        else if (--rows > b) move(rows, b);
      }
    }
    return done;
  }

 private:
  Layout at;
  const float* w;
  const PackedWeights& packed;
  std::mt19937 random;
  std::uniform_real_distribution<float> uniform{0, 1};
  std::vector<Tokens> current;
  std::vector<float> h, gates, logits, scratch;
  std::vector<bf16> low;

  void step(int rows) {
    const int H = at.hidden;
    multiply(rows, low.data(), H, packed.wh, gates.data(), 3 * H, false);
    for (int b = 0; b < rows; b++) {
      const int token = current[b].empty() ? kBegin : current[b].back();
      float *state = &h[static_cast<long>(b) * H], *q = scratch.data();
      cell(at, w, token, &gates[static_cast<long>(b) * 3 * H], state, state, {q, q + H, q + 2 * H, q + 3 * H});
    }
    toBf16(h.data(), low.data(), static_cast<long>(rows) * H);
    multiply(rows, low.data(), H, packed.wo, logits.data(), at.vocabulary, false);
  }

  int draw(float* p) {
    const int V = at.vocabulary;
    float top = -1e30f, sum = 0;
    for (int j = 0; j < V; j++) p[j] += w[at.bo() + j], top = std::max(top, p[j]);
    for (int j = kEnd; j < V; j++) p[j] = std::exp(p[j] - top), sum += p[j];
    float rest = uniform(random) * sum;
    int token = kEnd;
    while (token + 1 < V && (rest -= p[token]) >= 0) token++;
    return token;
  }

  void begin(int b) {
    current[b].clear();
    std::fill_n(&h[static_cast<long>(b) * at.hidden], at.hidden, 0.f);
    std::fill_n(&low[static_cast<long>(b) * at.hidden], at.hidden, bf16{0});
  }

  void move(int from, int to) {
    current[to] = std::move(current[from]);
    std::copy_n(&h[static_cast<long>(from) * at.hidden], at.hidden, &h[static_cast<long>(to) * at.hidden]);
    std::copy_n(&low[static_cast<long>(from) * at.hidden], at.hidden, &low[static_cast<long>(to) * at.hidden]);
  }
};

/// The samples of all threads, each with a seed of its own.
inline std::vector<Tokens> sampleSequences(const Layout& at, const float* w, const PackedWeights& packed, long count, unsigned seed, int threads) {
  std::vector<std::vector<Tokens>> parts(threads);
  {
    std::vector<std::jthread> running;
    for (int i = 0; i < threads; i++) running.emplace_back([&, i] { parts[i] = Sampler(at, w, packed, seed * threads + i).run(count * (i + 1) / threads - count * i / threads); });
  }
  std::vector<Tokens> all;
  for (auto& part : parts) std::move(part.begin(), part.end(), std::back_inserter(all));
  return all;
}
