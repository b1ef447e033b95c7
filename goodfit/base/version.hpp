// Version of the library and of the command, from the build.
#pragma once
#include <string_view>

namespace goodfit {

std::string_view version();  // "0.1.0"

}  // namespace goodfit
