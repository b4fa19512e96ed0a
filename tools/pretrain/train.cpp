// ansatz-train: trains the GRU prior on a token file made by prepare.py. Goes on from its checkpoint when started again.
//   g++ -std=c++20 -O3 -march=native -mprefer-vector-width=512 -ffast-math -pthread train.cpp -o ansatz-train      (needs AVX-512 BF16, or AVX2 and FMA)
//   ansatz-train tokens.bin OUT HIDDEN STEPS [BATCH=64] [RATE=0.002] [THREADS=2] [WARM=weights.bin]      train into OUT/{checkpoint,weights,average}.bin, OUT/log
//   ansatz-train polish tokens.bin OUT HIDDEN STEPS BATCH RATE THREADS WARM SAMPLES        the same, and each step also away from samples that cost more than others (judge.py)
//   ansatz-train sample weights.bin COUNT SEED                                     print token ids of sampled molecules, one a line
//   ansatz-train check tokens.bin HIDDEN                                           compare the gradient with finite differences
//   ansatz-train logits weights.bin ID...                                          print the logits after each token, one line a step
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <numbers>
#include <numeric>
#include <sstream>
#include <stdexcept>
#include <string>

#include "sampling.h"

constexpr int kGroup = 16;           // sequences a worker takes at a time
constexpr int kSaveEvery = 100;      // steps between checkpoints
constexpr int kValidateEvery = 1000;
constexpr int kValidation = 2048;    // held-back sequences used while training
constexpr float kBeta1 = 0.9f, kBeta2 = 0.99f, kClip = 1.f;
constexpr int kWarmUp = 200;
constexpr float kTypicalLength = 40;
constexpr double kAverage = 0.9995;  // decay of the averaged weights a step

struct Data {
  int vocabulary = 0;
  std::vector<std::uint8_t> bytes;
  std::vector<Sequence> train, held;
};

Data readData(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::int32_t head[3];
  if (!in.read(reinterpret_cast<char*>(head), sizeof head)) throw std::runtime_error("cannot read token file " + path);
  Data data{head[0], {std::istreambuf_iterator<char>(in), {}}, {}, {}};
  const std::uint8_t* p = data.bytes.data();
  for (int i = 0; i < head[1]; p += 1 + *p, i++) (i < head[2] ? data.held : data.train).emplace_back(p + 1, *p);
  if (p != data.bytes.data() + data.bytes.size()) throw std::runtime_error("token file is cut short or too long: " + path);
  return data;
}

void writeWeights(const std::string& path, const Layout& at, const std::vector<float>& w) {
  const std::int32_t head[3] = {at.vocabulary, at.hidden, 1};
  {
    std::ofstream out(path + ".part", std::ios::binary);
    out.write(reinterpret_cast<const char*>(head), sizeof head);
    out.write(reinterpret_cast<const char*>(w.data()), static_cast<std::streamsize>(w.size() * 4));
  }
  std::filesystem::rename(path + ".part", path);
}

std::vector<float> readWeights(const std::string& path, Layout& at) {
  std::ifstream in(path, std::ios::binary);
  std::int32_t head[3];
  if (!in.read(reinterpret_cast<char*>(head), sizeof head)) throw std::runtime_error("cannot read weights " + path);
  at = {head[0], head[1]};
  std::vector<float> w(at.size());
  if (!in.read(reinterpret_cast<char*>(w.data()), static_cast<std::streamsize>(w.size() * 4))) throw std::runtime_error("weights are cut short: " + path);
  return w;
}

/// Loss and gradient of one batch over all threads; the groups are handed out as threads become free.
class Engine {
 public:
  Engine(const Layout& layout, int threads) : at(layout), workers(threads, Worker(layout)) {}

  std::vector<float> weights;
  std::vector<float>& gradient() { return workers[0].gradient; }
  void pack() { packed.pack(at, weights.data()); }
  std::vector<Tokens> sample(long count, unsigned seed) const { return sampleSequences(at, weights.data(), packed, count, seed, static_cast<int>(workers.size())); }

  struct Result {
    double loss;
    long tokens;
  };

  /// With scales, one a sequence, the gradient of the sum of the sequences' losses times these.
  Result run(std::span<const Sequence> batch, std::span<const float> scales = {}) {
    long tokens = 0;
    for (auto s : batch) tokens += static_cast<long>(s.size()) + 1;
    std::atomic<std::size_t> next = 0;
    auto work = [&](Worker& worker) {
      worker.reset();
      for (std::size_t i; (i = next.fetch_add(kGroup)) < batch.size();) {
        const std::size_t n = std::min<std::size_t>(kGroup, batch.size() - i);
        worker.run(batch.subspan(i, n), scales.empty() ? scales : scales.subspan(i, n), weights.data(), packed);
      }
    };
    {
      std::vector<std::jthread> others;
      for (std::size_t i = 1; i < workers.size(); i++) others.emplace_back([&, i] { work(workers[i]); });
      work(workers[0]);
    }
    double loss = 0;
    for (auto& worker : workers) loss += worker.loss;
    if (!scales.empty())
      for (std::size_t i = 1; i < workers.size(); i++)
        for (long j = 0; j < at.size(); j++) workers[0].gradient[j] += workers[i].gradient[j];
    return {loss, tokens};
  }

