// How each kind of member is read, written and checked; included by fields.hpp alone.
#pragma once
#include "goodfit/base/fields.hpp"

namespace goodfit {

template <class T>
concept Readable = requires(const Setting& s, const T& t) {
  { T::read(s) } -> std::same_as<T>;
  { t.write() } -> std::convertible_to<Setting>;
};
template <class T>
concept Number = std::is_arithmetic_v<T> && !std::same_as<T, bool>;

void read_member(const Setting& from, bool& to);
void read_member(const Setting& from, Size& to);
void read_member(const Setting& from, int& to);
void read_member(const Setting& from, std::uint64_t& to);
void read_member(const Setting& from, double& to);
void read_member(const Setting& from, std::string& to);
template <Readable T>
void read_member(const Setting& from, T& to) {
  to = T::read(from);
}
[[noreturn]] void fail_kind(const Setting& from, std::string_view wanted);
template <class T>
void read_member(const Setting& from, std::vector<T>& to) {
  if (!from.list()) fail_kind(from, "a list");
  to.clear();
  for (const Setting& item : *from.list()) {
    if constexpr (Readable<T>) {
      to.push_back(T::read(item));
    } else {
      T read{};
      read_member(item, read);
      to.push_back(std::move(read));
    }
  }
}

template <class T>
void read_member(const Setting& from, std::optional<T>& to) {
  if constexpr (Readable<T>)
    to = T::read(from);
  else
    read_member(from, to.emplace());
}

inline Setting write_member(bool value, Which) { return value; }
inline Setting write_member(Size value, Which) { return value; }
inline Setting write_member(int value, Which) { return value; }
inline Setting write_member(std::uint64_t value, Which) { return std::int64_t(value); }
inline Setting write_member(double value, Which) { return value; }
inline Setting write_member(const std::string& value, Which) { return value; }
template <Readable T>
Setting write_member(const T& value, Which which) {
  if constexpr (requires { value.write(which); })
    return value.write(which);
  else
    return value.write();
}
template <class T>
Setting write_member(const std::vector<T>& value, Which which) {
  Setting::List list;
  for (const T& item : value) list.push_back(write_member(item, which));
  return list;
}

template <class T>
Setting write_member(const std::optional<T>& value, Which which) {
  return value ? write_member(*value, which) : Setting{};
}

template <class T>
constexpr std::string_view kind_of() {
  if constexpr (std::same_as<T, bool>)
    return "true or false";
  else if constexpr (std::integral<T>)
    return "whole number";
  else if constexpr (std::floating_point<T>)
    return "number";
  else if constexpr (std::same_as<T, std::string>)
    return "text";
  else if constexpr (requires { T::kind; })
    return T::kind;
  else if constexpr (requires(T value) { value.has_value(); })
    return kind_of<typename T::value_type>();
  else if constexpr (requires { typename T::value_type; })
    return "list";
  else
    return "settings";
}

// Throws when a value is outside its range or choices; `place` is put before the message.
void check_number(std::string_view place, double value, const Range& range);
void check_text(std::string_view place, const std::string& value, const Choices& choices);

template <class F, class T>
void check_member(const F& f, const std::string& place, const T& value) {
  if constexpr (Number<T>)
    check_number(place, double(value), f.range);
  else if constexpr (std::same_as<T, std::string>)
    check_text(place, value, f.choices);
  else if constexpr (requires { value.has_value(); }) {
    if (value) check_member(f, place, *value);
  } else if constexpr (requires { value.begin(); })
    for (const auto& item : value) check_member(f, place, item);
}

template <Component C>
void check_conflict(std::string_view place, const C& part) {
  if constexpr (requires { part.conflict(); })
    if (const std::string said = part.conflict(); !said.empty())
      fail("{}: {}", place.empty() ? C::card.key : place, said);
}

template <Component C>
const C& check(const C& part) {
  each_field<C>([&](const auto& f) {
    check_member(f, fmt::format("{}.{}", C::card.key, f.key), part.*f.at);
  });
  check_conflict(C::card.key, part);
  return part;
}

template <Component C>
std::vector<std::string> field_names() {
  std::vector<std::string> names;
  each_field<C>([&](const auto& f) { names.emplace_back(f.key); });
  return names;
}

template <Component C>
C read_fields(const Setting& table) {
  C part;
  if (!table.table()) fail_kind(table, "a table");
  for (const auto& [key, setting] : *table.table()) {
    bool known = key == "type";
    each_field<C>([&, &key = key, &setting = setting](const auto& f) {
      if (f.key != key) return;
      read_member(setting, part.*f.at);
      check_member(f, setting.place(), part.*f.at);
      known = true;
    });
    if (!known) {
      const std::string what = "setting of " + std::string(C::card.key);
      fail_unknown(setting.origin.empty() ? table.place() : setting.origin, what, key,
                   field_names<C>());
    }
  }
  each_field<C>([&](const auto& f) {  // what is missing and has no usable default
    check_member(f, (table.path.empty() ? table.place() : table.place() + ".") + std::string(f.key),
                 part.*f.at);
  });
  check_conflict(table.place(), part);
  return part;
}

template <Component C>
Setting write_fields(const C& part, Which which) {
  Setting table{Setting::Table{}};
  if constexpr (!requires { C::is_section; }) table["type"] = C::card.key;
  const C standard{};
  each_field<C>([&](const auto& f) {
    if (which == Which::changed &&
        write_member(part.*f.at, Which::all) == write_member(standard.*f.at, Which::all))
      return;
    if (Setting written = write_member(part.*f.at, which); !written.is_nothing())
      table[f.key] = std::move(written);
  });
  return table;
}

template <Component C>
std::vector<FieldText> field_texts() {
  std::vector<FieldText> texts;
  const C standard{};
  each_field<C>([&](const auto& f) {
    using Member = std::remove_cvref_t<decltype(standard.*f.at)>;
    texts.push_back({std::string(f.key), std::string(kind_of<Member>()),
                     write_member(standard.*f.at, Which::changed).shown(),
                     allowed_text(f.range, f.choices), std::string(f.about)});
  });
  return texts;
}

}  // namespace goodfit
