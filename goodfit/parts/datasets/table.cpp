#include "goodfit/parts/datasets/table.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <map>

#include "goodfit/base/text.hpp"
#include "goodfit/parts/datasets/check_data.hpp"
#include "goodfit/parts/datasets/csv_classes.hpp"
#include "goodfit/parts/datasets/json_rows.hpp"
#include "goodfit/parts/datasets/table_format.hpp"

namespace goodfit {
namespace {

constexpr float missing = std::numeric_limits<float>::quiet_NaN();

// Values that a column does not know.
struct Strangers {
  Size count = 0;
  std::string first;
};

// Turns the fields of rows into features, each by what its column is.
class Reader {
 public:
  Reader(const Table& table, const TableFormat& format, const Wanted& wanted)
      : table_(table), format_(format), wanted_(wanted), strangers_(table.columns.list.size()) {
    const auto& columns = table.columns.list;
    for (const Column& column : columns) {
      places_.push_back(
          column.features().empty() && column.kind != "key" ? -1 : place_of(column.name, format));
      auto& numbers = numbers_.emplace_back();
      for (const std::string& value : column.values)
        numbers.emplace(value, Size(numbers.size()) + 1);
    }
    names_.header = format.header;
    names_.names = format.header ? format.names : std::vector<std::string>{};
    names_.count = Size(format.names.size());
    if (const Size at = target_place(format); at >= 0) names_.target = at;
  }

  const CsvColumns& names() const { return names_; }

  void read(const CsvRows& rows, std::vector<float>& to) {
    if (Size(rows.fields().size()) != names_.count)
      fail("{}: has {} fields, the first line has {}", rows.place(), rows.fields().size(),
           names_.count);
    for (std::size_t i = 0; i < places_.size(); ++i) {
      if (places_[i] < 0) continue;
      const Column& column = table_.columns.list[i];
      const std::string_view field = trimmed(rows.fields()[std::size_t(places_[i])]);
      if (!column.values.empty())
        to.push_back(float(category(i, format_.is_missing(field) ? "" : field)));
      else if (column.kind == "key")
        keys_[column.name].push_back(key(column.name, field));
      else
        number(rows, i, field, to);
    }
  }

  std::map<std::string, std::vector<double>> take_keys() { return std::move(keys_); }

  std::vector<std::string> remarks(Size rows) const {
    std::vector<std::string> said;
    for (std::size_t i = 0; i < strangers_.size(); ++i)
      if (const Strangers& them = strangers_[i]; them.count > 0)
        said.push_back(fmt::format(
            "{}: {} of {} rows have a value that the model does not know, first {}; it is taken "
            "as any other rare one",
            called(i), them.count, rows, shortened(them.first)));
    return said;
  }

 private:
  std::string called(std::size_t i) const {
    return "column " + shortened(table_.columns.list[i].name);
  }

  Size target_place(const TableFormat& format) const {
    const auto& names = format.names;
    const auto at = std::find(names.begin(), names.end(), table_.target);
    const bool by_number = !format.header && shifted(format);
    if (at != names.end() && !by_number) return at - names.begin();
    if (wanted_.target == Wanted::Target::none) return -1;
    const std::string near = nearest(table_.target, names);
    fail("{}:1: there is no target column {}{}", table_.path, in_quotes(table_.target),
         near.empty() ? "; the last one is " + in_quotes(names.back())
                      : "; did you mean " + in_quotes(near) + "?");
  }

  // Without names the target lacks when there is one column less than the table had.
  bool shifted(const TableFormat& format) const {
    return wanted_.target == Wanted::Target::none &&
           format.names.size() == table_.columns.list.size();
  }

  Size place_of(const std::string& name, const TableFormat& format) const {
    const auto& all = table_.columns.list;
    if (!format.header) {
      if (format.names.size() != all.size() + 1 && !shifted(format))
        fail("{}:1: has {} columns, the model was made for {}", table_.path, format.names.size(),
             all.size() + 1);
      if (shifted(format))
        return std::find_if(all.begin(), all.end(),
                            [&](const Column& c) { return c.name == name; }) -
               all.begin();
    }
    const auto at = std::find(format.names.begin(), format.names.end(), name);
    if (at != format.names.end()) return at - format.names.begin();
    const std::string near = nearest(name, format.names);
    fail("{}:1: there is no column {}, which the model takes{}", table_.path, in_quotes(name),
         near.empty() ? "" : "; did you call it " + in_quotes(near) + "?");
  }

  Size category(std::size_t i, std::string_view value) {
    const auto at = numbers_[i].find(value);
    if (at != numbers_[i].end()) return at->second;
    if (strangers_[i].count++ == 0) strangers_[i].first = value;
    return 0;
  }

