// Laws that every metric of the catalogue obeys. A new one is tested here without being named.
#include <gtest/gtest.h>

#include <cmath>

#include "goodfit/parts/metrics/catalogue.hpp"
#include "tests/part_laws.hpp"

namespace goodfit {
namespace {

// One logit or number per sample, which all metrics take: targets 0 and 1.
struct Samples {
  std::vector<float> outputs, targets;
  Outcome rows(std::size_t from, std::size_t to) const {
    return {ConstSpan(outputs).subspan(from, to - from),
            ConstSpan(targets).subspan(from, to - from), Size(to - from), 1, 1};
  }
};

Samples samples(float noise) {
  Samples made;
  for (int i = 0; i < 50; ++i) {
    made.targets.push_back(float(i % 3 == 0));
    made.outputs.push_back(made.targets.back() + noise * float(std::sin(3.1 * i) - 0.1));
  }
  return made;
}

}  // namespace

TEST(Metrics, DoNotDependOnHowBatchesAreCut) {
  const Samples all = samples(2);
  Metrics::each([&]<class Part>() {
    const auto whole = Metric(Part{}).meter();
    whole->add(all.rows(0, 50));
    for (const std::size_t size : {1, 7, 49}) {
      const auto pieces = Metric(Part{}).meter();
      for (std::size_t from = 0; from < 50; from += size)
        pieces->add(all.rows(from, std::min<std::size_t>(50, from + size)));
      pieces->add(all.rows(0, 0));
      EXPECT_EQ(whole->value(), pieces->value()) << Part::card.key << ", batches of " << size;
    }
  });
}

TEST(Metrics, KnowWhichWayIsBetter) {
  Metrics::each([]<class Part>() {
    const Metric metric = Part{};
    const Samples exact = samples(0), wild = samples(3);
    const auto good = metric.meter(), bad = metric.meter();
    good->add(exact.rows(0, 50));
    bad->add(wild.rows(0, 50));
    EXPECT_EQ(metric.higher_is_better(), good->value() > bad->value()) << Part::card.key;
    EXPECT_NE(good->value(), bad->value()) << Part::card.key;
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
