#pragma once
#include <stdexcept>
#include <string>
#include <utility>

namespace ansatz {

/** Input that cannot be computed with; `code` is the literal code of the DomainError that TypeScript throws for it. */
class InvalidInput : public std::runtime_error {
 public:
  InvalidInput(std::string code, const std::string& message) : std::runtime_error(message), code_(std::move(code)) {}
  const std::string& code() const noexcept { return code_; }

 private:
  std::string code_;
};

}  // namespace ansatz
