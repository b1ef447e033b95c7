// A recipe as C++: each aggregate with the members that differ from their defaults, in the order of
// its fields(), which is the order of its members.
#include <cxxabi.h>

#include <cmath>
#include <cstdlib>
#include <typeinfo>

#include "goodfit/base/text.hpp"
#include "goodfit/goodfit.hpp"

namespace goodfit {
namespace {

constexpr std::size_t widest = 96;  // of a line that is not broken

std::string value_text(bool value) { return value ? "true" : "false"; }
template <std::integral T>
std::string value_text(T value) {
  return fmt::format("{}", value);
}
std::string value_text(double value) {
  if (std::isinf(value)) return value < 0 ? "-INFINITY" : "INFINITY";
  return number_text(value);
}
std::string value_text(const std::string& value) { return in_quotes(value); }
std::string value_text(const LrFunction& value) { return in_quotes(value.text()); }
std::string value_text(const Columns& value) { return value.cpp(); }
template <std::size_t Axes, bool Words>
std::string value_text(const PerAxis<Axes, Words>& value) {
  return value.cpp();
}

template <class Sort>
struct CatalogueOf;
template <>
struct CatalogueOf<Dataset> {
  using List = Datasets;
};
template <>
struct CatalogueOf<Transform> {
  using List = Transforms;
};
template <>
struct CatalogueOf<Layer> {
  using List = Layers;
};
template <>
struct CatalogueOf<Loss> {
  using List = Losses;
};
template <>
struct CatalogueOf<Regularizer> {
  using List = Regularizers;
};
template <>
struct CatalogueOf<GradientRule> {
  using List = GradientRules;
};
template <>
struct CatalogueOf<Optimizer> {
  using List = Optimizers;
};
template <>
struct CatalogueOf<Schedule> {
  using List = Schedules;
};
template <>
struct CatalogueOf<Metric> {
  using List = Metrics;
};
template <>
struct CatalogueOf<Parametrization> {
  using List = Parametrizations;
};
template <>
struct CatalogueOf<Initializer> {
  using List = Initializers;
};
template <class T>
concept Sort = requires {
  typename CatalogueOf<T>::List;
};

template <Sort S>
std::string value_text(const S& part);
template <Component C>
std::string value_text(const C& part);
template <class T>
std::string value_text(const std::optional<T>& value) {
  return value ? value_text(*value) : "{}";
}
template <class T>
std::string value_text(const std::vector<T>& values) {
  std::string inside;
  for (const T& value : values) inside += (inside.empty() ? "" : ", ") + value_text(value);
  return "{" + inside + "}";
}
// {} would mean no list at all.
std::string value_text(const std::optional<std::vector<Regularizer>>& value) {
  return value ? "std::vector<Regularizer>" + value_text(*value) : "{}";
}

// The name of a type without its namespace: "AdamW", which its key "adamw" does not tell.
template <class T>
std::string type_name() {
  int status = 0;
  char* demangled = abi::__cxa_demangle(typeid(T).name(), nullptr, nullptr, &status);
  const std::string full = demangled ? demangled : typeid(T).name();
  std::free(demangled);
  return full.substr(full.rfind(':') + 1);
}

// How members of one type are written, without the type.
using Writer = std::string (*)(const void*);
template <class T>
std::string written(const void* value) {
  return value_text(*static_cast<const T*>(value));
}

std::string aggregate_text(const std::string& type, Members members, Members standard,
                           std::span<const Writer> writers) {
  std::string inside;
  for (std::size_t i = 0; i < members.size(); ++i)
    if (is_changed(members[i], standard[i]))
      inside += fmt::format("{}.{} = {}", inside.empty() ? "" : ", ", members[i].field->key,
                            writers[i](members[i].at));
  return type + "{" + inside + "}";
}

template <Component C>
std::string value_text(const C& part) {
  const auto writers = fields_of<C>().template map<Writer>(
      []<class T>(const Field<C, T>&) -> Writer { return &written<T>; });
  const C standard{};
  return aggregate_text(type_name<C>(), members_of(part), members_of(standard), writers);
}

template <Sort S>
std::string value_text(const S& part) {
  std::string said;
  CatalogueOf<S>::List::template each([&]<class Part>() {
    if (const Part* settings = part.template as<Part>()) said = value_text(*settings);
  });
  // A part of the user's own: only its key is known.
  return said.empty() ? camel_case(part.key()) + "{}" : said;
}

template <class T>
std::string member_text(std::string_view, const T& value) {
  return value_text(value);
}
std::string member_text(std::string_view key, const std::vector<Layer>& layers) {
  std::string line = value_text(layers);
  if (line.size() + key.size() < widest - 10) return line;
  line = "{\n";
  for (const Layer& layer : layers) line += "          " + value_text(layer) + ",\n";
  return line + "      }";
}
std::string member_text(std::string_view, const Schedule& lr) {
  const auto* constant = lr.as<ConstantSchedule>();
  return constant ? value_text(constant->value) : value_text(lr);
}

}  // namespace

std::string recipe_cpp(const Recipe& recipe) {
  const Recipe standard;
  std::string members;
  each_field<Recipe>([&](const auto& f) {
    if (!(write_member(recipe.*f.at, Which::all) == write_member(standard.*f.at, Which::all)))
      members += fmt::format("      .{} = {},\n", f.key, member_text(f.key, recipe.*f.at));
  });
  return "#include <goodfit/goodfit.hpp>\n"
         "#include <iostream>\n"
         "using namespace goodfit;\n"
         "\n"
         "int main() {\n"
         "  const Recipe recipe{\n" +
         members +
         "  };\n"
         "  const Run run = train(recipe);\n"
         "  for (const auto& [name, score] : run.best_scores)\n"
         "    std::cout << name << \" \" << score << '\\n';\n"
         "  run.save(\"model.safetensors\");\n"
         "}\n";
}

}  // namespace goodfit
