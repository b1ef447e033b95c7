// Survey: what stands in each column of a table, before anybody says what it is.
#pragma once
#include <array>
#include <map>

#include "goodfit/parts/datasets/table_format.hpp"

namespace goodfit {

struct ColumnSurvey {
  std::string name = {};
  Size rows = 0, missing = 0;
  Size numbers = 0, whole = 0, truths = 0;               // fields that can be read as such
  std::array<Size, 3> dates{};                           // by DateForm
  bool clock = false;                                    // some date has a time of the day
  double low = 0, high = 0;                              // of the numbers
  std::map<std::string, Size, std::less<>> values = {};  // how often each; the first many of them
  Size uncounted = 0;                                    // fields with other values
  std::string odd = {};                                  // the first field that is no number
  Size odd_line = 0;

  Size present() const { return rows - missing; }
  Size distinct() const { return Size(values.size()) + uncounted; }  // at most
  bool consecutive() const {  // whole numbers without a gap, each once
    return whole == present() && distinct() == present() && high - low + 1 == double(present());
  }
};

struct TableSurvey {
  TableFormat format = {};
  Size rows = 0;
  std::vector<ColumnSurvey> columns = {};
};

// Throws Error for a file that is empty or whose rows have different lengths.
TableSurvey survey_table(std::string_view text, const Table& settings);

}  // namespace goodfit
