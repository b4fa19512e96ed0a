// Writes straight-line C++ for the recurrences of the commonest quartet classes. Runs at build time:
//   generate_eri_kernels <output folder>
// The code computes what the programs of makeEriClass compute; that program is its slow twin and serves all other classes.
// It goes through the lanes a register at a time: whole vectors of several registers took AVX2's compiler ten times as long.
#include <algorithm>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "integrals/eri_class.hpp"

namespace {

using namespace ansatz;

/** Beyond this many steps straight-line code outgrows the instruction cache and the compiler's patience. */
constexpr std::size_t maxOps = 600;
constexpr int nFiles = 4;

std::string slot(int i) { return "v" + std::to_string(i); }

std::string scaled(const char* name, int factor) {
  return factor == 1 ? std::string("r.") + name : "r." + std::string(name) + " * " + std::to_string(factor) + ".0";
}

std::string expression(const VrrOp& op) {
  const std::string axis = "[" + std::to_string(op.axis) + "]";
  std::string text = op.ket ? "r.qc" + axis : "r.pa" + axis;
  text += " * " + slot(op.x0) + " + " + (op.ket ? "r.wq" : "r.wp") + axis + " * " + slot(op.x1);
  if (op.n > 0)
    text += " + " + scaled(op.ket ? "half1q" : "half1p", op.n) + " * (" + slot(op.y0) + " - " +
            (op.ket ? "r.rhoQ" : "r.rhoP") + " * " + slot(op.y1) + ")";
  if (op.k > 0) text += " + " + scaled("half1pq", op.k) + " * " + slot(op.z);
  return text;
}

std::string functionName(const PairClass& bra, const PairClass& ket) {
  std::string name = "quartet_" + pairName(bra) + "_" + pairName(ket);
  std::replace(name.begin(), name.end(), ',', '_');
  return name;
}

/** Statements that add target `t` (e, f) to the ket-contracted integrals. */
void writeContraction(std::ostream& out, const PairClass& ket, std::size_t t, int value) {
  const std::size_t e = t / ket.nMonomials;
  const std::size_t f = t % ket.nMonomials;
  for (std::size_t k = 0; k < ket.components.size(); ++k)
    if (ket.components[k].monomial == f)
      out << "  acc[" << e * ket.components.size() + k << " * pieces] += c" << ket.components[k].part << " * " << slot(value)
          << ";\n";
}

void writeFunction(std::ostream& out, const PairClass& bra, const PairClass& ket, const VrrSequence& sequence) {
  out << "void " << functionName(bra, ket)
      << "(const void* recurrence, const void* boys, const double* ketCoefficients, void* result) {\n"
      << "  for (int piece = 0; piece < pieces; ++piece) {\n"
      << "  const RecurrenceOf<Piece> r = pieceOf(*static_cast<const Recurrence*>(recurrence), piece);\n"
      << "  const Piece* s = static_cast<const Piece*>(boys) + piece;\n"
      << "  Piece* __restrict acc = static_cast<Piece*>(result) + piece;\n";
  for (int part = 0; part < ket.nParts; ++part)
    out << "  const Piece c" << part << " = loadPiece(ketCoefficients + " << part << " * lanes + piece * pieceLanes);\n";
  for (int m = 0; m <= sequence.degree; ++m)
    out << "  const Piece " << slot(m) << " = s[" << m << " * pieces];\n";
  const auto contract = [&](int value) {
    for (std::size_t t = 0; t < sequence.targets.size(); ++t)
      if (sequence.targets[t] == value) writeContraction(out, ket, t, value);
  };
  contract(0);
  for (const VrrOp& op : sequence.ops) {
    out << "  const Piece " << slot(op.dst) << " = " << expression(op) << ";\n";
    contract(op.dst);
  }
  out << "  (void)r;\n  }\n}\n\n";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "expected one argument: the output folder\n";
    return 2;
  }
  const std::vector<int> s{0}, p{1}, sp{0, 1}, d{2};
  std::vector<PairClass> pairs;
  for (const auto& [a, b] : {std::pair(s, s), {p, s}, {sp, s}, {p, p}, {sp, p}, {sp, sp}, {d, s}, {d, p}, {d, sp}, {d, d}})
    pairs.push_back(makePairClass(a, b));
  std::sort(pairs.begin(), pairs.end(), isSimpler);

  const std::string folder = argv[1];
  std::vector<std::ofstream> files;
  for (int i = 0; i < nFiles; ++i) {
    files.emplace_back(folder + "/eri_kernels_" + std::to_string(i) + ".isa.cpp");
    files.back() << "#include \"integrals/recurrence.hpp\"\n\nnamespace ansatz::ANSATZ_ISA {\n\n";
  }
  std::ofstream table(folder + "/eri_kernel_table.isa.cpp");
  std::string declarations;
  std::string rows;
  std::vector<std::size_t> load(nFiles, 0);
  for (std::size_t i = 0; i < pairs.size(); ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      const VrrSequence sequence = makeVrrSequence(pairs[i], pairs[j]);
      if (sequence.ops.size() > maxOps) continue;
      const std::size_t file = std::min_element(load.begin(), load.end()) - load.begin();
      load[file] += sequence.ops.size() + sequence.targets.size();
      writeFunction(files[file], pairs[i], pairs[j], sequence);
      declarations += "QuartetKernel " + functionName(pairs[i], pairs[j]) + ";\n";
      rows += "    {\"" + pairName(pairs[i]) + "|" + pairName(pairs[j]) + "\", &" + functionName(pairs[i], pairs[j]) + "},\n";
    }
  for (std::ofstream& file : files) file << "}  // namespace ansatz::ANSATZ_ISA\n";
  table << "#include \"integrals/eri_kernel.hpp\"\n\nnamespace ansatz::ANSATZ_ISA {\n\n"
        << declarations << "\nconst NamedKernel* quartetKernels() {\n  static const NamedKernel kernels[] = {\n"
        << rows << "    {nullptr, nullptr},\n  };\n  return kernels;\n}\n\n}  // namespace ansatz::ANSATZ_ISA\n";
  return 0;
}
