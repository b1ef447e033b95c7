#include "goodfit/cli/table.hpp"

#include <algorithm>

#include "goodfit/cli/terminal.hpp"

namespace goodfit {

std::string table_text(const std::vector<TableRow>& rows, Cells cells) {
  std::vector<std::size_t> widths(rows.front().size(), 0);
  for (const TableRow& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], shown_width(row[i]));
  std::string text;
  for (const TableRow& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string gap(widths[i] - shown_width(row[i]), ' ');
      const bool left = i == 0 || cells == Cells::texts;
      line += (i == 0 ? "" : "  ") + (left ? row[i] + gap : gap + row[i]);
    }
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return text;
}

}  // namespace goodfit