 private:
  Layout at;
  PackedWeights packed;
  std::vector<Worker> workers;
};

struct Adam {
  std::vector<float> m, v;
  void step(std::vector<float>& w, const std::vector<float>& g, long step, double rate) {
    double norm = 0;
    for (float x : g) norm += static_cast<double>(x) * x;
    const float scale = std::min(1.f, kClip / static_cast<float>(std::sqrt(norm) + 1e-6));
    const auto corrected = static_cast<float>(rate * std::sqrt(1 - std::pow(kBeta2, step)) / (1 - std::pow(kBeta1, step)));
    for (std::size_t j = 0; j < w.size(); j++) {
      const float x = g[j] * scale;
      m[j] = kBeta1 * m[j] + (1 - kBeta1) * x;
      v[j] = kBeta2 * v[j] + (1 - kBeta2) * x * x;
      w[j] -= corrected * m[j] / (std::sqrt(v[j]) + 1e-8f);
    }
  }
};

/// The batches of one epoch: sequences of like length together, in an order that depends on the epoch's number alone.
std::vector<std::vector<Sequence>> epochBatches(const std::vector<Sequence>& train, int batch, int epoch) {
  std::mt19937 random(1000 + epoch);
  std::vector<Sequence> order = train;
  std::shuffle(order.begin(), order.end(), random);
  std::vector<std::vector<Sequence>> batches;
  const std::size_t pool = static_cast<std::size_t>(batch) * 100;
  for (std::size_t p = 0; p < order.size(); p += pool) {
    const auto end = order.begin() + static_cast<long>(std::min(order.size(), p + pool));
    std::stable_sort(order.begin() + static_cast<long>(p), end, [](auto a, auto b) { return a.size() < b.size(); });
    for (auto i = order.begin() + static_cast<long>(p); end - i >= batch; i += batch) batches.emplace_back(i, i + batch);
  }
  std::shuffle(batches.begin(), batches.end(), random);
  return batches;
}

double validate(Engine& engine, const Data& data) {
  double loss = 0;
  long tokens = 0;
  const std::size_t n = std::min<std::size_t>(kValidation, data.held.size());
  for (std::size_t i = 0; i < n; i += 128) {
    const auto r = engine.run(std::span(data.held).subspan(i, std::min<std::size_t>(128, n - i)));
    loss += r.loss, tokens += r.tokens;
  }
  return loss / static_cast<double>(tokens);
}

struct Options {
  std::string data, out;
  int hidden = 512;
  long steps = 0;
  int batch = 64;
  double rate = 2e-3;
  int threads = 2;
  std::string warm;
  long samples = 0;  // drawn from the present weights in each step and judged; 0: none
};

/// Prints the samples, one a line of token ids, and reads a line with the cost of each in nats.
std::vector<double> costs(const std::vector<Tokens>& samples) {
  std::string text;
  for (const auto& sample : samples) {
    for (const int id : sample) text += std::to_string(id) + ' ';
    text += '\n';
  }
  std::cout << text << std::flush;
  std::string line;
  std::getline(std::cin, line);
  std::istringstream in(line);
  const std::vector<double> found(std::istream_iterator<double>(in), {});
  if (found.size() != samples.size()) throw std::runtime_error("expected a cost for each of " + std::to_string(samples.size()) + " samples, got " + std::to_string(found.size()));
  return found;
}

class Run {
 public:
  explicit Run(const Options& o) : options(o), data(readData(o.data)), at{data.vocabulary, o.hidden}, engine(at, o.threads) {
    std::filesystem::create_directories(o.out);
    engine.weights = initialWeights(at, 7);
    if (!o.warm.empty()) {
      Layout found{};
      engine.weights = readWeights(o.warm, found);
      if (found.size() != at.size()) throw std::runtime_error("warm-start weights have another shape");
    }
    adam.m.assign(at.size(), 0.f), adam.v.assign(at.size(), 0.f);
    average = engine.weights;
    restore();
    engine.pack();
    log.open(o.out + "/log", std::ios::app);
  }

