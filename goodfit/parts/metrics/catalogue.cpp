#include "goodfit/parts/metrics/catalogue.hpp"

#include "goodfit/base/compiled.hpp"

namespace goodfit {

Metric Metric::read(const Setting& from) { return Metrics::read(from, "metric"); }
std::vector<PartText> Metric::texts() { return Metrics::texts(); }

}  // namespace goodfit
