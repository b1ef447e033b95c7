#include "goodfit/parts/metrics/names.hpp"

#include "goodfit/parts/metrics/catalogue.hpp"
#include "goodfit/parts/metrics/testing.hpp"

namespace goodfit {
namespace {

TEST(MetricNames, AreTheKeysAndOfThoseThatShareOneTheSettingsToo) {
  EXPECT_EQ(names_of({Accuracy{}, TopK{}, Coverage{}}),
            (std::vector<std::string>{"accuracy", "top_k", "coverage"}));
  EXPECT_EQ(
      names_of({TopK{.k = 2}, Accuracy{}, TopK{}, Coverage{.level = 0.5}, Coverage{}}),
      (std::vector<std::string>{"top_k_2", "accuracy", "top_k_5", "coverage_0.5", "coverage_0.9"}));
  expect_error(
      [] {
        names_of({TopK{}, TopK{}});
      },
      "metrics: top_k_5 is listed twice: name it once");
}

TEST(MetricNames, SayWhetherMoreIsBetter) {
  const std::vector<Metric> metrics{TopK{.k = 2}, TopK{}, LogLoss{}};
  EXPECT_EQ(is_higher_better(metrics, "top_k_2"), true);
  EXPECT_EQ(is_higher_better(metrics, "log_loss"), false);
  EXPECT_EQ(is_higher_better(metrics, "top_k"), std::nullopt);
}

}  // namespace
}  // namespace goodfit
