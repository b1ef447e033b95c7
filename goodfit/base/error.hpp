// Errors a user can cause, and the check for errors that only we can cause.
//
// A message is one line: the place, the value, what is allowed and, where it helps, what to do.
//   recipe.toml:12:5: model[2].p = 1.5 is not allowed: must be at least 0 and below 1
#pragma once
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "goodfit/base/text.hpp"

namespace goodfit {

// Exit code 2: usage or bad input, nothing was started. Exit code 1: a run that failed.
struct Error : std::runtime_error {
  explicit Error(const std::string& message, int code = 2)
      : std::runtime_error(message), exit_code(code) {}
  int exit_code;
};

template <class... T>
[[noreturn]] void fail(Pattern<sizeof...(T)> pattern, const T&... arguments) {
  throw Error(formatted(pattern, arguments...));
}

template <class... T>
[[noreturn]] void fail_run(Pattern<sizeof...(T)> pattern, const T&... arguments) {
  throw Error(formatted(pattern, arguments...), 1);
}

// The known name with the smallest edit distance to `name`, or "" when none is close.
std::string nearest(std::string_view name, std::span<const std::string> known);

// "place: unknown layer "dens"; did you mean "dense"? known: batch_norm, dense, …"
[[noreturn]] void fail_unknown(std::string_view place, std::string_view what, std::string_view name,
                               std::span<const std::string> known);

// For our own bugs: never reachable from a user's input. Throws std::logic_error with the location.
// (The builtins, as clang 14 has no std::source_location.)
void must(bool holds, const char* why, const char* file = __builtin_FILE(),
          int line = __builtin_LINE());

}  // namespace goodfit
