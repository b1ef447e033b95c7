#include "goodfit/train/recipe/group.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace goodfit {
namespace {

bool fits(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern[0] == '*') {
    for (std::size_t skipped = 0; skipped <= text.size(); ++skipped)
      if (fits(pattern.substr(1), text.substr(skipped))) return true;
    return false;
  }
  return !text.empty() && (pattern[0] == '?' || pattern[0] == text[0]) &&
         fits(pattern.substr(1), text.substr(1));
}

}  // namespace

Group Group::read(const Setting& from) { return read_fields<Group>(from); }
Setting Group::write(Which which) const { return write_fields(*this, which); }

bool matches(std::string_view pattern, std::string_view name) {
  for (std::size_t dot = name.find('.'); dot != name.npos; dot = name.find('.', dot + 1))
    if (fits(pattern, name.substr(0, dot))) return true;
  return fits(pattern, name);
}

std::vector<int> groups_of(const std::vector<Group>& groups,
                           const std::vector<std::string>& names) {
  std::vector<int> found(names.size(), -1);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    bool known = false, used = false;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (!matches(groups[g].match, names[i])) continue;
      known = true;
      if (found[i] >= 0) continue;
      used = true;
      found[i] = int(g);
    }
    const std::string place = fmt::format("groups[{}].match", g);
    if (!known) fail_unknown(place, "weight", groups[g].match, names);
    if (!used)
      fail("{} = \"{}\" never counts: groups before it have all its weights", place,
           groups[g].match);
  }
  return found;
}

}  // namespace goodfit
