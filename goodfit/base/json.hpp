// JSON: settings as one line of JSON and back, in the order of their keys.
#pragma once
#include <string>

#include "goodfit/base/setting.hpp"

namespace goodfit {

// One line. What JSON cannot say (nothing, NaN, ±∞) becomes null.
std::string to_json(const Setting& setting);

// `name` says where the text came from, for errors: "record.jsonl:3: …".
Setting from_json(const std::string& text, const std::string& name);

}  // namespace goodfit
