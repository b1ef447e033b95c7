// Settings as C++: what a program writes behind `.key = `. Included by fields_inline.hpp.
//
//   true   0.5   "same"   {1, 2}   Dense{.out = 3}
//
// A kind of member of its own says it with `std::string cpp() const`.
#pragma once
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <typeinfo>
#include <vector>

#include "goodfit/base/size.hpp"

namespace goodfit {

// The name of a type without its namespace: "AdamW", which its key "adamw" does not tell.
std::string type_name(const std::type_info& type);

template <class T>
concept SaysCpp = requires(const T& value) {
  { value.cpp() } -> std::same_as<std::string>;
};

std::string cpp_member(bool value);
std::string cpp_member(Size value);
std::string cpp_member(int value);
std::string cpp_member(std::uint64_t value);
std::string cpp_member(double value);
std::string cpp_member(const std::string& value);
template <SaysCpp T>
std::string cpp_member(const T& value) {
  return value.cpp();
}
template <class T>
std::string cpp_member(const std::vector<T>& values) {
  std::string inside;
  for (const auto& value : values) inside += (inside.empty() ? "" : ", ") + cpp_member(value);
  return "{" + inside + "}";
}
template <class T>
std::string cpp_member(const std::optional<T>& value) {
  return value ? cpp_member(*value) : "{}";
}
// {} would mean no list at all.
template <SaysCpp T>
std::string cpp_member(const std::optional<std::vector<T>>& value) {
  return value ? "std::vector<" + type_name(typeid(T)) + ">" + cpp_member(*value) : "{}";
}

}  // namespace goodfit
