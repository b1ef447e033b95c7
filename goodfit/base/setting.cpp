#include "goodfit/base/setting.hpp"

#include <fmt/core.h>

#include "goodfit/base/text.hpp"

namespace goodfit {

// Here and not in the class, where the entries of a table are not yet complete.
Setting::Setting() = default;
Setting::Setting(bool value) : data(value) {}
Setting::Setting(int value) : data(std::int64_t{value}) {}
Setting::Setting(std::int64_t value) : data(value) {}
Setting::Setting(double value) : data(value) {}
Setting::Setting(const char* value) : data(std::string(value)) {}
Setting::Setting(std::string value) : data(std::move(value)) {}
Setting::Setting(std::string_view value) : data(std::string(value)) {}
Setting::Setting(List value) : data(std::move(value)) {}
Setting::Setting(Table value) : data(std::move(value)) {}
Setting::Setting(const Setting&) = default;
Setting::Setting(Setting&&) noexcept = default;
Setting& Setting::operator=(const Setting&) = default;
Setting& Setting::operator=(Setting&&) noexcept = default;
Setting::~Setting() = default;

bool operator==(const Setting& a, const Setting& b) { return a.data == b.data; }

const Setting* Setting::find(std::string_view key) const {
  if (const Table* entries = table())
    for (const Entry& entry : *entries)
      if (entry.key == key) return &entry.value;
  return nullptr;
}

Setting& Setting::operator[](std::string_view key) {
  if (!table()) data = Table{};
  for (Entry& entry : *table())
    if (entry.key == key) return entry.value;
  table()->push_back({std::string(key), {}});
  return table()->back().value;
}

std::string Setting::place() const {
  if (origin.empty() || path.empty()) return origin + path;
  return origin + ": " + path;
}

std::string Setting::shown() const {
  if (const bool* truth = std::get_if<bool>(&data)) return *truth ? "true" : "false";
  if (const auto* whole = std::get_if<std::int64_t>(&data)) return fmt::format("{}", *whole);
  if (const double* number = std::get_if<double>(&data)) return number_text(*number);
  if (text()) return in_quotes(*text());
  std::string inside;
  if (list())
    for (const Setting& item : *list()) inside += (inside.empty() ? "" : ", ") + item.shown();
  if (table())
    for (const auto& [key, value] : *table())
      inside += (inside.empty() ? "" : ", ") + key + " = " + value.shown();
  return list() ? "[" + inside + "]" : table() ? "{" + inside + "}" : "nothing";
}

void Setting::located(const std::string& at, const std::string& from) {
  path = at;
  origin = from;
  if (List* items = std::get_if<List>(&data))
    for (std::size_t i = 0; i < items->size(); ++i)
      (*items)[i].located(fmt::format("{}[{}]", at, i), from);
  if (table())
    for (auto& [key, value] : *table()) value.located(at.empty() ? key : at + "." + key, from);
}

}  // namespace goodfit
