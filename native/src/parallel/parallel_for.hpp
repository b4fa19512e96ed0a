#pragma once
#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace ansatz {

/**
 * Calls body(0) … body(n − 1) from at most `threads` threads, the calling one among them.
 *
 * Which thread runs which index is left open, so a body must write to memory of its index only. The first exception of a
 * body stops the rest and is thrown here.
 */
template <class Body>
void parallelFor(int n, int threads, const Body& body) {
  std::atomic<int> next{0};
  std::exception_ptr failure;
  std::mutex failureLock;
  const auto work = [&] {
    for (int i = next++; i < n; i = next++) {
      try {
        body(i);
      } catch (...) {
        const std::lock_guard guard(failureLock);
        if (!failure) failure = std::current_exception();
        next = n;
      }
    }
  };
  std::vector<std::thread> others;
  for (int i = 1; i < std::min(threads, n); ++i) others.emplace_back(work);
  work();
  for (std::thread& thread : others) thread.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace ansatz
