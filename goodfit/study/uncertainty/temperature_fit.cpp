#include "goodfit/study/uncertainty/temperature_fit.hpp"

#include <algorithm>
#include <optional>

#include "goodfit/parts/metrics/classes.hpp"
#include "goodfit/parts/metrics/coverage.hpp"
#include "goodfit/parts/metrics/ece.hpp"
#include "goodfit/parts/metrics/interval_width.hpp"
#include "goodfit/parts/metrics/log_loss.hpp"
#include "goodfit/train/trainer/network.hpp"

namespace goodfit {
namespace {

// First and second derivative of the log loss of all rows by b = 1 / T.
struct Slopes {
  double first = 0, second = 0;
};

Slopes slopes_at(double b, const Outcome& logits) {
  Slopes sum;
  for (Size i = 0; i < logits.rows; ++i) {
    const ClassRow row(logits, i);
    if (row.found() < 0 || row.target < 0)
      fail("sample {} of those to calibrate by: its outputs or its class are no numbers", i);
    if (row.width == 1) {
      const double z = double(row.outputs[0]), p = 1 / (1 + std::exp(-b * z));
      sum.first += (p - double(row.target)) * z;
      sum.second += p * (1 - p) * z * z;
      continue;
    }
    // Of the differences to the target's logit, which sum without losing digits.
    const double to = double(row.outputs[row.target]);
    const double top = double(*std::max_element(row.outputs, row.outputs + row.width)) - to;
    double all = 0, mean = 0, squares = 0;
    for (Size j = 0; j < row.width; ++j) {
      const double z = double(row.outputs[j]) - to, e = std::exp(b * (z - top));
      all += e, mean += e * z, squares += e * z * z;
    }
    mean /= all;
    sum.first += mean;
    sum.second += squares / all - mean * mean;
  }
  return sum;
}

// What a network makes of a split, as rows that each have one class, or with their noise.
struct Collected {
  std::vector<float> outputs, targets, deviations;
  Size rows = 0, width = 1, target_width = 1;

  Collected(const Run& run, const Samples& samples, int threads) {
    Run plain = run;  // its weights are the same
    plain.set_temperature(1);
    Threads pool(threads);
    Signature signature = plain.signature();
    constexpr Size rows_at_a_time = 256;
    Network network(plain.recipe(), signature, Mode::evaluate,
                    std::min(rows_at_a_time, samples.count()), plain.weights(), pool);
    const auto append = [](std::vector<float>& to, ConstSpan from) {
      to.insert(to.end(), from.begin(), from.end());
    };
    each_outcome(network, whole(samples), [&](const Outcome& outcome) {
      append(outputs, outcome.outputs), append(targets, outcome.targets);
      append(deviations, outcome.deviations);
      rows += outcome.rows, width = outcome.width, target_width = outcome.target_width;
    });
    if (run.recipe().loss.meaning() == Meaning::binary && target_width > 1)  // labels, each alone
      rows *= width, width = target_width = 1;
  }

  Outcome outcome() const { return {outputs, targets, rows, width, target_width, deviations}; }
  bool tells_noise() const { return !deviations.empty(); }

  Scores at(double temperature) const {
    Collected other = *this;
    for (float& z : other.outputs)
      if (!tells_noise()) z /= float(temperature);
    for (float& deviation : other.deviations) deviation *= float(temperature);
    Scores scores;
    const std::vector<Metric> metrics = tells_noise()
                                            ? std::vector<Metric>{Coverage{}, IntervalWidth{}}
                                            : std::vector<Metric>{LogLoss{}, Ece{}};
    for (const Metric& metric : metrics) {
      const std::unique_ptr<Meter> meter = metric.meter();
      meter->add(other.outcome());
      scores.emplace_back(std::string(metric.key()), meter->value());
    }
    return scores;
  }
};

}  // namespace

Fitted fit_to_classes(const Outcome& logits) {
  double low = 1 / temperature_range.high, high = 1 / temperature_range.low, b = 1;
  if (slopes_at(high, logits).first <= 0)
    fail(
        "all {} samples to calibrate by are right: the surer the better, so that no temperature is "
        "best; hold out more by split.validation",
        logits.rows);
  if (slopes_at(low, logits).first >= 0)
    fail("the outputs are no better than a guess: no temperature makes them so");
  Slopes at;
  for (int step = 0; step < 100; ++step) {
    at = slopes_at(b, logits);
    (at.first > 0 ? high : low) = b;
    double next = b - at.first / at.second;
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    if (std::abs(next - b) <= 1e-12 * b) break;
    b = next;
  }
  return {1 / b, 1 / (b * b * std::sqrt(at.second))};
}

Fitted fit_to_noise(const Outcome& outcome) {
  check_noise("a temperature", outcome);
  double squares = 0;
  for (std::size_t i = 0; i < outcome.outputs.size(); ++i) {
    const double off = double(outcome.outputs[i]) - double(outcome.targets[i]);
    squares += off * off / (double(outcome.deviations[i]) * double(outcome.deviations[i]));
  }
  const double count = double(outcome.outputs.size()), t = std::sqrt(squares / count);
  if (!temperature_range.holds(t))
    fail("the noise that the model tells is off by a factor of {}, which is too much to repair",
         rounded_text(t));
  return {t, t / std::sqrt(2 * count)};
}

TemperatureFit fit_temperature(const Run& run, int threads) {
  Run(run).set_temperature(1);  // says so when outputs have none
  if (run.recipe().loss.meaning() == Meaning::distribution)
    fail("a temperature is fitted to classes or to noise, not to shares, which {} is for",
         run.recipe().loss.key());
  const Collected validation(run, split_of(run, "validation"), threads);
  TemperatureFit fit{validation.tells_noise() ? fit_to_noise(validation.outcome())
                                              : fit_to_classes(validation.outcome()),
                     {}};
  const auto see = [&](const std::string& split, const Collected& of) {
    fit.seen.push_back({split, of.rows, of.at(1), of.at(fit.temperature)});
  };
  see("validation", validation);
  std::optional<Samples> test;
  try {
    test = split_of(run, "test");
  } catch (const Error&) {  // there are none
  }
  if (test) see("test", Collected(run, *test, threads));
  return fit;
}

}  // namespace goodfit
