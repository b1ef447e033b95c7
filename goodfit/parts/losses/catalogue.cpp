#include "goodfit/parts/losses/catalogue.hpp"

namespace goodfit {

Loss Loss::read(const Setting& from) { return Losses::read(from, "loss"); }

}  // namespace goodfit
