#pragma once
#include <cstdint>
#include <exception>
#if !defined(__GNUC__) && !defined(__clang__)
#include <atomic>
#endif

namespace ansatz {

/** Thrown by an algorithm that found its cancel flag set; the addon turns it into an error with code `cancelled`. */
struct Cancelled : std::exception {
  const char* what() const noexcept override { return "cancelled"; }
};

/** What an algorithm is doing; the numbers are those of `PHASE_NAMES` in src/core/quantum/control-block.ts. */
enum class Phase : std::int32_t {
  idle = 0,
  integrals = 1,
  scf = 2,
  transformation = 3,
  ci = 4,
  vqe = 5,
  gradient = 6,
  mp2 = 7,
  stability = 8,
  nevpt2 = 9,
  coupledCluster = 10,
  triples = 11,
};

/**
 * A caller's view into a running calculation: four 32-bit integers `[cancel, iteration, maxIterations, phase]`,
 * shared between threads. Without a block nothing is reported and nothing cancels. A fifth integer, where there is one,
 * counts the checks for cancellation: tests relate it to the work done.
 */
class Control {
 public:
  Control() = default;
  explicit Control(std::int32_t* block, bool counts = false) : block_(block), counts_(counts) {}

  bool cancelled() const noexcept { return block_ != nullptr && load(block_) != 0; }

  /** Throws Cancelled when the caller asked to stop; call it every few milliseconds of work, from any thread. */
  void check() const {
    if (counts_) store(block_ + 4, load(block_ + 4) + 1);
    if (cancelled()) throw Cancelled{};
  }

  /** Publishes the state of an iteration and then checks for cancellation. */
  void report(Phase phase, int iteration, int maxIterations) const {
    if (block_ == nullptr) return;
    store(block_ + 1, iteration);
    store(block_ + 2, maxIterations);
    store(block_ + 3, static_cast<std::int32_t>(phase));
    check();
  }

 private:
  // std::atomic_ref is missing from the libc++ of current Apple compilers.
  static std::int32_t load(std::int32_t* p) noexcept {
#if defined(__GNUC__) || defined(__clang__)
    return __atomic_load_n(p, __ATOMIC_RELAXED);
#else
    return std::atomic_ref<std::int32_t>(*p).load(std::memory_order_relaxed);
#endif
  }
  static void store(std::int32_t* p, std::int32_t value) noexcept {
#if defined(__GNUC__) || defined(__clang__)
    __atomic_store_n(p, value, __ATOMIC_RELAXED);
#else
    std::atomic_ref<std::int32_t>(*p).store(value, std::memory_order_relaxed);
#endif
  }

  std::int32_t* block_ = nullptr;
  bool counts_ = false;
};

}  // namespace ansatz
