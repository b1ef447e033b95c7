// Two tables: files read alike, by the columns that both have.
//
// A column is what `goodfit new` finds it to be in the old table, or in the new one where it is
// empty or always the same in the old. Categories have the values of both tables. Ids and texts
// that are new in each row are left out, as they differ always.
#pragma once
#include "goodfit/study/shift/data_summary.hpp"

namespace goodfit {

struct TwoTables {
  Samples old, next;
  std::vector<SummarizedFeature> features;
  std::vector<std::string> remarks;  // columns that are not compared, and why
};

// Without the column `target`, unless that is empty. Throws Error that names the file and the line
// when one cannot be read, and when they have no column in common.
TwoTables read_two_tables(const std::string& old, const std::string& next,
                          const std::string& target);

}  // namespace goodfit
