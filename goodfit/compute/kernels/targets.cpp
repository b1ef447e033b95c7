#include "goodfit/compute/kernels/targets.hpp"

#include <hwy/targets.h>

#include "goodfit/base/error.hpp"

namespace goodfit::kernels {

std::vector<std::string> targets() {
  use_target("");
  std::vector<std::string> names;
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    names.emplace_back(hwy::TargetName(target));
  }
  return names;
}

void use_target(std::string_view name) {
  hwy::SetSupportedTargetsForTest(0);
  if (name.empty()) return;
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    if (name == hwy::TargetName(target)) return hwy::SetSupportedTargetsForTest(target);
  }
  must(false, "a target outside targets()");
}

}  // namespace goodfit::kernels