  void train() {
    int epoch = -1;
    std::vector<std::vector<Sequence>> batches;
    const long perEpoch = static_cast<long>(epochBatches(data.train, options.batch, 0).size());
    auto started = std::chrono::steady_clock::now();
    double loss = 0, cost = 0;  // the loss is that of the data and the samples together
    long seen = 0, judged = 0;
    while (step < options.steps) {
      if (step / perEpoch != epoch) batches = epochBatches(data.train, options.batch, epoch = static_cast<int>(step / perEpoch));
      std::vector<Sequence> batch = batches[step % perEpoch];
      // A constant weight a token: batches hold sequences of like length, and dividing by their tokens would favour short molecules.
      std::vector<float> scales(batch.size(), 1.f / (kTypicalLength * static_cast<float>(batch.size())));
      const auto samples = options.samples ? engine.sample(options.samples, static_cast<unsigned>(step)) : std::vector<Tokens>{};
      if (!samples.empty()) {
        // The gradient of the mean cost is the mean over the samples of (cost - mean) d log p (REINFORCE, doi:10.1007/BF00992696).
        const auto each = costs(samples);
        const double mean = std::accumulate(each.begin(), each.end(), 0.0) / static_cast<double>(each.size());
        batch.insert(batch.end(), samples.begin(), samples.end());
        for (const double c : each) scales.push_back(static_cast<float>((mean - c) / (kTypicalLength * static_cast<double>(each.size()))));
        cost += mean, judged++;
      }
      const auto r = engine.run(batch, scales);
      step++, tokens += r.tokens, seen += r.tokens, loss += r.loss;
      adam.step(engine.weights, engine.gradient(), step, rate());
      engine.pack();
      blend();
      if (step % kSaveEvery == 0 || step == options.steps) {
        const double s = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
        say("step %ld epoch %.2f tokens %ld loss %.4f rate %.2e tokens/s %.0f\n", step, static_cast<double>(step) / static_cast<double>(perEpoch), tokens, loss / static_cast<double>(seen), rate(), static_cast<double>(seen) / s);
        if (judged) say("step %ld mean cost of samples %.4f\n", step, cost / static_cast<double>(judged));
        save();
        loss = 0, cost = 0, seen = 0, judged = 0, started = std::chrono::steady_clock::now();
      }
      if (step % kValidateEvery == 0 || step == options.steps) {
        const double last = validate(engine, data);
        say("step %ld held-back loss %.4f, of the averaged weights %.4f\n", step, last, validateAverage());
      }
    }
  }

 private:
  Options options;
  Data data;
  Layout at;
  Engine engine;
  Adam adam;
  std::vector<float> average;
  std::ofstream log;
  long step = 0, tokens = 0;

  double rate() const {  // linear warm-up, then a cosine to zero
    const double done = static_cast<double>(step) / static_cast<double>(options.steps);
    return options.rate * std::min(1.0, static_cast<double>(step) / kWarmUp) * 0.5 * (1 + std::cos(std::numbers::pi * done));
  }

  /// Moves the averaged weights towards the present ones; early on faster, so that the start does not linger.
  void blend() {
    const auto keep = static_cast<float>(std::min(kAverage, static_cast<double>(step) / static_cast<double>(step + 10)));
    for (std::size_t j = 0; j < average.size(); j++) average[j] = keep * average[j] + (1 - keep) * engine.weights[j];
  }

  double validateAverage() {
    std::swap(average, engine.weights);
    engine.pack();
    const double loss = validate(engine, data);
    std::swap(average, engine.weights);
    engine.pack();
    return loss;
  }

  template <class... A>
  void say(const char* format, A... a) {
    char line[256];
    std::snprintf(line, sizeof line, format, a...);
    log << line << std::flush;
    std::cerr << line;
  }

  std::string checkpoint() const { return options.out + "/checkpoint.bin"; }

  void save() {
    {
      std::ofstream out(checkpoint() + ".part", std::ios::binary);
      out.write(reinterpret_cast<const char*>(&step), sizeof step).write(reinterpret_cast<const char*>(&tokens), sizeof tokens);
      for (auto* a : {&engine.weights, &adam.m, &adam.v, &average}) out.write(reinterpret_cast<const char*>(a->data()), static_cast<std::streamsize>(a->size() * 4));
    }
    std::filesystem::rename(checkpoint() + ".part", checkpoint());
    writeWeights(options.out + "/weights.bin", at, engine.weights);
    writeWeights(options.out + "/average.bin", at, average);
  }

  void restore() {
    std::ifstream in(checkpoint(), std::ios::binary);
    if (!in) return;
    in.read(reinterpret_cast<char*>(&step), sizeof step).read(reinterpret_cast<char*>(&tokens), sizeof tokens);
    for (auto* a : {&engine.weights, &adam.m, &adam.v, &average}) in.read(reinterpret_cast<char*>(a->data()), static_cast<std::streamsize>(a->size() * 4));
    if (!in) throw std::runtime_error("checkpoint does not fit this run: " + checkpoint());
  }
};

