// Golden: what PyTorch computes in double, from the files that tools/golden/ writes.
//
// Tests run in the source root, so a file is found by its name: golden("optimizers").
#pragma once
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "goodfit/base/setting.hpp"

namespace goodfit {

inline const nlohmann::json& golden(const std::string& name) {
  static std::map<std::string, nlohmann::json> known;
  if (const auto found = known.find(name); found != known.end()) return found->second;
  const std::string path = "tests/golden/" + name + ".json";
  std::ifstream file(path);
  if (!file) throw std::runtime_error("no " + path + " here: run the tests in the source root");
  return known[name] = nlohmann::json::parse(file);
}

// A JSON object as the settings of a recipe, so that a case is read as a user's part would be.
inline Setting setting_from(const nlohmann::json& from) {
  if (from.is_boolean()) return from.get<bool>();
  if (from.is_number_integer()) return from.get<std::int64_t>();
  if (from.is_number()) return from.get<double>();
  if (from.is_string()) return from.get<std::string>();
  if (from.is_array()) {
    Setting::List list;
    for (const auto& item : from) list.push_back(setting_from(item));
    return list;
  }
  Setting table{Setting::Table{}};
  for (const auto& [key, value] : from.items()) table[key] = setting_from(value);
  return table;
}

// The part of a case {"type": …, "settings": {…}}.
inline Setting part_from(const nlohmann::json& from) {
  Setting table = setting_from(from.at("settings"));
  table["type"] = from.at("type").get<std::string>();
  return table;
}

// Each number within `tolerance` of the golden one, relative to it when it is larger than 1.
template <class Numbers>
void expect_near(const Numbers& ours, const nlohmann::json& theirs, double tolerance,
                 const std::string& where) {
  ASSERT_EQ(std::size(ours), theirs.size()) << where;
  for (std::size_t i = 0; i < theirs.size(); ++i) {
    const double wanted = theirs[i].get<double>();
    EXPECT_NEAR(double(ours[i]), wanted, tolerance * std::max(1.0, std::abs(wanted)))
        << where << ", number " << i;
  }
}

}  // namespace goodfit
