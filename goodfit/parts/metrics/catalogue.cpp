#include "goodfit/parts/metrics/catalogue.hpp"

namespace goodfit {

Metric Metric::read(const Setting& from) { return Metrics::read(from, "metric"); }

}  // namespace goodfit
