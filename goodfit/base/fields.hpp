// The settings table. A part states its settings once, in fields(); reading a recipe, checking
// ranges, writing it back or as C++, `goodfit show` and the reference pages are all derived from
// that.
//
//   struct Dropout {
//     double p = 0.5;
//     static constexpr Card card{"dropout", "Drops units at random in training."};
//     static constexpr auto fields() {
//       return Fields{field("p", &Dropout::p, share, "probability to drop a unit")};
//     }
//   };
//
// Kinds of member: bool, Size, int, std::uint64_t, double, std::string (free or from choices),
// std::vector and std::optional of these, and whatever has `static T read(const Setting&)`,
// `Setting write() const` and `std::string cpp() const`. A component that is a section of a recipe,
// not a part with a type, says `static constexpr bool is_section = true`. A component whose
// settings must also fit each other has `std::string conflict() const`: what does not fit, in one
// line, or nothing.
#pragma once
#include <array>
#include <concepts>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "goodfit/base/error.hpp"
#include "goodfit/base/setting.hpp"
#include "goodfit/base/size.hpp"

namespace goodfit {

struct Card {
  std::string_view key;    // its name in recipes, on the command line and in the reference
  std::string_view about;  // one line
};

// What a number may be. Prints itself, so that an error can quote it.
struct Range {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool without_low = false, without_high = false;

  constexpr bool holds(double x) const {  // NaN is in no range
    return (without_low ? x > low : x >= low) && (without_high ? x < high : x <= high);
  }
  std::string text() const;  // "at least 0 and below 1"
};
constexpr Range within(double low, double high) { return {low, high}; }
constexpr Range at_least(double low) { return {.low = low}; }
constexpr Range above(double low) { return {.low = low, .without_low = true}; }
inline constexpr Range share{0, 1, false, true};  // 0 ≤ x < 1
inline constexpr Range any_number{};

// Up to eight words that a text setting may be; none means any text.
using Choices = std::array<std::string_view, 8>;

struct FieldCard {
  std::string_view key, about;
  Range range;
  Choices choices;
};
template <class Owner, class Member>
struct Field : FieldCard {
  Member Owner::*at;  // its default is the member's own initializer
};
template <class Owner, class Member>
constexpr auto field(std::string_view key, Member Owner::*at, std::string_view about) {
  return Field<Owner, Member>{{key, about, {}, {}}, at};
}
template <class Owner, class Member>
constexpr auto field(std::string_view key, Member Owner::*at, Range range, std::string_view about) {
  return Field<Owner, Member>{{key, about, range, {}}, at};
}
template <class Owner>
constexpr auto field(std::string_view key, std::string Owner::*at, Choices choices,
                     std::string_view about) {
  return Field<Owner, std::string>{{key, about, {}, choices}, at};
}

// The fields of a part, each of a type of its own. No std::tuple: a third of the time that it takes
// to compile a program that uses parts would go into that.
template <std::size_t, class F>
struct FieldAt {
  F field;
};
template <class Places, class... F>
struct FieldsAt;
template <std::size_t... place, class... F>
struct FieldsAt<std::index_sequence<place...>, F...> : FieldAt<place, F>... {
  constexpr explicit FieldsAt(const F&... fields) : FieldAt<place, F>{fields}... {}
  template <class Fn>
  constexpr void each(Fn& fn) const {
    (fn(static_cast<const FieldAt<place, F>&>(*this).field), ...);
  }
  template <class To, class Fn>
  std::array<To, sizeof...(F)> map([[maybe_unused]] Fn fn) const {
    return {fn(static_cast<const FieldAt<place, F>&>(*this).field)...};
  }
  template <class... G>
  constexpr auto with(const G&... more) const;  // these, and behind them others
};
template <class... F>
struct Fields : FieldsAt<std::index_sequence_for<F...>, F...> {
  constexpr Fields(const F&... fields) : FieldsAt<std::index_sequence_for<F...>, F...>(fields...) {}
};
template <std::size_t... place, class... F>
template <class... G>
constexpr auto FieldsAt<std::index_sequence<place...>, F...>::with(const G&... more) const {
  return Fields<F..., G...>(static_cast<const FieldAt<place, F>&>(*this).field..., more...);
}

// Not std::default_initializable: its dozen templates for each part are most of what this concept
// costs a compiler.
template <class C>
concept Component = requires {
  C{};
  { C::card } -> std::convertible_to<Card>;
  C::fields();
};

// A table in memory; code that makes the fields anew at each use would be longer than they are.
template <Component C>
const auto& fields_of() {
  static const auto fields = C::fields();
  return fields;
}
template <Component C, class Fn>
void each_field(Fn fn) {
  fields_of<C>().each(fn);
}

// One setting as text, for `show`, the reference and error messages.
struct FieldText {
  std::string key, kind, standard, allowed, about;
};
std::string allowed_text(const Range& range, const Choices& choices);
template <Component C>
std::vector<FieldText> field_texts();

// Throws Error when a member lies outside its range or choices: "dropout.p = 2 is not allowed: …",
// or when members do not fit each other: "sequence: 2 schedules need 1 milestone, …".
template <Component C>
const C& check(const C& part);

// A part from a table of its settings ("type" is skipped); unknown keys, wrong types and values out
// of range are errors that name the place.
template <Component C>
C read_fields(const Setting& table);

// All settings as a table that begins with `type`; or only those that differ from the defaults.
enum class Which { all, changed };
template <Component C>
Setting write_fields(const C& part, Which which = Which::all);

// As C++, with the members that differ from their defaults: "Dense{.out = 3}".
template <Component C>
std::string cpp_text(const C& part);

}  // namespace goodfit

#include "goodfit/base/fields_inline.hpp"
