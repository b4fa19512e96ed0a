#pragma once
#include <map>
#include <memory>

#include "addon.hpp"
#include "ansatz/fock.hpp"
#include "ansatz/molecular_grid.hpp"
#include "ansatz/reaction_field.hpp"
#include "ansatz/scf.hpp"

namespace ansatz::addon {

/** Integrals over a basis, which they need for as long as they live. */
struct IntegralEngine {
  CartesianBasis basis;
  FockBuilder fock;

  IntegralEngine(const CartesianBasis& b, const FockOptions& options) : basis(b), fock(basis, options), options_(options) {}

  /** With exchange by this repulsion, whose integrals are kept too until another is asked for. */
  CoulombExchangeBuilder& withExchange(const Repulsion& repulsion) {
    if (repulsion.isCoulomb()) return fock;
    if (!apart_ || apart_->repulsion() != repulsion) {
      FockOptions own = options_;
      own.repulsion = repulsion;
      apart_ = std::make_unique<ApartExchange>(fock, basis, own);
    }
    return *apart_;
  }

 private:
  FockOptions options_;
  std::unique_ptr<ApartExchange> apart_;
};

/** What a JavaScript handle owns: a system and, while it is open, its integral engine, which systems of other electrons share. */
struct SystemHandle {
  System system;
  FockOptions options;
  std::shared_ptr<IntegralEngine> integrals;
  /** Of no use where it has no radii: the gas phase. */
  Solvent solvent;
  /** Made once for all electrons. */
  std::shared_ptr<ReactionField> reaction;
  /** Keeps the memory that options.control points to. */
  Napi::ObjectReference controlBlock;

  const std::shared_ptr<IntegralEngine>& sharedEngine() {
    if (!integrals) integrals = std::make_shared<IntegralEngine>(system.basis, options);
    return integrals;
  }

  FockBuilder& engine() { return sharedEngine()->fock; }

  /** Null in the gas phase. */
  const std::shared_ptr<ReactionField>& reactionField() {
    if (!reaction && !solvent.radii.empty())
      reaction = std::make_shared<ReactionField>(system.basis, system.nuclei, solvent, options);
    return reaction;
  }

  /** Made once for all fields. */
  const std::shared_ptr<const MolecularGrid>& grid(GridLevel level) {
    std::shared_ptr<const MolecularGrid>& found = grids[level];
    if (!found) found = std::make_shared<MolecularGrid>(molecularGrid(system.nuclei, {level, options.threads, options.control}));
    return found;
  }

 private:
  std::map<GridLevel, std::shared_ptr<const MolecularGrid>> grids;
};

/** The handle `options.system` made by openSystem. */
inline SystemHandle& systemHandle(const Napi::Object& options) {
  const Napi::Value value = options.Get("system");
  if (!value.IsExternal()) throw Napi::TypeError::New(options.Env(), "system: expected a handle from openSystem");
  return *value.As<Napi::External<SystemHandle>>().Data();
}

inline Matrix matrix(const Napi::Object& options, const char* key, int rows) {
  const auto view = doubles(options, key);
  Matrix m(rows, rows > 0 ? static_cast<int>(view.size()) / rows : 0);
  std::copy(view.begin(), view.begin() + static_cast<std::ptrdiff_t>(m.data.size()), m.data.begin());
  return m;
}

}  // namespace ansatz::addon
