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

/** For a calculation that met NaN or infinity: its input is beyond double precision. Iterations end with it, not never. */
inline InvalidInput notFinite(const std::string& what) {
  return {"invalid-input", what + " is not a finite number: some input is too large, too small, or cancels itself"};
}

}  // namespace ansatz
