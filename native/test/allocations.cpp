#include "allocations.hpp"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <new>

namespace {

/** The size stands before what is handed out. */
constexpr std::size_t before = alignof(std::max_align_t);
std::atomic<std::size_t> held{0}, most{0};

void* takenOrNull(std::size_t size) noexcept {
  auto* block = static_cast<char*>(std::malloc(size + before));
  if (!block) return nullptr;
  *reinterpret_cast<std::size_t*>(block) = size;
  const std::size_t now = held += size;
  for (std::size_t seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {}
  return block + before;
}

void* taken(std::size_t size) {
  void* place = takenOrNull(size);
  if (!place) throw std::bad_alloc();
  return place;
}

void given(void* place) noexcept {
  if (!place) return;
  char* block = static_cast<char*>(place) - before;
  held -= *reinterpret_cast<std::size_t*>(block);
  std::free(block);
}

}  // namespace

void* operator new(std::size_t size) { return taken(size); }
void* operator new[](std::size_t size) { return taken(size); }
// Sanitizers bring their own of these, which would not be told from ours when they are given back.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return takenOrNull(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return takenOrNull(size); }
void operator delete(void* place) noexcept { given(place); }
void operator delete[](void* place) noexcept { given(place); }
void operator delete(void* place, const std::nothrow_t&) noexcept { given(place); }
void operator delete[](void* place, const std::nothrow_t&) noexcept { given(place); }
void operator delete(void* place, std::size_t) noexcept { given(place); }
void operator delete[](void* place, std::size_t) noexcept { given(place); }

namespace ansatz::test {

Allocations::Allocations() : before_(held) { ::most = before_; }
std::size_t Allocations::most() const { return ::most - before_; }

}  // namespace ansatz::test
