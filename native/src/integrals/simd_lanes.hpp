#pragma once

namespace ansatz {
/** Quartets that a kernel computes side by side. */
constexpr int lanes = 8;
}  // namespace ansatz
