#include "goodfit/parts/losses/catalogue.hpp"

#include "goodfit/base/compiled.hpp"

namespace goodfit {

Loss Loss::read(const Setting& from) { return Losses::read(from, "loss"); }
std::vector<PartText> Loss::texts() { return Losses::texts(); }

}  // namespace goodfit
