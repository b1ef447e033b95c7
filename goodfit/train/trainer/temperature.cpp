#include "goodfit/train/trainer/temperature.hpp"

#include <fmt/core.h>

#include "goodfit/compute/ops/concat.hpp"
#include "goodfit/compute/ops/pointwise.hpp"
#include "goodfit/compute/ops/slice.hpp"

namespace goodfit {
namespace {

// x / divisor + shift
struct Straight {
  double divisor = 1, shift = 0;
  static constexpr std::string_view name = "temperature";
  std::string settings() const { return fmt::format("{} {}", divisor, shift); }
  template <class T>
  T value(T x) const {
    return x / T(divisor) + T(shift);
  }
  template <class T>
  T slope(T) const {
    return 1 / T(divisor);
  }
};

}  // namespace

bool has_temperature(Meaning meaning) {
  return meaning != Meaning::scores && meaning != Meaning::numbers;
}

Value tempered(Value outputs, Meaning meaning, double temperature) {
  if (temperature == 1) return outputs;
  must(has_temperature(meaning), "a temperature is of outputs that say how sure they are");
  if (meaning != Meaning::normal) return pointwise(outputs, Straight{.divisor = temperature});
  const Size targets = outputs.shape().back() / 2;
  const Value log_variances = slice(outputs, targets, targets);
  return concat({slice(outputs, 0, targets),
                 pointwise(log_variances, Straight{.shift = 2 * std::log(temperature)})});
}

}  // namespace goodfit