  // Texts of a key are numbered as they come, below all numbers that are likely.
  double key(const std::string& name, std::string_view field) {
    double value = 0;
    if (format_.number(field, value) == CsvField::number) return value;
    if (const auto days = days_of(field, DateForm::ymd)) return *days;
    auto& known = key_texts_[name];
    return -1e9 - double(known.emplace(field, known.size()).first->second);
  }

  void number(const CsvRows& rows, std::size_t i, std::string_view field, std::vector<float>& to) {
    const Column& column = table_.columns.list[i];
    const std::size_t width = column.is_date() ? column.features().size() : 1;
    double value = 0;
    CsvField kind = format_.number(field, value);
    if (kind == CsvField::missing && wanted_.missing) {
      to.insert(to.end(), width, missing);
      return;
    }
    if (kind == CsvField::missing)
      fail("{}: {}: the value is missing; begin the model with table_inputs, or fill it in",
           rows.place(), called(i));
    if (column.is_date()) {
      const auto days = days_of(field, column.date_form());
      if (!days)
        fail("{}: {}: {} is not a date such as {}", rows.place(), called(i), shortened(field),
             column.date_form() == DateForm::ymd   ? "2021-03-31"
             : column.date_form() == DateForm::dmy ? "31.3.2021"
                                                   : "3/31/2021");
      add_date(*days, column.has_clock(), to);
      return;
    }
    if (column.kind == "boolean") {
      const auto truth = truth_of(field);
      if (!truth)
        fail("{}: {}: {} is neither true nor false", rows.place(), called(i), shortened(field));
      value = *truth;
    } else {
      check_number_field(kind, rows, names_, places_[i]);
    }
    to.push_back(float(value));
  }

  const Table& table_;
  const TableFormat& format_;
  const Wanted& wanted_;
  CsvColumns names_;
  std::vector<Size> places_;  // of each column in the file; -1 where it is not looked at
  std::vector<std::map<std::string, Size, std::less<>>> numbers_;  // of values of categories
  std::map<std::string, std::map<std::string, std::size_t, std::less<>>> key_texts_;
  std::map<std::string, std::vector<double>> keys_;
  std::vector<Strangers> strangers_;
};

float target_number(const CsvRows& rows, const CsvColumns& names, const TableFormat& format) {
  double value = 0;
  const CsvField kind = format.number(rows.fields()[std::size_t(names.target)], value);
  check_number_field(kind, rows, names, names.target);
  return float(value);
}

}  // namespace

Data Table::load(const Wanted& wanted) const {
  if (path.empty()) fail("table.path is missing: must name a file");
  return parse(read_table_text(path), wanted);
}

Data Table::parse(std::string_view text, const Wanted& wanted) const {
  if (columns.sizes().empty())
    fail("table.columns says of no column what it is; goodfit new {} writes a recipe that does",
         path);
  if (target.empty() && wanted.target != Wanted::Target::none)
    fail("table.target is missing: must name the column to predict");
  const TableFormat format = table_format(text, *this);
  Reader reader(*this, format, wanted);
  CsvRows rows(text, format.delimiter, path);
  rows.next();
  if (format.header && !rows.next()) fail("{}: has a header line and no data below it", path);

  const bool with_target = wanted.target != Wanted::Target::none;
  CsvClasses classes(wanted.classes);
  Data data;
  Size left_out = 0, count = 0;
  do {
    if (with_target && Size(rows.fields().size()) == reader.names().count &&
        format.is_missing(rows.fields()[std::size_t(reader.names().target)])) {
      ++left_out;
      continue;
    }
    reader.read(rows, data.train.features);
    ++count;
    if (with_target)
      data.train.targets.push_back(wanted.target == Wanted::Target::classes
                                       ? classes.add(rows, reader.names())
                                       : target_number(rows, reader.names(), format));
  } while (rows.next());
  if (count == 0) fail("{}: the target column {} is empty in all rows", path, in_quotes(target));

  data.train.target_width = with_target ? 1 : 0;
  for (const Column& column : columns.list)
    for (const std::string& name : column.features()) data.features.push_back(name);
  data.train.shape = {Size(data.features.size())};
  if (wanted.target == Wanted::Target::classes)
    data.classes = classes.sort(data.train.targets, rows, reader.names());
  data.keys = reader.take_keys();
  data.remarks = reader.remarks(count);
  if (left_out > 0)
    data.remarks.push_back(fmt::format("{} rows without a target were left out", left_out));
  check_data(data, wanted, path);
  return data;
}

}  // namespace goodfit
