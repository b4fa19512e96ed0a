#pragma once
#include <cstddef>

namespace ansatz::test {

/** Bytes that this program holds by `new` at once, beyond those held when this was made. */
class Allocations {
 public:
  Allocations();
  std::size_t most() const;

 private:
  std::size_t before_;
};

}  // namespace ansatz::test
