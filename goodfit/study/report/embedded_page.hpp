// Embedded page: the template of a report, as gzip, put into the program by the build.
#pragma once
#include <string_view>

namespace goodfit {

std::string_view embedded_page();

}  // namespace goodfit
