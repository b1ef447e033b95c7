#include "goodfit/base/fields.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "goodfit/base/text.hpp"

namespace goodfit {

std::string Range::text() const {
  std::string said;
  if (std::isfinite(low)) said = (without_low ? "above " : "at least ") + number_text(low);
  if (std::isfinite(high))
    said += (said.empty() ? "" : " and ") + std::string(without_high ? "below " : "at most ") +
            number_text(high);
  return said;
}

std::string allowed_text(const Range& range, const Choices& choices) {
  std::string said = range.text();
  for (std::string_view choice : choices)
    if (!choice.empty()) said += (said.empty() ? "" : " | ") + std::string(choice);
  return said;
}

void fail_kind(const Setting& from, std::string_view wanted) {
  fail("{} = {} is not allowed: must be {}", from.place(), from.shown(), wanted);
}

void read_member(const Setting& from, bool& to) {
  const bool* value = std::get_if<bool>(&from.data);
  if (!value) fail_kind(from, "true or false");
  to = *value;
}

void read_member(const Setting& from, Size& to) {
  if (const auto* whole = std::get_if<std::int64_t>(&from.data)) {
    to = *whole;
    return;
  }
  const double* number = std::get_if<double>(&from.data);  // 1e3 is a whole number, too
  if (!number || *number != std::floor(*number) || std::abs(*number) > 9e15)
    fail_kind(from, "a whole number");
  to = Size(*number);
}

void read_member(const Setting& from, int& to) {
  Size wide = 0;
  read_member(from, wide);
  if (wide != int(wide)) fail_kind(from, "a whole number below 2147483648");
  to = int(wide);
}

void read_member(const Setting& from, std::uint64_t& to) {
  Size wide = 0;
  read_member(from, wide);
  if (wide < 0) fail_kind(from, "a whole number, at least 0");
  to = std::uint64_t(wide);
}

void read_member(const Setting& from, double& to) {
  if (const auto* whole = std::get_if<std::int64_t>(&from.data))
    to = double(*whole);
  else if (const double* number = std::get_if<double>(&from.data))
    to = *number;
  else
    fail_kind(from, "a number");
}

void read_member(const Setting& from, std::string& to) {
  if (!from.text()) fail_kind(from, "a text in quotes");
  to = *from.text();
}

void check_number(std::string_view place, double value, const Range& range) {
  if (range.holds(value)) return;
  const std::string allowed = range.text();
  fail("{} = {} is not allowed: must be {}", place, number_text(value),
       allowed.empty() ? "a number" : allowed);
}

void check_text(std::string_view place, const std::string& value, const Choices& choices) {
  if (choices[0].empty()) return;
  std::vector<std::string> names;
  for (std::string_view choice : choices) {
    if (choice == value && !choice.empty()) return;
    if (!choice.empty()) names.emplace_back(choice);
  }
  fail_unknown(place, "choice", value, names);
}

void check_members(std::string_view part, Members members) {
  for (const auto& [field, kind, at] : members)
    kind->check(*field, fmt::format("{}.{}", part, field->key), at);
}

void read_members(std::string_view part, const Setting& table, Members members) {
  if (!table.table()) fail_kind(table, "a table");
  for (const Entry& entry : *table.table()) {
    const std::string& key = entry.key;
    const Setting& setting = entry.value;
    const auto known =
        std::ranges::find_if(members, [&](const Member& m) { return m.field->key == key; });
    if (known != members.end()) {
      known->kind->read(setting, known->at);
      known->kind->check(*known->field, setting.place(), known->at);
    } else if (key != "type") {
      fail_unknown(setting.origin.empty() ? table.place() : setting.origin,
                   "setting of " + std::string(part), key, member_names(members));
    }
  }
  const std::string place = table.place(), before = table.path.empty() ? place : place + ".";
  for (const auto& [field, kind, at] : members)  // what is missing and has no usable default
    kind->check(*field, before + std::string(field->key), at);
}

bool is_changed(const Member& member, const Member& standard) {
  return !(member.kind->write(member.at, Which::all) ==
           standard.kind->write(standard.at, Which::all));
}

Setting write_members(std::string_view type, Members members, Members standard, Which which) {
  Setting table{Setting::Table{}};
  if (!type.empty()) table["type"] = type;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (which == Which::changed && !is_changed(members[i], standard[i])) continue;
    Setting written = members[i].kind->write(members[i].at, which);
    if (!written.is_nothing()) table[members[i].field->key] = std::move(written);
  }
  return table;
}

std::string cpp_of_members(const std::string& type, Members members, Members standard) {
  std::string inside;
  for (std::size_t i = 0; i < members.size(); ++i)
    if (is_changed(members[i], standard[i]))
      inside += fmt::format("{}.{} = {}", inside.empty() ? "" : ", ", members[i].field->key,
                            members[i].kind->cpp(members[i].at));
  return type + "{" + inside + "}";
}

std::vector<FieldText> member_texts(Members standard) {
  std::vector<FieldText> texts;
  for (const auto& [field, kind, at] : standard)
    texts.push_back({std::string(field->key), std::string(kind->name),
                     kind->write(at, Which::changed).shown(),
                     allowed_text(field->range, field->choices), std::string(field->about)});
  return texts;
}

std::vector<std::string> member_names(Members members) {
  std::vector<std::string> names;
  for (const Member& member : members) names.emplace_back(member.field->key);
  return names;
}

}  // namespace goodfit
