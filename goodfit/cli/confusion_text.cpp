#include "goodfit/cli/confusion_text.hpp"

#include <fmt/core.h>

#include "goodfit/base/text.hpp"
#include "goodfit/cli/table.hpp"
#include "goodfit/cli/terminal.hpp"

namespace goodfit {
namespace {

constexpr Size most_classes = 20;
constexpr std::size_t most_mistakes = 20, head_width = 10;

std::string percent(Size part, Size whole) {
  return whole == 0 ? "-" : fmt::format("{:.1f} %", 100.0 * double(part) / double(whole));
}

std::string matrix(const Confusion& confusion, const std::vector<std::string>& names) {
  std::vector<TableRow> rows{{"target \\ found"}};
  for (const std::string& name : names) rows[0].emplace_back(fitted(name, head_width));
  rows[0].emplace_back("right");
  for (Size target = 0; target < confusion.classes; ++target) {
    TableRow row{names[std::size_t(target)]};
    for (Size found = 0; found < confusion.classes; ++found) {
      const Size count = confusion.at(target, found);
      row.push_back(count == 0 ? "." : fmt::format("{}", count));
    }
    row.push_back(percent(confusion.at(target, target), confusion.samples_of(target)));
    rows.push_back(std::move(row));
  }
  return table_text(rows);
}

std::string mistakes(const Confusion& confusion, const std::vector<std::string>& names) {
  struct Mistake {
    Size target, found, count;
  };
  std::vector<Mistake> all;
  for (Size target = 0; target < confusion.classes; ++target)
    for (Size found = 0; found < confusion.classes; ++found)
      if (const Size count = confusion.at(target, found); target != found && count > 0)
        all.push_back({target, found, count});
  std::stable_sort(all.begin(), all.end(),
                   [](const Mistake& a, const Mistake& b) { return a.count > b.count; });
  std::vector<TableRow> rows{{"target", "found", "times", "of the target's"}};
  for (const Mistake& one : all) {
    if (rows.size() > most_mistakes) break;
    rows.push_back({names[std::size_t(one.target)], names[std::size_t(one.found)],
                    fmt::format("{}", one.count),
                    percent(one.count, confusion.samples_of(one.target))});
  }
  return fmt::format("{} classes; the most frequent mistakes, --json has all:\n{}",
                     confusion.classes, table_text(rows));
}

}  // namespace

std::vector<std::string> class_names(const Confusion& confusion, std::vector<std::string> known) {
  for (std::size_t i = known.size(); i < std::size_t(confusion.classes); ++i)
    known.push_back(fmt::format("{}", i));
  return known;
}

std::string confusion_text(const Confusion& confusion, std::vector<std::string> names) {
  for (std::string& name : names)  // a class may be a line break
    if (const std::string safe = in_quotes(name); safe.size() > name.size() + 2 || name == " ")
      name = safe;
  return confusion.classes > most_classes ? mistakes(confusion, names) : matrix(confusion, names);
}

Setting to_setting(const Confusion& confusion) {
  Setting::List rows;
  for (Size target = 0; target < confusion.classes; ++target) {
    Setting::List row;
    for (Size found = 0; found < confusion.classes; ++found)
      row.emplace_back(std::int64_t(confusion.at(target, found)));
    rows.emplace_back(std::move(row));
  }
  return rows;
}

}  // namespace goodfit
