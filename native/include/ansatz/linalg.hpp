#pragma once
#include <vector>

#include "ansatz/control.hpp"
#include "ansatz/matrix.hpp"

namespace ansatz {

// Those that take a Control look at it every few ten milliseconds and throw Cancelled.

Matrix transpose(const Matrix& a);
/** a b */
Matrix multiply(const Matrix& a, const Matrix& b, const Control& control = {});
/** aᵀ b a, made exactly symmetric for a symmetric b. */
Matrix congruence(const Matrix& a, const Matrix& b, const Control& control = {});
/** Adds `factor` times a matrix of the same size. */
void add(Matrix& to, const Matrix& from, double factor);
/** Σ a_ij b_ij */
double dot(const Matrix& a, const Matrix& b);

struct Eigen {
  std::vector<double> values;  // rising
  Matrix vectors;              // one eigenvector a column
};

/**
 * Eigenvalues and orthonormal eigenvectors of a symmetric matrix: Householder tridiagonalisation and implicit QL.
 *
 * Cost about 6 n³. Source: G. H. Golub, C. F. Van Loan, Matrix Computations, 4th ed., 8.3. Throws InvalidInput
 * (`invalid-input`) for a matrix with NaN or infinity, and for one so large that its squares are.
 */
Eigen eigh(const Matrix& a, const Control& control = {});

/** The symmetric square root of a positive semidefinite matrix. Cost: an eigh and 2 n³. */
Matrix squareRoot(const Matrix& a, const Control& control = {});

/**
 * The lower triangular factor L of a = L Lᵀ in place of the lower triangle of a symmetric positive definite matrix, what is above the diagonal
 * being of no meaning; false where it is not positive definite. Rows in blocks, so that the bits are the same on any number of threads. Cost: n³/3.
 */
bool factorCholesky(Matrix& a, int threads = 1, const Control& control = {});

/** The solution x of L Lᵀ x = b, of a factor of factorCholesky. Cost: 2 n². */
std::vector<double> solveCholesky(const Matrix& factor, std::vector<double> b);

/** The solution x of a x = b by Gaussian elimination with partial pivoting; empty where a is singular. */
std::vector<double> solve(Matrix a, std::vector<double> b);

}  // namespace ansatz
