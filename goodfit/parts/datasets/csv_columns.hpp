// CSV columns: which column is the target, what the columns are called, and fields as numbers.
#pragma once
#include "goodfit/parts/datasets/csv.hpp"
#include "goodfit/parts/datasets/csv_rows.hpp"

namespace goodfit {

struct CsvColumns {
  bool header = false;             // the first row holds the names
  std::vector<std::string> names;  // of all columns; empty without a header
  Size count = 0;
  Size target = -1;  // -1 when the file has none

  Size features() const { return count - (target >= 0 ? 1 : 0); }
  std::string called(Size column) const;  // column "age", or column 3 without a header
};

// Decides from the first row, at which `rows` stands. Throws Error when there is no such target.
CsvColumns csv_columns(const CsvRows& rows, const Csv& settings, const Wanted& wanted);

// Without blanks around it; in quotes, and cut where it is long.
std::string_view trimmed(std::string_view field);
std::string shortened(std::string_view field);

enum class CsvField { number, text, missing, not_finite, out_of_range };
CsvField csv_number(std::string_view field, double& value);

// Throws Error unless `kind` is a number.
void check_number_field(CsvField kind, const CsvRows& rows, const CsvColumns& columns, Size column);

}  // namespace goodfit
