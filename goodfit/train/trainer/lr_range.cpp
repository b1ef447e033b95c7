#include "goodfit/train/trainer/lr_range.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "goodfit/parts/schedules/cyclic.hpp"

namespace goodfit {
namespace {

constexpr std::size_t fewest_points = 10;  // of a curve that can be read

// Index of the valley in a list of losses: half-way along its longest falling subsequence, as
// fastai counts it.
std::size_t valley_of(std::span<const double> losses) {
  std::vector<long> longest(losses.size(), 1);
  std::size_t end = 0;
  for (std::size_t i = 1; i < losses.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j)
      if (losses[i] < losses[j]) longest[i] = std::max(longest[i], longest[j] + 1);
    if (longest[i] > longest[end]) end = i;
  }
  const long start = long(end) - longest[end];
  const double third = double(long(end) - start) / 3;
  return std::size_t(std::max(0L, start + long(third) + long(third / 2)));
}

// The deviation of losses from batch to batch, which neither a slope nor an explosion changes much:
// half of the differences of neighbours are below 0.954 σ when all are normal.
double noise_of(std::span<const double> losses) {
  std::vector<double> changes;
  for (std::size_t i = 1; i < losses.size(); ++i)
    changes.push_back(std::abs(losses[i] - losses[i - 1]));
  const auto middle = changes.begin() + long(changes.size() / 2);
  std::nth_element(changes.begin(), middle, changes.end());
  return *middle / 0.954;
}

}  // namespace

double rounded_lr(double lr) { return std::strtod(rounded_text(lr).c_str(), nullptr); }

Auto auto_of(const Schedule& lr) {
  const auto* settings = lr.as<Auto>();
  const Auto found = settings ? *settings : Auto{.schedule = lr};
  if (const std::string inside = found.schedule.write().shown();
      inside.find("\"auto\"") != inside.npos)
    fail("lr = {}: \"auto\" must be around the other schedule: {{ auto = {{ … }} }}",
         lr.write(Which::changed).shown());
  return found;
}

bool LrRange::add(double at, double its_loss, Size of) {
  steps = of;
  exploded = !std::isfinite(its_loss);
  if (exploded) return false;
  const double i = double(lr.size()), beta = std::pow(0.98, 100 / double(steps));
  const double before = smoothed.empty() ? 0 : smoothed.back() * (1 - std::pow(beta, i));
  lr.push_back(at);
  loss.push_back(its_loss);
  smoothed.push_back((beta * before + (1 - beta) * its_loss) / (1 - std::pow(beta, i + 1)));
  const double lowest = *std::min_element(smoothed.begin(), smoothed.end());
  const double much = std::max(3 * std::abs(lowest), (smoothed.front() - lowest) / 10);
  exploded = smoothed.back() > lowest + much;
  return !exploded;
}

void LrRange::find_suggestions() {
  const std::size_t begin = std::min(lr.size(), std::size_t(steps / 10));
  const std::size_t end =
      std::max(begin + std::size_t(steps / 20), lr.size()) - std::size_t(steps / 20);
  const std::span<const double> s = std::span(smoothed).subspan(begin, end - begin);
  const auto lr_at = [&](std::size_t i) { return lr[begin + i]; };
  const double lowest = s.empty() ? 0 : *std::min_element(s.begin(), s.end());
  // Of noise alone ŝ falls by more than that in one of a thousand tests.
  const double chance = loss.size() < 2 ? 0 : noise_of(loss) * std::sqrt(100 / double(steps));
  if (s.size() < fewest_points ||
      !(s.front() - lowest > std::max(0.02 * std::abs(s.front()), chance)))
    fail_run(
        "the range test found no lr: the loss falls nowhere from lr {} to {}; look at "
        "goodfit check RECIPE --signal, or give the test other borders: lr = {{ type = \"auto\", "
        "low = …, high = … }}",
        rounded_text(lr.empty() ? 0 : lr.front()), rounded_text(lr.empty() ? 0 : lr.back()));
  std::size_t steepest = 0;
  double slope = 0;
  for (std::size_t i = 0; i + 1 < s.size(); ++i)
    if (const double now = (s[i + 1] - s[i]) / std::log(lr_at(i + 1) / lr_at(i)); now < slope)
      steepest = i, slope = now;
  const auto minimum = std::size_t(std::min_element(s.begin(), s.end()) - s.begin());
  suggestions = {
      {"valley", rounded_lr(lr_at(valley_of(s))), "middle of the longest fall of the loss"},
      {"minimum", rounded_lr(lr_at(minimum) / 10), "a tenth of the lr of the lowest loss"},
      {"steepest", rounded_lr(lr_at(steepest)), "where the loss falls fastest"},
  };
  find_borders(begin, end);
}

