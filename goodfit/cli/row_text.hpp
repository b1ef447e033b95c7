// Row text: a table for programs, as CSV with a line of names or as one JSON object a row.
#pragma once
#include <string>
#include <vector>

namespace goodfit {

class RowText {
 public:
  RowText(const std::vector<std::string>& columns, bool json);

  // The cells of a row from the left; the last one ends it. A number that JSON has no word for is
  // null there.
  void add(const std::string& text);
  void add(double number, int digits = 6);

  const std::string& text() const { return text_; }

 private:
  void cell(const std::string& shown);
  std::vector<std::string> begins_;  // what stands before each cell
  std::string end_, text_;
  bool json_;
  std::size_t at_ = 0;
};

}  // namespace goodfit
