#include "allocations.hpp"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>

namespace {

/** The size stands before what is handed out. */
constexpr std::size_t before = alignof(std::max_align_t);
/** As many bytes behind it, which nobody may write; sanitizers watch their own. */
#ifdef ANSATZ_SANITIZE
constexpr std::size_t behind = 0;
#else
constexpr std::size_t behind = 64;
#endif
/** Fills what is handed out: as a number 1.4e306, as a place one that no program has, so that nothing goes well that reads it. */
constexpr unsigned char unwritten = 0x7f;
std::atomic<std::size_t> held{0}, most{0};

void* takenOrNull(std::size_t size) noexcept {
  auto* block = static_cast<char*>(std::malloc(before + size + behind));
  if (!block) return nullptr;
  *reinterpret_cast<std::size_t*>(block) = size;
  std::memset(block + before, unwritten, size + behind);
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
  const std::size_t size = *reinterpret_cast<std::size_t*>(block);
  const char* end = block + before + size;
  if (!std::all_of(end, end + behind, [](char byte) { return byte == static_cast<char>(unwritten); })) {
    std::printf("FAILED something is written past the end of %zu bytes\n", size);
    std::fflush(stdout);
    std::abort();
  }
  held -= size;
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
