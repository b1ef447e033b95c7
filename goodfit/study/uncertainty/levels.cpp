#include "goodfit/study/uncertainty/levels.hpp"

#include <algorithm>
#include <numeric>

#include "goodfit/parts/metrics/intervals.hpp"
#include "goodfit/study/uncertainty/spread.hpp"

namespace goodfit {
namespace {

void add_interval(Levels::At& to, double low, double high, double target) {
  to.inside += low <= target && target <= high;
  to.width += high - low;
}

void add_passes(std::vector<float>& passes, double target, Levels& to) {
  for (Levels::At& at : to.all) {
    const double low = double(quantile_of(passes, (1 - at.level) / 2));
    add_interval(at, low, double(quantile_of(passes, (1 + at.level) / 2)), target);
  }
}

void add_noise(const std::vector<float>& means, double variance, double target, Levels& to) {
  const double count = double(means.size());
  const double mean = std::accumulate(means.begin(), means.end(), 0.0) / count;
  for (const float x : means) variance += std::pow(double(x) - mean, 2) / count;
  for (Levels::At& at : to.all) {
    const double half = deviations_of(at.level) * std::sqrt(variance);
    add_interval(at, mean - half, mean + half, target);
  }
}

void add_set(const std::vector<float>& shares, float target, Levels& to) {
  std::vector<std::size_t> order(shares.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return shares[a] > shares[b]; });
  to.rows.push_back({entropy_of(shares), float(order[0]) == target});
  for (Levels::At& at : to.all) {
    double sum = 0;
    for (std::size_t i = 0; i < order.size() && sum < at.level; ++i) {
      sum += double(shares[order[i]]);
      ++at.width;
      at.inside += float(order[i]) == target;
    }
  }
}

}  // namespace

void Levels::add(ConstSpan outputs, Size passes, ConstSpan wanted, Size width, Meaning meaning) {
  const std::size_t all_of_pass = outputs.size() / std::size_t(passes);
  const auto of = [&](std::size_t pass, std::size_t i) { return outputs[pass * all_of_pass + i]; };
  std::vector<float> values(std::size_t(passes), 0.0f);
  const std::size_t w = std::size_t(width), told = meaning == Meaning::normal ? w / 2 : w;
  targets += double(wanted.size());
  for (std::size_t row = 0; row < all_of_pass / w; ++row) {
    if (has_classes(meaning)) {
      std::vector<float> shares;
      for (std::size_t j = 0; j < w; ++j) {
        double sum = 0;
        for (std::size_t pass = 0; pass < values.size(); ++pass)
          sum += double(of(pass, row * w + j));
        shares.push_back(float(sum / double(passes)));
      }
      if (w == 1) shares.insert(shares.begin(), 1 - shares[0]);  // of yes or no, yes was told
      add_set(shares, wanted[row], *this);
      continue;
    }
    for (std::size_t j = 0; j < told; ++j) {
      double variance = 0;
      for (std::size_t pass = 0; pass < values.size(); ++pass) {
        values[pass] = of(pass, row * w + j);
        if (meaning == Meaning::normal)
          variance += std::pow(double(of(pass, row * w + told + j)), 2) / double(passes);
      }
      const double target = double(wanted[row * told + j]);
      if (meaning == Meaning::normal)
        add_noise(values, variance, target, *this);
      else
        add_passes(values, target, *this);
    }
  }
}

std::vector<std::pair<double, double>> Levels::right_by_share(std::size_t points) const {
  std::vector<Row> sorted = rows;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Row& a, const Row& b) { return a.entropy < b.entropy; });
  std::vector<std::pair<double, double>> found;
  const double count = double(sorted.size());
  double right = 0;
  std::size_t kept = 0;
  for (std::size_t point = 1; point <= points; ++point) {
    const auto upto = std::size_t(std::lround(count * double(point) / double(points)));
    for (; kept < upto; ++kept) right += sorted[kept].right;
    if (kept > 0) found.emplace_back(double(kept) / count, right / double(kept));
  }
  return found;
}

}  // namespace goodfit
