#include "goodfit/base/json.hpp"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "goodfit/base/error.hpp"

namespace goodfit {
namespace {

using Json = nlohmann::ordered_json;
constexpr int json_levels = 200;  // deeper is no setting, and would exhaust the stack

Json json_of(const Setting& setting) {
  if (const auto* truth = std::get_if<bool>(&setting.data)) return *truth;
  if (const auto* whole = std::get_if<std::int64_t>(&setting.data)) return *whole;
  if (const auto* number = std::get_if<double>(&setting.data)) return *number;
  if (setting.text()) return *setting.text();
  if (setting.list()) {
    Json items = Json::array();
    for (const Setting& item : *setting.list()) items.push_back(json_of(item));
    return items;
  }
  if (!setting.table()) return nullptr;
  Json entries = Json::object();
  for (const auto& [key, value] : *setting.table()) entries[key] = json_of(value);
  return entries;
}

Setting setting_of(const Json& json, const std::string& name, int level) {
  if (level > json_levels) fail("{}: lists and tables are nested too deep", name);
  if (json.is_boolean()) return json.get<bool>();
  if (json.is_number_unsigned() &&
      json.get<std::uint64_t>() > std::uint64_t(std::numeric_limits<std::int64_t>::max()))
    return json.get<double>();
  if (json.is_number_integer()) return json.get<std::int64_t>();
  if (json.is_number()) return json.get<double>();
  if (json.is_string()) return json.get<std::string>();
  if (json.is_array()) {
    Setting::List items;
    for (const Json& item : json) items.push_back(setting_of(item, name, level + 1));
    return items;
  }
  if (!json.is_object()) return {};
  Setting::Table entries;
  for (const auto& [key, value] : json.items())
    entries.push_back({key, setting_of(value, name, level + 1)});
  return entries;
}

}  // namespace

std::string to_json(const Setting& setting) {
  return json_of(setting).dump(-1, ' ', false, Json::error_handler_t::replace);
}

Setting from_json(const std::string& text, const std::string& name) {
  try {
    Setting setting = setting_of(Json::parse(text), name, 0);
    setting.located("", name);
    return setting;
  } catch (const Json::parse_error& error) {
    const auto end = text.begin() + std::ptrdiff_t(std::min(error.byte, text.size()));
    const auto line = 1 + std::count(text.begin(), end, '\n');
    fail("{}: this is not JSON: something is wrong or missing in line {} near byte {}", name, line,
         error.byte);
  } catch (const Json::exception&) {  // a number beyond all doubles
    fail("{}: this is not JSON: a number is out of range", name);
  }
}

}  // namespace goodfit
