// Table: rows of texts in columns that stand one below the other, for people.
#pragma once
#include <string>
#include <vector>

namespace goodfit {

using TableRow = std::vector<std::string>;

// Columns as wide as their widest cell. The first is to the left, and the others are there for
// texts, to the right for numbers.
enum class Cells { numbers, texts };
std::string table_text(const std::vector<TableRow>& rows, Cells cells = Cells::numbers);

}  // namespace goodfit
