#include "goodfit/parts/datasets/libsvm.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "goodfit/base/machine.hpp"
#include "goodfit/parts/datasets/check_data.hpp"
#include "goodfit/parts/datasets/csv_columns.hpp"
#include "goodfit/parts/datasets/gzip.hpp"
#include "goodfit/parts/datasets/number_classes.hpp"

namespace goodfit {
namespace {

constexpr std::string_view blanks = " \t\r";

struct Rows {
  std::string name = {};
  std::vector<double> labels = {};
  std::vector<Size> lines = {};                             // of the file, where each row stands
  std::vector<std::size_t> ends = {};                       // of each row in the pairs
  std::vector<std::pair<std::uint32_t, float>> pairs = {};  // index from 0, value
  Size width = 0;                                           // one more than the highest index

  std::string place(std::size_t row) const { return fmt::format("{}:{}", name, lines[row]); }
};

double number_of(std::string_view text, const std::string& place, std::string_view what) {
  double value = 0;
  const CsvField kind = csv_number(text, value);
  if (kind == CsvField::number) return value;
  fail("{}: the {} {} is {}", place, what, shortened(text),
       kind == CsvField::text || kind == CsvField::missing ? "not a number"
       : kind == CsvField::not_finite                      ? "not a finite number"
                                                           : "out of range: must be below 3.4e38");
}

class Parser {
 public:
  // `most` features may be there; 0 allows any number. Labels are left out when nobody wants them.
  Parser(std::string name, Size most, bool with_labels)
      : most_(most > 0 ? most : Size(1e8)), given_(most > 0), with_labels_(with_labels) {
    rows_.name = std::move(name);
  }

  Rows parse(std::string_view text) {
    for (Size line = 1; !text.empty(); ++line) {
      const std::size_t end = std::min(text.size(), text.find('\n'));
      std::string_view one = text.substr(0, end);
      text.remove_prefix(std::min(text.size(), end + 1));
      one = one.substr(0, one.find('#'));
      place_line_ = line;
      if (one.find_first_not_of(blanks) != one.npos) add(one);
    }
    if (rows_.labels.empty())
      fail("{}: is empty; a row such as \"1 3:0.5 7:2\" for each sample is needed", rows_.name);
    return std::move(rows_);
  }

 private:
  std::string place() const { return fmt::format("{}:{}", rows_.name, place_line_); }

  static std::string_view next(std::string_view& from) {
    from.remove_prefix(std::min(from.size(), from.find_first_not_of(blanks)));
    const std::string_view word = from.substr(0, from.find_first_of(blanks));
    from.remove_prefix(word.size());
    return word;
  }

  void add(std::string_view line) {
    const std::string_view label = next(line);
    if (label.find(':') != label.npos)
      fail("{}: begins with {}; the label comes first, as in \"1 3:0.5 7:2\"", place(),
           shortened(label));
    rows_.labels.push_back(with_labels_ ? number_of(label, place(), "label") : 0);
    rows_.lines.push_back(place_line_);
    Size before = 0;
    for (std::string_view word = next(line); !word.empty(); word = next(line))
      if (!word.starts_with("qid:")) before = add_pair(word, before);
    rows_.ends.push_back(rows_.pairs.size());
  }

  Size add_pair(std::string_view word, Size before) {
    const std::size_t colon = word.find(':');
    Size index = 0;
    const char* end = word.data() + std::min(colon, word.size());
    const auto [stop, error] = std::from_chars(word.data(), end, index);
    if (colon == word.npos || stop != end || error != std::errc())
      fail("{}: {} is no feature; they are written index:value, as 3:0.5", place(),
           shortened(word));
    if (index < 1) fail("{}: the index {} is not allowed: indices count from 1", place(), index);
    if (index <= before)
      fail("{}: the index {} comes after {}; indices must rise within a row", place(), index,
           before);
    if (index > most_)
      fail("{}: the index {} is not allowed: {} {} features", place(), index,
           given_ ? "there are" : "at most", most_);
    const double value = number_of(word.substr(colon + 1), place(), "value");
    if (value != 0) rows_.pairs.emplace_back(std::uint32_t(index - 1), float(value));
    rows_.width = std::max(rows_.width, index);
    return index;
  }

  const Size most_;
  const bool given_, with_labels_;
  Size place_line_ = 0;
  Rows rows_;
};

Samples dense(const Rows& rows, Size width) {
  Samples samples{.shape = {width}};
  check_memory(Size(rows.labels.size()), samples.shape, rows.name, "leave features out before");
  samples.features = zeros_for(rows.labels.size() * std::size_t(width));
  std::size_t pair = 0;
  for (std::size_t row = 0; row < rows.labels.size(); ++row)
    for (; pair < rows.ends[row]; ++pair)
      samples.features[row * std::size_t(width) + rows.pairs[pair].first] = rows.pairs[pair].second;
  for (const double label : rows.labels) samples.targets.push_back(float(label));
  return samples;
}

}  // namespace

Data Libsvm::load(const Wanted& wanted) const {
  if (path.empty()) fail("libsvm.path is missing: must name a file");
  // A file to predict for comes alone.
  const bool alone = test.empty() || wanted.width != 0;
  return parse(read_maybe_gzip(path), alone ? "" : read_maybe_gzip(test), wanted);
}

Data Libsvm::parse(std::string_view text, std::string_view test_text, const Wanted& wanted) const {
  const Size given = wanted.width != 0 ? wanted.width : features;
  const bool with_labels = wanted.target != Wanted::Target::none;
  std::vector<Rows> sets{Parser(path, given, with_labels).parse(text)};
  if (!test_text.empty()) sets.push_back(Parser(test, given, with_labels).parse(test_text));
  Size width = given;
  for (const Rows& rows : sets) width = std::max(width, rows.width);
  if (width == 0) fail("{}: has no features; they are written index:value, as 3:0.5", path);
  Data data;
  data.train = dense(sets.front(), width);
  if (sets.size() > 1) data.test = dense(sets.back(), width);
  if (!with_labels) data.train.targets.clear(), data.train.target_width = 0;
  data.classes = wanted.classes;
  if (wanted.target == Wanted::Target::classes) {
    const auto place = [](const Rows& rows) {
      return [&rows](std::size_t row) { return rows.place(row); };
    };
    number_classes(data.train, data.classes, place(sets.front()));
    if (data.test) number_classes(*data.test, data.classes, place(sets.back()));
  }
  check_data(data, wanted, path);
  return data;
}

}  // namespace goodfit
