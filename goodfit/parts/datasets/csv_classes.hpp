// CSV classes: labels of a column, numbered as they come, sorted when all are known.
#pragma once
#include <map>

#include "goodfit/parts/datasets/csv_columns.hpp"

namespace goodfit {

class CsvClasses {
 public:
  // Classes known from training; empty when the file decides.
  explicit CsvClasses(std::vector<std::string> known);

  // The number of the label in the target column of this row; Error for one that is not known.
  float add(const CsvRows& rows, const CsvColumns& columns);
  // Turns those numbers into indices of the sorted classes, and returns the classes.
  std::vector<std::string> sort(std::vector<float>& targets, const CsvRows& rows,
                                const CsvColumns& columns) const;

 private:
  float found(const std::string& label, const CsvRows& rows, const CsvColumns& columns);

  std::vector<std::string> known_;
  std::map<std::string, Size, std::less<>> numbers_;
  std::vector<Size> first_line_;  // where each was seen first
};

}  // namespace goodfit
