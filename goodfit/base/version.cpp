#include "goodfit/base/version.hpp"

namespace goodfit {

std::string_view version() { return GOODFIT_VERSION; }

}  // namespace goodfit
