// CSV rows: a text cut into rows and fields, one row at a time.
//
// A field may stand in double quotes; it may then hold the delimiter, line ends and, doubled,
// quotes. Lines end in LF or CRLF, blank ones are skipped, a byte order mark is ignored. Source:
// Shafranovich 2005, RFC 4180.
#pragma once
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "goodfit/base/size.hpp"

namespace goodfit {

// A text that was made of rows in another form begins with this sign. Its header counts as line 0,
// so that rows have the lines of the file they come from; tabs are between fields.
inline constexpr char made_of_rows = '\x1e';

class CsvRows {
 public:
  // `text` must outlive the rows; `name` stands for it in errors.
  CsvRows(std::string_view text, char delimiter, std::string name);

  // Goes to the next row; false at the end. Throws Error for a quote that is not closed.
  bool next();
  // Valid until the next call of next().
  const std::vector<std::string_view>& fields() const { return fields_; }
  Size line() const { return line_; }  // where the row begins, counted from 1
  std::string place() const;           // "data.csv:12"
  const std::string& name() const { return name_; }

 private:
  std::string_view plain_field();
  std::string_view quoted_field();
  bool at_line_end() const;

  std::string_view text_;
  char delimiter_;
  std::string name_;
  std::size_t at_ = 0;
  Size line_ = 0, next_line_ = 1;
  std::vector<std::string_view> fields_;
  std::deque<std::string> unquoted_;  // of this row; a deque, so that views stay valid
};

}  // namespace goodfit
