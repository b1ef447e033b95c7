#include "goodfit/study/finding.hpp"

namespace goodfit {

std::string Finding::text() const {
  return place + ": " + what + "; " + advice + " [" + rule + "]";
}

}  // namespace goodfit
