// How each kind of member is read, written, checked and said in C++; included by fields.hpp alone.
//
// What depends on the part is no more than a list of its members: which setting, of which kind, at
// which place. All else is done once for all parts, in fields.cpp.
#pragma once
#include "goodfit/base/cpp_text.hpp"
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

template <Component C>
std::string cpp_member(const C& part) {
  return cpp_text(part);
}

template <class T>
constexpr std::string_view kind_name() {
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
    return kind_name<typename T::value_type>();
  else if constexpr (requires { typename T::value_type; })
    return "list";
  else
    return "settings";
}

// Throws when a value is outside its range or choices; `place` is put before the message.
void check_number(std::string_view place, double value, const Range& range);
void check_text(std::string_view place, const std::string& value, const Choices& choices);

template <class T>
void check_member(const FieldCard& f, std::string_view place, const T& value) {
  if constexpr (Number<T>)
    check_number(place, double(value), f.range);
  else if constexpr (std::same_as<T, std::string>)
    check_text(place, value, f.choices);
  else if constexpr (requires { value.has_value(); }) {
    if (value) check_member(f, place, *value);
  } else if constexpr (requires { value.begin(); })
    for (const auto& item : value) check_member(f, place, item);
}

// A type of members, without the type.
struct Kind {
  std::string_view name;
  void (*read)(const Setting& from, void* to);
  Setting (*write)(const void* from, Which which);
  void (*check)(const FieldCard& f, std::string_view place, const void* value);
  std::string (*cpp)(const void* from);
};
template <class T>
inline constexpr Kind kind_of{
    kind_name<T>(), [](const Setting& from, void* to) { read_member(from, *static_cast<T*>(to)); },
    [](const void* from, Which which) { return write_member(*static_cast<const T*>(from), which); },
    [](const FieldCard& f, std::string_view place, const void* value) {
      check_member(f, place, *static_cast<const T*>(value));
    },
    [](const void* from) { return cpp_member(*static_cast<const T*>(from)); }};

struct Member {
  const FieldCard* field;
  const Kind* kind;
  void* at;
};
using Members = std::span<const Member>;

template <Component C>
auto members_of(const C& part) {
  // Only a reader of settings writes there, into a part of its own.
  return fields_of<C>().template map<Member>([&]<class T>(const Field<C, T>& f) {
    return Member{&f, &kind_of<T>, const_cast<T*>(&(part.*f.at))};
  });
}

void check_members(std::string_view part, Members members);
void read_members(std::string_view part, const Setting& table, Members members);
Setting write_members(std::string_view type, Members members, Members standard, Which which);
std::string cpp_of_members(const std::string& type, Members members, Members standard);
std::vector<FieldText> member_texts(Members standard);
std::vector<std::string> member_names(Members members);
// Whether a member differs from its default.
bool is_changed(const Member& member, const Member& standard);

template <Component C>
void check_conflict(std::string_view place, const C& part) {
  if constexpr (requires { part.conflict(); })
    if (const std::string said = part.conflict(); !said.empty())
      fail("{}: {}", place.empty() ? C::card.key : place, said);
}

template <Component C>
const C& check(const C& part) {
  check_members(C::card.key, members_of(part));
  check_conflict(C::card.key, part);
  return part;
}

template <Component C>
std::vector<std::string> field_names() {
  return member_names(members_of(C{}));
}

template <Component C>
C read_fields(const Setting& table) {
  C part;
  read_members(C::card.key, table, members_of(part));
  check_conflict(table.place(), part);
  return part;
}

template <Component C>
Setting write_fields(const C& part, Which which) {
  constexpr std::string_view type = requires { C::is_section; }
  ? "" : C::card.key;
  const C standard{};
  return write_members(type, members_of(part), members_of(standard), which);
}

template <Component C>
std::string cpp_text(const C& part) {
  const C standard{};
  return cpp_of_members(type_name(typeid(C)), members_of(part), members_of(standard));
}

template <Component C>
std::vector<FieldText> field_texts() {
  return member_texts(members_of(C{}));
}

}  // namespace goodfit
