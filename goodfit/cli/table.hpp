// Table: rows of texts in columns that stand one below the other, for people.
#pragma once
#include <string>
#include <vector>

namespace goodfit {

using TableRow = std::vector<std::string>;

// Columns as wide as their widest cell; the first to the left, the others to the right.
std::string table_text(const std::vector<TableRow>& rows);

}  // namespace goodfit
