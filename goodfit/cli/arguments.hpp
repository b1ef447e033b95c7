// Arguments: what a verb takes from the command line, said once for parsing and for --help.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "goodfit/base/fields.hpp"

namespace CLI {
class App;
}

namespace goodfit {

class Arguments {
 public:
  explicit Arguments(CLI::App& app) : app_(app) {}

  // Operands, in their order. A list takes all that follow.
  void required(std::string_view name, std::string& to, std::string_view about);
  void optional(std::string_view name, std::string& to, std::string_view about);
  void optional(std::string_view name, std::vector<std::string>& to, std::string_view about);

  // Options with a value, "--out DIR"; those with a list may be given again and again.
  void option(std::string_view name, std::string& to, std::string_view about);
  void option(std::string_view name, std::vector<std::string>& to, std::string_view about);
  void option(std::string_view name, Size& to, Range range, std::string_view about);
  void option(std::string_view name, std::optional<double>& to, Range range,
              std::string_view about);
  void flag(std::string_view name, bool& to, std::string_view about);

 private:
  CLI::App& app_;
};

class Verb;

// What a verb takes, for those who write about it: completions, the manual page.
struct Form {
  struct Argument {
    std::string name;   // "RUN", "--out"
    std::string value;  // of an option, "DIR"; empty for flags and operands
    std::string about;
    bool required = false, repeated = false;
  };
  std::string verb, about, examples;
  std::vector<Argument> operands, options;
};
Form form_of(Verb& verb);

// Gives a verb its arguments. False when they asked for help, which has then been printed. Throws
// Error for what the verb does not know.
bool parse(Verb& verb, int count, const char* const* arguments);

}  // namespace goodfit
