#pragma once
#include <memory>

#include "addon.hpp"
#include "ansatz/fock.hpp"
#include "ansatz/scf.hpp"

namespace ansatz::addon {

/** What a JavaScript handle owns: a system and, while it is open, its integral engine. */
struct SystemHandle {
  System system;
  FockOptions options;
  std::unique_ptr<FockBuilder> fock;
  /** Keeps the memory that options.control points to. */
  Napi::ObjectReference controlBlock;

  FockBuilder& engine() {
    if (!fock) fock = std::make_unique<FockBuilder>(system.basis, options);
    return *fock;
  }
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
