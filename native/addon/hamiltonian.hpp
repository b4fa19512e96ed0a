#pragma once
#include <stdexcept>
#include <string>

#include "addon.hpp"
#include "ansatz/hamiltonian.hpp"
#include "ansatz/strings.hpp"

namespace ansatz::addon {

/** Reads `norb`, `coreEnergy`, `oneBodyTensor` and `twoBodyTensor`. */
inline Hamiltonian hamiltonian(const Napi::Object& options) {
  return {integer(options, "norb"), number(options, "coreEnergy"), doubleVector(options, "oneBodyTensor"),
          doubleVector(options, "twoBodyTensor")};
}

/** Coefficients of several states in the sector (`nalpha`, `nbeta`), Float64Array [k · determinants]; none where the option is absent. */
inline std::vector<std::vector<double>> states(const Napi::Object& options, const char* key) {
  if (!options.Has(key)) return {};
  const int norb = integer(options, "norb");
  const std::size_t size = binomial(norb, integer(options, "nalpha")) * binomial(norb, integer(options, "nbeta"));
  const auto all = doubles(options, key);
  if (size == 0 || all.size() % size != 0) throw std::invalid_argument(std::string(key) + ": not of whole states");
  std::vector<std::vector<double>> found;
  for (std::size_t k = 0; k + size <= all.size(); k += size)
    found.emplace_back(all.begin() + static_cast<std::ptrdiff_t>(k), all.begin() + static_cast<std::ptrdiff_t>(k + size));
  return found;
}

}  // namespace ansatz::addon
