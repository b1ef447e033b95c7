// Laws that every metric of the catalogue obeys. A new one is tested here without being named.
#include <gtest/gtest.h>

#include <cmath>

#include "goodfit/parts/metrics/catalogue.hpp"
#include "tests/part_laws.hpp"

namespace goodfit {
namespace {

// Fifty samples of one number each, 0 or 1, with its noise; or of classes, by one logit or eight.
struct Samples {
  Size width = 1;
  std::vector<float> outputs = {}, targets = {}, deviations = {};
  Outcome rows(std::size_t from, std::size_t to) const {
    const std::size_t wide = std::size_t(width), noisy = deviations.empty() ? 0 : 1;
    return {ConstSpan(outputs).subspan(from * wide, (to - from) * wide),
            ConstSpan(targets).subspan(from, to - from),
            Size(to - from),
            width,
            1,
            ConstSpan(deviations).subspan(noisy * from, noisy * (to - from))};
  }
};

Samples numbers(float noise) {
  Samples made;
  for (int i = 0; i < 50; ++i) {
    made.targets.push_back(float(i % 3 == 0));
    made.outputs.push_back(made.targets.back() + noise * float(std::sin(3.1 * i) - 0.1));
    made.deviations.push_back(0.1f + 0.1f * noise);
  }
  return made;
}

Samples classes(Size width, float noise) {
  Samples made{.width = width};
  for (int i = 0; i < 50; ++i) {
    const int target = int(i * i % 11) % int(std::max<Size>(2, width));
    made.targets.push_back(float(target));
    for (int j = 0; j < int(width); ++j)
      made.outputs.push_back((j == target || (width == 1 && target == 1) ? 5.0f : -5.0f) +
                             noise * float(std::sin(1.7 * i + j)));
  }
  return made;
}

bool takes(const Metric& metric, const Samples& samples) {
  try {
    metric.meter()->add(samples.rows(0, 50));
    return true;
  } catch (const Error&) {
    return false;
  }
}

// Calls fn(metric, exact, wild) with samples that the metric takes: of classes if it takes any.
template <class Fn>
void each_metric(Fn fn) {
  Metrics::each([&]<class Part>() {
    const Metric metric = Part{};
    const bool of_classes = takes(metric, classes(8, 0));
    EXPECT_TRUE(of_classes || takes(metric, numbers(0))) << metric.key();
    if (!of_classes) return fn(metric, numbers(0), numbers(3));
    fn(metric, classes(8, 0), classes(8, 9));
    if (takes(metric, classes(1, 0))) fn(metric, classes(1, 0), classes(1, 9));
  });
}

}  // namespace

TEST(Metrics, DoNotDependOnHowBatchesAreCut) {
  each_metric([](const Metric& metric, const Samples&, const Samples& all) {
    const auto whole = metric.meter();
    whole->add(all.rows(0, 50));
    for (const std::size_t size : {1, 7, 49}) {
      const auto pieces = metric.meter();
      for (std::size_t from = 0; from < 50; from += size)
        pieces->add(all.rows(from, std::min<std::size_t>(50, from + size)));
      pieces->add(all.rows(0, 0));
      EXPECT_EQ(whole->value(), pieces->value()) << metric.key() << ", batches of " << size;
    }
  });
}

TEST(Metrics, KnowWhichWayIsBetter) {
  each_metric([](const Metric& metric, const Samples& exact, const Samples& wild) {
    const auto good = metric.meter(), bad = metric.meter();
    good->add(exact.rows(0, 50));
    bad->add(wild.rows(0, 50));
    EXPECT_EQ(metric.higher_is_better(), good->value() > bad->value()) << metric.key();
    EXPECT_NE(good->value(), bad->value()) << metric.key();
  });
}

// An output that is not a number never counts as right. Precision speaks of finds alone, and it is
// none.
TEST(Metrics, GrowWorseOrHaveNoValueByWhatIsNoNumber) {
  each_metric([](const Metric& metric, const Samples& exact, const Samples&) {
    Samples broken = exact;
    broken.outputs[std::size_t(7 * exact.width)] = std::nanf("");
    const auto good = metric.meter(), bad = metric.meter();
    good->add(exact.rows(0, 50));
    bad->add(broken.rows(0, 50));
    const double apart = good->value() - bad->value();
    const double worse = metric.higher_is_better() ? apart : -apart;
    EXPECT_TRUE(std::isnan(worse) || worse > 0 || (metric.key() == "precision" && worse == 0))
        << metric.key() << " of width " << exact.width;
  });
}

TEST(Metrics, HaveNoValueBeforeTheFirstRow) {
  Metrics::each([]<class Part>() {
    EXPECT_TRUE(std::isnan(Metric(Part{}).meter()->value())) << Part::card.key;
  });
}

TEST(Metrics, RefuseASettingOutsideItsRange) { expect_ranges_are_kept<Metrics>(); }
TEST(Metrics, CanBeNamedInARecipe) { expect_parts_can_be_named<Metric, Metrics>(); }
TEST(Metrics, SurviveWritingAndReading) { expect_parts_survive_writing<Metric, Metrics>(); }

}  // namespace goodfit
