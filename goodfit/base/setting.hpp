// Setting: one node of a recipe as a tree, between TOML text and typed parts.
//
// A node is nothing, a truth value, a whole number, a number, a text, a list or a table, and knows
// where it came from, so that every error can name its place. Tables keep the order of the file.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace goodfit {

struct Entry;

class Setting {
 public:
  using List = std::vector<Setting>;
  using Table = std::vector<Entry>;
  using Data = std::variant<std::monostate, bool, std::int64_t, double, std::string, List, Table>;

  Setting();
  Setting(bool value);
  Setting(int value);
  Setting(std::int64_t value);
  Setting(double value);
  Setting(const char* value);
  Setting(std::string value);
  Setting(std::string_view value);
  Setting(List value);
  Setting(Table value);
  // Not here, as each place that holds one for a moment would grow by all of them.
  Setting(const Setting&);
  Setting(Setting&&) noexcept;
  Setting& operator=(const Setting&);
  Setting& operator=(Setting&&) noexcept;
  ~Setting();

  Data data;
  std::string path;    // "model[2].p"; empty for the root
  std::string origin;  // "recipe.toml:12:5" or "command line"; empty when written by a program

  bool is_nothing() const { return data.index() == 0; }
  bool is_number() const { return data.index() == 2 || data.index() == 3; }
  const std::string* text() const { return std::get_if<std::string>(&data); }
  const List* list() const { return std::get_if<List>(&data); }
  const Table* table() const { return std::get_if<Table>(&data); }
  Table* table() { return std::get_if<Table>(&data); }

  // The entry of a table, or nullptr; also when this is no table.
  const Setting* find(std::string_view key) const;
  // The entry of a table, added at the end when missing.
  Setting& operator[](std::string_view key);

  // "recipe.toml:12:5: model[2].p", whichever parts are known.
  std::string place() const;
  // How a user would have typed it: 0.5, "adam", [1, 2].
  std::string shown() const;
  // Sets path and origin of this node and, below it, paths by key and index.
  void located(const std::string& at, const std::string& from);

  friend bool operator==(const Setting& a, const Setting& b);  // by data alone
};

struct Entry {
  std::string key;
  Setting value;
  friend bool operator==(const Entry&, const Entry&) = default;
};

}  // namespace goodfit