int checkGradient(const std::string& path, int hidden) {
  const Data data = readData(path);
  const Layout at{data.vocabulary, hidden};
  Engine engine(at, 2);
  engine.weights = initialWeights(at, 7);
  engine.pack();
  const std::span batch(data.held.data(), 37);
  const std::vector<float> scales(batch.size(), 1.f / (kTypicalLength * static_cast<float>(batch.size())));
  const auto r = engine.run(batch, scales);
  const std::vector<float> g = engine.gradient();
  auto referenceLoss = [&] {
    double loss = 0;
    for (auto s : batch) {
      const auto logits = referenceLogits(at, engine.weights.data(), s);
      for (std::size_t t = 0; t <= s.size(); t++) {
        double sum = 0;
        for (int v = 0; v < at.vocabulary; v++) sum += std::exp(logits[t * at.vocabulary + v]);
        loss += std::log(sum) - logits[t * at.vocabulary + (t < s.size() ? s[t] : kEnd)];
      }
    }
    return loss / (kTypicalLength * static_cast<double>(batch.size()));
  };
  bool good = true;
  std::printf("loss bf16 %.6f float32 %.6f\n", r.loss / (kTypicalLength * static_cast<double>(batch.size())), referenceLoss());
  for (auto [name, from, to] : {std::tuple{"Wx", at.wx(), at.wh()}, {"Wh", at.wh(), at.bx()}, {"bx", at.bx(), at.bh()}, {"bh", at.bh(), at.wo()}, {"Wo", at.wo(), at.bo()}, {"bo", at.bo(), at.size()}}) {
    const long j = std::max_element(g.begin() + from, g.begin() + to, [](float a, float b) { return std::abs(a) < std::abs(b); }) - g.begin();
    const float kept = engine.weights[j];
    engine.weights[j] = kept + 1e-2f;
    const double up = referenceLoss();
    engine.weights[j] = kept - 1e-2f;
    const double down = referenceLoss();
    engine.weights[j] = kept;
    const double numeric = (up - down) / 2e-2, error = std::abs(numeric - g[j]) / std::abs(numeric);
    std::printf("%s numeric %.6f analytic %.6f relative difference %.4f\n", name, numeric, g[j], error);
    good = good && error < 0.03;  // bfloat16 carries 8 bits
  }
  return good ? 0 : 1;
}

int printSamples(const std::string& path, long count, unsigned seed) {
  Layout at{};
  const auto w = readWeights(path, at);
  PackedWeights packed;
  packed.pack(at, w.data());
  std::ios::sync_with_stdio(false);
  for (const auto& sequence : sampleSequences(at, w.data(), packed, count, seed, 1)) {
    for (const int id : sequence) std::cout << id << ' ';
    std::cout << '\n';
  }
  return 0;
}

int printLogits(const std::string& path, std::span<char*> ids) {
  Layout at{};
  const auto w = readWeights(path, at);
  std::vector<std::uint8_t> sequence;
  for (const char* id : ids) sequence.push_back(static_cast<std::uint8_t>(std::atoi(id)));
  const auto logits = referenceLogits(at, w.data(), sequence);
  for (std::size_t i = 0; i < logits.size(); i++) std::printf("%.9g%c", logits[i], (i + 1) % at.vocabulary ? ' ' : '\n');
  return 0;
}

int main(int count, char** words) try {
  std::vector<std::string> a(words + 1, words + count);
  if (a.size() == 3 && a[0] == "check") return checkGradient(a[1], std::stoi(a[2]));
  if (a.size() == 4 && a[0] == "sample") return printSamples(a[1], std::stol(a[2]), static_cast<unsigned>(std::stoul(a[3])));
  if (a.size() >= 2 && a[0] == "logits") return printLogits(a[1], std::span(words + 3, words + count));
  const bool polish = a.size() == 10 && a[0] == "polish";
  if (polish) a.erase(a.begin());
  if (a.size() < 4) throw std::runtime_error("usage: ansatz-train tokens.bin OUT HIDDEN STEPS [BATCH] [RATE] [THREADS] [WARM]");
  Options o{a[0], a[1], std::stoi(a[2]), std::stol(a[3])};
  if (a.size() > 4) o.batch = std::stoi(a[4]);
  if (a.size() > 5) o.rate = std::stod(a[5]);
  if (a.size() > 6) o.threads = std::stoi(a[6]);
  if (a.size() > 7) o.warm = a[7];
  if (polish) o.samples = std::stol(a[8]);
  Run(o).train();
} catch (const std::exception& error) {
  std::cerr << "ansatz-train: " << error.what() << "\n";
  return 2;
}
