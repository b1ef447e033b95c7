#include "goodfit/base/catalogue.hpp"

#include <algorithm>

namespace goodfit {

PartSetting part_setting(const Setting& from, std::string_view what,
                         const std::vector<std::string>& known) {
  const auto checked = [&](const std::string& type, const Setting& named) {
    if (std::find(known.begin(), known.end(), type) == known.end())
      fail_unknown(named.place(), what, type, known);
    return type;
  };
  Setting nothing{Setting::Table{}};
  nothing.path = from.path;
  nothing.origin = from.origin;
  if (from.text()) return {checked(*from.text(), from), nothing};
  if (!from.table())
    fail_kind(from, "the name of a " + std::string(what) + " or a table with its type");
  if (const Setting* type = from.find("type")) {
    if (!type->text()) fail_kind(*type, "the name of a " + std::string(what) + " in quotes");
    return {checked(*type->text(), *type), from};
  }
  const Setting::Table& table = *from.table();
  if (table.size() != 1)
    fail("{}: {} needs a type; known: type = \"{}\", …", from.place(), from.shown(), known.front());
  const auto& [key, value] = table.front();
  const std::string type = checked(key, value);
  if (value.table() && !value.find("type")) {
    const bool nested =
        value.table()->size() == 1 &&
        std::find(known.begin(), known.end(), value.table()->front().key) != known.end();
    if (!nested) return {type, value};
  }
  nothing[""] = value;
  return {type, nothing};
}

Setting named(Setting settings, const std::vector<std::string>& names) {
  if (Setting::Table* table = settings.table())
    for (Entry& entry : *table)
      if (entry.key.empty() && !names.empty()) entry.key = names.front();
  return settings;
}

}  // namespace goodfit
