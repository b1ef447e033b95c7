// Columns: what each column of a table is, in a line each.
//
//   [data.columns]
//   area  = "number"
//   city  = ["Berlin", "Paris"]      # a category and its values; others are taken alike
//   sold  = "date"                   # or date_dmy, date_mdy; date_time and so on with its clock
//   owner = "key"                    # no feature, but split.group or split.time may name it
//
// boolean: true, yes, y, t, on, 1 and their opposites. ignore: as if it were not there. A table
// without a header line has columns 0, 1, 2, …
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "goodfit/base/setting.hpp"
#include "goodfit/parts/datasets/dates.hpp"

namespace goodfit {

struct Column {
  std::string name = "";
  std::string kind = "number";           // or "category", which has values
  std::vector<std::string> values = {};  // "" among them: a missing one is a value, too

  bool is_date() const { return kind.starts_with("date"); }
  bool has_clock() const { return kind.ends_with("_time"); }
  DateForm date_form() const;
  // The names of its features: none, one, or some of a date.
  std::vector<std::string> features() const;
  // Numbers of values of each feature as a category; 0 for numbers.
  std::vector<Size> sizes() const;
};

struct Columns {
  std::vector<Column> list;

  static constexpr std::string_view kind = "columns";
  static Columns read(const Setting& from);
  Setting write() const;
  std::string cpp() const;  // as an initializer
  std::vector<Size> sizes() const;
};

// 1 or 0 for what people write for yes and no; nothing for other texts.
std::optional<bool> truth_of(std::string_view text);

}  // namespace goodfit
