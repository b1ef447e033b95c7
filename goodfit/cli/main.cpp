// The command: finds the verb, gives it its arguments, and turns errors into one line and a code.
#include <fmt/core.h>

#include <cstdio>
#include <new>

#include "goodfit/base/version.hpp"
#include "goodfit/cli/verbs/catalogue.hpp"

namespace goodfit {
namespace {

void print_overview() {
  fmt::print("goodfit {}: trains neural networks that converge and do not overfit\n\n", version());
  fmt::print("Usage: goodfit VERB …\n\nVerbs:\n");
  for (const auto& verb : all_verbs())
    fmt::print("  {:<14}{}\n", verb->card().key, verb->card().about);
  fmt::print("\ngoodfit VERB --help says more; goodfit --version says which version this is.\n");
}

int run_verb(int count, char** arguments) {
  const std::string_view first = count > 1 ? arguments[1] : "--help";
  if (first == "--help" || first == "-h" || first == "help") return print_overview(), 0;
  if (first == "--version") return fmt::print("goodfit {}\n", version()), 0;
  std::vector<std::string> known;
  for (const auto& verb : all_verbs()) {
    known.emplace_back(verb->card().key);
    if (verb->card().key != first) continue;
    return parse(*verb, count - 1, arguments + 1) ? verb->run() : 0;
  }
  if (first.ends_with(".toml"))
    fail("unknown verb \"{}\"; did you mean \"goodfit train {}\"?", first, first);
  fail_unknown("", first.starts_with('-') ? "option" : "verb", first, known);
}

int guarded(int count, char** arguments) {
  const auto said = [](const std::string& message, int code) {
    fmt::print(stderr, "goodfit: {}\n", message);
    return code;
  };
  const char* full = "the output cannot be written: is the disk full?";
  try {
    const int code = run_verb(count, arguments);
    if (std::fflush(stdout) != 0 || std::ferror(stdout)) return said(full, 1);
    return code;
  } catch (const Error& error) {
    return said(error.what(), error.exit_code);
  } catch (const std::bad_alloc&) {
    return said("there is not enough memory: try a smaller batch or model", 1);
  } catch (const std::exception& error) {
    if (std::ferror(stdout)) return said(full, 1);  // fmt throws as soon as a write fails
    return said(std::string("a bug of goodfit, please report it: ") + error.what(), 1);
  }
}

}  // namespace
}  // namespace goodfit

int main(int count, char** arguments) { return goodfit::guarded(count, arguments); }
