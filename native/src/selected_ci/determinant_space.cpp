#include "selected_ci/determinant_space.hpp"

#include <algorithm>

#include "parallel/checked_sort.hpp"

namespace ansatz {
namespace {

/** Rows between two looks at the flag of cancellation. */
constexpr std::size_t rowsAtOnce = 1024;

/** Throws DoesNotFit, where the list may be copied to grow. */
void findNeighbours(SpinStrings& spin, const IntegralLists& integrals, const SpaceOptions& options) {
  constexpr std::size_t copies = 3;
  const std::size_t most = options.memoryBytes / (copies * sizeof(SpinStrings::Neighbour));
  const String all = integrals.norb() == 64 ? ~String{0} : bit(integrals.norb()) - 1;
  spin.neighbourStart.push_back(0);
  for (std::size_t i = 0; i < spin.strings.size(); ++i) {
    if (i % rowsAtOnce == 0) options.control.check();
    if (spin.neighbours.size() > most) throw DoesNotFit();
    const String string = spin.strings[i];
    eachOrbital(string, [&](int q) {
      eachOrbital(all & ~string, [&](int p) {
        const std::uint32_t other = spin.find(string ^ bit(p) ^ bit(q));
        if (other != nowhere)
          spin.neighbours.push_back({other, static_cast<std::uint8_t>(integrals.label(p) ^ integrals.label(q))});
      });
    });
    std::sort(spin.neighbours.begin() + static_cast<std::ptrdiff_t>(spin.neighbourStart.back()), spin.neighbours.end(),
              [](const auto& a, const auto& b) { return a.label != b.label ? a.label < b.label : a.string < b.string; });
    spin.neighbourStart.push_back(spin.neighbours.size());
  }
}

SpinStrings stringsOf(std::vector<String> strings, const IntegralLists& integrals, const SpaceOptions& options) {
  checkedSort(strings.begin(), strings.end(), options.control);
  strings.erase(std::unique(strings.begin(), strings.end()), strings.end());
  SpinStrings spin{std::move(strings), {}, OpenTable{}, {}, {}};
  for (const String string : spin.strings) spin.labels.push_back(integrals.label(string));
  spin.table = OpenTable(spin.strings.size());
  for (std::size_t i = 0; i < spin.strings.size(); ++i) spin.table.insert(spin.strings[i], static_cast<std::uint32_t>(i));
  findNeighbours(spin, integrals, options);
  spin.neighbours.shrink_to_fit();
  return spin;
}

/** Where each of `count` groups begins among members whose group is given, and where the last ends. */
std::vector<std::size_t> starts(const std::vector<std::uint32_t>& groupOf, std::size_t count) {
  std::vector<std::size_t> start(count + 1, 0);
  for (const std::uint32_t group : groupOf) ++start[group + 1];
  for (std::size_t k = 0; k < count; ++k) start[k + 1] += start[k];
  return start;
}

}  // namespace

std::span<const SpinStrings::Neighbour> SpinStrings::neighboursOf(std::uint32_t string, std::uint8_t label) const {
  const auto all = neighboursOf(string);
  const auto range = std::equal_range(all.begin(), all.end(), Neighbour{0, label},
                                      [](const Neighbour& a, const Neighbour& b) { return a.label < b.label; });
  return {range.first, range.second};
}

DeterminantSpace::DeterminantSpace(std::vector<Determinant> determinants, const IntegralLists& integrals,
                                   const SpaceOptions& options)
    : determinants_(std::move(determinants)) {
  const std::size_t allowed = options.memoryBytes;
  if (bytes() > allowed) throw DoesNotFit();
  std::vector<String> alpha, beta;
  for (const Determinant& d : determinants_) {
    if (alpha.empty() || alpha.back() != d.alpha) alpha.push_back(d.alpha);
    beta.push_back(d.beta);
  }
  alpha_ = stringsOf(std::move(alpha), integrals, {allowed - bytes(), options.control});
  if (bytes() > allowed) throw DoesNotFit();
  beta_ = stringsOf(std::move(beta), integrals, {allowed - bytes(), options.control});
  table_ = OpenTable(size());
  if (bytes() > allowed) throw DoesNotFit();
  alphaOf_.reserve(size());
  betaOf_.reserve(size());
  for (std::size_t i = 0; i < size(); ++i) {
    if (i % rowsAtOnce == 0) options.control.check();
    alphaOf_.push_back(alpha_.find(determinants_[i].alpha));
    betaOf_.push_back(beta_.find(determinants_[i].beta));
    table_.insert(std::uint64_t{alphaOf_[i]} << 32 | betaOf_[i], static_cast<std::uint32_t>(i));
  }
  firstOfAlpha_ = starts(alphaOf_, alpha_.strings.size());
  firstOfBeta_ = starts(betaOf_, beta_.strings.size());
  std::vector<std::size_t> next = firstOfBeta_;
  ofBeta_.resize(size());
  for (std::size_t i = 0; i < size(); ++i) ofBeta_[next[betaOf_[i]]++] = static_cast<std::uint32_t>(i);
}

std::uint32_t DeterminantSpace::find(const Determinant& d) const {
  const std::uint32_t a = alpha_.find(d.alpha), b = beta_.find(d.beta);
  return a == nowhere || b == nowhere ? nowhere : find(a, b);
}

}  // namespace ansatz
