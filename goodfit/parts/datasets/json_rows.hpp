// JSON rows: a file of one JSON object per line as the text of a table, for what reads tables.
//
//   {"area": 55.5, "city": "Berlin"}            area ⇥ city ⇥ sold
//   {"area": 60, "sold": true}           →      55.5 ⇥ Berlin ⇥
//                                               60   ⇥        ⇥ true
//
// Columns have the order in which they are met first. A key that lacks is as missing as null.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

namespace goodfit {

// True when the text begins with an object, whatever the name of the file.
bool is_json_rows(std::string_view text);

// The text of a table: a delimited file as it is, JSON rows as above. Throws Error that names the
// line when a row is no object, or holds a list or an object.
std::string read_table_text(const std::filesystem::path& path);
std::string table_of_json(std::string_view text, const std::string& name);

}  // namespace goodfit
