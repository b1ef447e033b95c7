// Part: anything a recipe names, held by value behind the interface of its sort.
//
// A sort (Layer, Optimizer, …) is a Handle to its own Interface; `Holds` supplies what all parts
// share, so that a sort adds only its work.
#pragma once
#include <memory>
#include <string_view>

#include "goodfit/base/fields.hpp"

// Outside, as compilers leave out of a name the namespace they are in.
namespace outside_of_goodfit {

// Whether a type stands in namespace goodfit itself, neither in another one nor in one inside it.
template <class T>
consteval bool stands_in_goodfit() {
  std::string_view name = __PRETTY_FUNCTION__;  // "… [with T = goodfit::Dense]", or "[T = …"
  name.remove_prefix(name.find("T = ") + 4);
  constexpr std::string_view there = "goodfit::";
  return name.starts_with(there) && name.find("::", there.size()) == name.npos;
}

}  // namespace outside_of_goodfit

namespace goodfit {

// A part as text: its card and its settings, for `goodfit show` and the reference.
struct PartText {
  std::string key, about;
  std::vector<FieldText> fields;
};

struct PartInterface {
  virtual ~PartInterface() = default;
  virtual Card card() const = 0;
  virtual Setting write(Which which) const = 0;
  virtual std::string cpp() const = 0;
};

template <class Interface, Component C>
struct Holds : Interface {
  explicit Holds(const C& settings) : part(check(settings)) {}
  Card card() const override { return C::card; }
  Setting write(Which which) const override { return write_fields(part, which); }
  std::string cpp() const override { return cpp_text(part); }
  C part;
};

template <class Interface>
class Handle {
 public:
  std::string_view key() const { return self_->card().key; }
  Setting write(Which which = Which::all) const { return self_->write(which); }
  std::string cpp() const { return self_->cpp(); }  // as a program says it: "Dense{.out = 3}"
  // The settings inside, or nullptr when it holds another part.
  template <Component C>
  const C* as() const {
    const auto* held = dynamic_cast<const Holds<Interface, C>*>(self_.get());
    return held ? &held->part : nullptr;
  }
  friend bool operator==(const Handle& a, const Handle& b) { return a.write() == b.write(); }

 protected:
  explicit Handle(std::shared_ptr<const Interface> self) : self_(std::move(self)) {}
  // Takes over. By its interface, as a shared_ptr to each part's own type would take the compiler
  // half its time.
  explicit Handle(const Interface* part) : self_(part) {}
  // A part behind the interface. Those in namespace goodfit are compiled once, with the catalogue
  // of their sort, which saves each program and test most of its compiler's time; those of a
  // program are compiled where they stand.
  template <class Model, class C>
  static const Interface* made(const C& part) {
    if constexpr (outside_of_goodfit::stands_in_goodfit<C>())
      return compiled<Model>(part);
    else
      return new Model(part);
  }
  template <class Model, class C>  // used, not inlined: its callers are elsewhere
  [[gnu::used, gnu::noinline]] static const Interface* compiled(const C& part);

  std::shared_ptr<const Interface> self_;  // immutable, so copies may share it
};

}  // namespace goodfit
