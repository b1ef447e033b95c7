// Table format: the delimiter of a text file, whether its first line holds names, and whether its
// numbers have a point or a comma.
#pragma once
#include "goodfit/parts/datasets/csv_columns.hpp"
#include "goodfit/parts/datasets/table.hpp"

namespace goodfit {

struct TableFormat {
  char delimiter = ',';
  bool header = true;
  bool json = false;                    // rows were objects; the rest is as they were written down
  bool comma = false;                   // 3,14; never where a comma is the delimiter
  std::vector<std::string> names = {};  // of all columns; "0", "1", … without a header

  // As csv_number, but "nan" counts as missing.
  CsvField number(std::string_view field, double& value) const;
  bool is_missing(std::string_view field) const {
    double ignored;
    return number(field, ignored) == CsvField::missing;
  }
};

// By the settings, and where they say auto by the first rows. Throws Error for an empty file and
// for two columns of one name.
TableFormat table_format(std::string_view text, const Table& settings);

// The character that a setting names.
char delimiter_of(std::string_view part, const std::string& text);

}  // namespace goodfit
