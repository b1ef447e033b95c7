#include "goodfit/study/uncertainty/spread.hpp"

#include <algorithm>
#include <cmath>

namespace goodfit {
namespace {

std::size_t largest(ConstSpan row) {
  return std::size_t(std::max_element(row.begin(), row.end()) - row.begin());
}

}  // namespace

float quantile_of(std::vector<float>& values, double share) {
  const double at = share * double(values.size() - 1);
  const auto lower = values.begin() + std::ptrdiff_t(at);
  std::nth_element(values.begin(), lower, values.end());
  const double rest = at - std::floor(at);
  if (rest == 0) return *lower;
  const float next = *std::min_element(lower + 1, values.end());
  return float(*lower + rest * double(next - *lower));
}

double entropy_of(ConstSpan shares) {
  double entropy = 0;
  for (const float p : shares)
    if (p > 0) entropy -= double(p) * std::log(double(p));
  return entropy;
}

void add_spread(ConstSpan outputs, Size passes, Size rows, double interval, bool shares,
                PassSpread& to) {
  const std::size_t all = outputs.size() / std::size_t(passes), width = all / std::size_t(rows);
  std::vector<float> values(std::size_t(passes), 0.0f);
  for (std::size_t i = 0; i < all; ++i) {
    double sum = 0, squares = 0;
    for (std::size_t pass = 0; pass < values.size(); ++pass)
      sum += double(values[pass] = outputs[pass * all + i]);
    const double mean = sum / double(passes);
    for (const float y : values) squares += (double(y) - mean) * (double(y) - mean);
    to.mean.push_back(float(mean));
    to.deviation.push_back(passes > 1 ? float(std::sqrt(squares / double(passes - 1))) : 0.0f);
    to.low.push_back(quantile_of(values, (1 - interval) / 2));
    to.high.push_back(quantile_of(values, (1 + interval) / 2));
  }
  for (std::size_t row = 0; shares && row < std::size_t(rows); ++row) {
    const ConstSpan mean = ConstSpan(to.mean).subspan(to.mean.size() - all + row * width, width);
    double inside = 0, votes = 0;
    for (std::size_t pass = 0; pass < values.size(); ++pass) {
      const ConstSpan one = outputs.subspan(pass * all + row * width, width);
      inside += entropy_of(one) / double(passes);
      votes += largest(one) == largest(mean);
    }
    to.entropy.push_back(float(entropy_of(mean)));
    to.information.push_back(float(std::max(0.0, entropy_of(mean) - inside)));
    to.votes.push_back(float(votes / double(passes)));
  }
}

}  // namespace goodfit
