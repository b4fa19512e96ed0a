#pragma once
#include <cstddef>
#include <thread>
#include <utility>
#include <vector>

namespace ansatz {

/** Calls work(thread) for thread = 0 … threads − 1 at the same time, the first on the calling thread. */
template <class Work>
void onThreads(std::size_t threads, Work work) {
  std::vector<std::thread> others;
  for (std::size_t t = 1; t < threads; ++t) others.emplace_back([&work, t] { work(t); });
  work(0);
  for (std::thread& other : others) other.join();
}

/** The part of [0, n) that belongs to one of `threads` threads. */
inline std::pair<std::size_t, std::size_t> share(std::size_t n, std::size_t thread, std::size_t threads) {
  return {n * thread / threads, n * (thread + 1) / threads};
}

}  // namespace ansatz
