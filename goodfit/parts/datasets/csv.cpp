#include "goodfit/parts/datasets/csv.hpp"

#include "goodfit/parts/datasets/check_data.hpp"
#include "goodfit/parts/datasets/csv_classes.hpp"
#include "goodfit/parts/datasets/gzip.hpp"
#include "goodfit/parts/datasets/table_format.hpp"

namespace goodfit {
namespace {

void read_features(const CsvRows& rows, const CsvColumns& columns, std::vector<float>& to) {
  const auto& fields = rows.fields();
  for (Size column = 0; column < columns.count; ++column) {
    if (column == columns.target) continue;
    double value = 0;
    const CsvField kind = csv_number(fields[std::size_t(column)], value);
    if (kind != CsvField::number) check_number_field(kind, rows, columns, column);
    to.push_back(float(value));
  }
}

float read_number(const CsvRows& rows, const CsvColumns& columns) {
  double value = 0;
  const CsvField kind = csv_number(rows.fields()[std::size_t(columns.target)], value);
  check_number_field(kind, rows, columns, columns.target);
  return float(value);
}

bool blank(std::string_view field) { return field.find_first_not_of(" \t") == field.npos; }

}  // namespace

Data Csv::load(const Wanted& wanted) const {
  if (path.empty()) fail("csv.path is missing: must name a file");
  return parse(read_maybe_gzip(path), wanted);
}

Data Csv::parse(std::string_view text, const Wanted& wanted) const {
  CsvRows rows(text, delimiter_of("csv", delimiter), path);
  if (!rows.next()) fail("{}: is empty; a row of numbers for each sample is needed", path);
  const CsvColumns columns = csv_columns(rows, *this, wanted);
  if (columns.header && !rows.next()) fail("{}: has a header line and no data below it", path);

  const bool optional = wanted.target == Wanted::Target::none;
  const bool labels =
      wanted.target == Wanted::Target::classes || (optional && !wanted.classes.empty());
  bool present = columns.target >= 0;
  CsvClasses classes(wanted.classes);
  Data data;
  Samples& samples = data.train;
  do {
    if (Size(rows.fields().size()) != columns.count)
      fail("{}: has {} fields, the first line has {}", rows.place(), rows.fields().size(),
           columns.count);
    read_features(rows, columns, samples.features);
    // A column left blank for the predictions to come is the same as none.
    if (optional && present && blank(rows.fields()[std::size_t(columns.target)])) present = false;
    if (present)
      samples.targets.push_back(labels ? classes.add(rows, columns) : read_number(rows, columns));
  } while (rows.next());

  samples.shape = {columns.features()};
  if (!present) samples.targets.clear();
  samples.target_width = present ? 1 : 0;
  if (labels) data.classes = classes.sort(samples.targets, rows, columns);
  for (Size column = 0; columns.header && column < columns.count; ++column)
    if (column != columns.target) data.features.push_back(columns.names[std::size_t(column)]);
  check_data(data, wanted, path);
  return data;
}

}  // namespace goodfit
