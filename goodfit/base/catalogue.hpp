// A list of parts of one sort: the only place where a new one is named.
#pragma once
#include <algorithm>

#include "goodfit/base/part.hpp"

namespace goodfit {

// The type and the settings of a part, whichever way a recipe wrote it:
//   { type = "dense", out = 512 }    { dense = 512 }    { dense = { out = 512 } }    "relu"
// `known` are the names of the catalogue; `what` names the sort in errors. The settings of the
// short form with one bare value have that value under the key "".
struct PartSetting {
  std::string type;
  Setting settings;
};
PartSetting part_setting(const Setting& from, std::string_view what,
                         const std::vector<std::string>& known);
// The settings, with the bare value under the first of these names.
Setting named(Setting settings, const std::vector<std::string>& names);

template <class Any, Component... Things>
struct Catalogue {
  template <class Fn>
  static void each(Fn fn) {
    (fn.template operator()<Things>(), ...);
  }

  static std::vector<std::string> names() { return {std::string(Things::card.key)...}; }

  static std::vector<PartText> texts() {
    return {PartText{std::string(Things::card.key), std::string(Things::card.about),
                     field_texts<Things>()}...};
  }

  // Throws Error when the type or a setting is unknown or not allowed.
  static Any read(const Setting& from, std::string_view what) {
    static constexpr Reader readers[] = {
        {&field_names<Things>, [](const Setting& s) -> Any { return read_fields<Things>(s); }}...};
    const std::vector<std::string> known = names();
    const PartSetting part = part_setting(from, what, known);
    const Reader& reader = readers[std::ranges::find(known, part.type) - known.begin()];
    return reader.read(named(part.settings, reader.names()));
  }

 private:
  struct Reader {
    std::vector<std::string> (*names)();
    Any (*read)(const Setting& settings);
  };
};

}  // namespace goodfit
