#pragma once
#include <cstddef>
#include <new>
#include <vector>

namespace ansatz {

/** Memory on cache lines, for vector loads. */
template <class T>
struct CacheLineAllocator {
  using value_type = T;
  static constexpr std::align_val_t alignment{64};
  CacheLineAllocator() = default;
  template <class U>
  CacheLineAllocator(const CacheLineAllocator<U>&) {}
  T* allocate(std::size_t n) { return static_cast<T*>(::operator new(n * sizeof(T), alignment)); }
  void deallocate(T* p, std::size_t) { ::operator delete(p, alignment); }
  bool operator==(const CacheLineAllocator&) const { return true; }
};

using AlignedVector = std::vector<double, CacheLineAllocator<double>>;

/** Memory for integrals, left as it comes: it is written before it is read. */
class IntegralChunk {
 public:
  explicit IntegralChunk(std::size_t size) : size_(size), data_(allocate(size)) {}
  IntegralChunk(const IntegralChunk&) = delete;
  IntegralChunk& operator=(const IntegralChunk&) = delete;
  IntegralChunk(IntegralChunk&& other) noexcept : size_(other.size_), data_(other.data_) { other.data_ = nullptr; }
  ~IntegralChunk() { ::operator delete(data_, alignment); }
  double* data() { return data_; }
  std::size_t size() const { return size_; }

 private:
  static constexpr std::align_val_t alignment{64};
  static double* allocate(std::size_t size) {
    return static_cast<double*>(::operator new(size * sizeof(double), alignment));
  }
  std::size_t size_;
  double* data_;
};

}  // namespace ansatz
