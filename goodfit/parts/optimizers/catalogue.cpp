#include "goodfit/parts/optimizers/catalogue.hpp"

#include <fmt/core.h>

#include "goodfit/base/compiled.hpp"

namespace goodfit {

Optimizer Optimizer::read(const Setting& from) { return Optimizers::read(from, "optimizer"); }
std::vector<PartText> Optimizer::texts() { return Optimizers::texts(); }

std::string steering_conflict(std::span<const std::string_view> memory, const Optimizer& other) {
  for (const std::string_view name : memory)
    for (const std::string_view taken : other.memory())
      if (name == taken)
        return fmt::format("its optimizer {} keeps \"{}\" already: choose another", other.key(),
                           name);
  if (other.passes() > 1)
    return fmt::format("{} takes several gradients for a step: put this optimizer inside of it",
                       other.key());
  return "";
}

}  // namespace goodfit
