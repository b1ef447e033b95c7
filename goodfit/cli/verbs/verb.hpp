// Verb: one thing that the command does. A verb declares its arguments, which are then filled, and
// runs.
#pragma once
#include "goodfit/cli/arguments.hpp"

namespace goodfit {

class Verb {
 public:
  virtual ~Verb() = default;
  virtual Card card() const = 0;
  virtual std::string_view examples() const = 0;  // lines of a shell, for --help
  virtual void declare(Arguments& arguments) = 0;
  virtual int run() = 0;  // the exit code; throws Error
};

}  // namespace goodfit