void LrRange::find_borders(std::size_t begin, std::size_t end) {
  const auto wide = std::size_t(steps / 20);
  std::vector<double> means;
  for (std::size_t i = begin; i < end; ++i) {
    double sum = 0;
    for (std::size_t j = i - wide; j <= i + wide; ++j) sum += loss[j];
    means.push_back(sum / double(2 * wide + 1));
  }
  // On the way down to the lowest: what lies behind it has no end that could be named.
  const auto lowest = std::size_t(std::min_element(means.begin(), means.end()) - means.begin());
  const double first = means.front(), fall = first - means[lowest];
  const auto last_above = [&](double share) {
    std::size_t i = lowest;
    while (i > 0 && means[i] < first - share * fall) --i;
    return rounded_lr(lr[begin + i]);
  };
  base = last_above(0.1);
  max = last_above(0.9);
}

std::vector<double> LrRange::worth_trying(double highest) const {
  std::vector<double> lrs;
  for (const LrSuggestion& one : suggestions)
    for (const double factor : {1.0, 1.0 / 3, 3.0}) {
      const double wanted = rounded_lr(std::min(one.lr * factor, highest));
      const auto near = [&](double other) { return std::abs(std::log(wanted / other)) < 0.5; };
      if (std::none_of(lrs.begin(), lrs.end(), near)) lrs.push_back(wanted);
    }
  std::sort(lrs.begin(), lrs.end());
  return lrs;
}

void LrRange::choose() {
  chosen = suggestions.front().lr;
  double best = INFINITY;
  for (const LrTrial& one : trials)
    if (one.loss < best) best = one.loss, chosen = one.lr;
}

Schedule LrRange::placed(const Schedule& schedule, double height, Size steps, Size epochs) const {
  if (const auto* cyclic = schedule.as<Cyclic>(); cyclic && cyclic->base == 0) {
    Cyclic between = *cyclic;
    between.base = std::min(base, height);
    between.max = height;
    return between;
  }
  const double now = schedule.height(steps, epochs);
  if (!(now > 0)) fail("lr: {} is 0 throughout, so that no lr can be found for it", schedule.key());
  return schedule.scaled(height / now);
}

Setting to_event(const LrRange& range) {
  const auto list = [](const std::vector<double>& numbers) {
    return Setting::List(numbers.begin(), numbers.end());
  };
  Setting suggestions{Setting::Table{}};
  for (const LrSuggestion& one : range.suggestions) suggestions[one.name] = one.lr;
  Setting::List trials;
  for (const LrTrial& one : range.trials)
    trials.push_back(Setting::Table{{"lr", one.lr}, {"loss", one.loss}});
  return Setting::Table{{"event", "lr_range"},
                        {"chosen", range.chosen},
                        {"suggestions", suggestions},
                        {"trial_steps", range.trial_steps},
                        {"trials", trials},
                        {"base", range.base},
                        {"max", range.max},
                        {"exploded", range.exploded},
                        {"lr", list(range.lr)},
                        {"loss", list(range.loss)},
                        {"smoothed", list(range.smoothed)},
                        {"schedule", range.schedule.write(Which::changed)}};
}

}  // namespace goodfit
