#pragma once
#include <span>
#include <vector>

#include "ansatz/control.hpp"

/** Sums over many long vectors, in pieces that stay in cache; the same bits on any number of threads. */
namespace ansatz {

struct VectorWork {
  int threads = 1;
  Control control = {};
};

/** ⟨x_k|v⟩ of every x. */
std::vector<double> overlaps(const std::vector<std::vector<double>>& x, const std::vector<double>& v, const VectorWork& work);

/** v += Σ_k factors[k] x_k */
void addCombination(std::vector<double>& v, std::span<const double> factors, const std::vector<std::vector<double>>& x,
                    const VectorWork& work);

}  // namespace ansatz
