#include "goodfit/study/report/panels/intervals.hpp"

#include "goodfit/study/report/panels/testing.hpp"

namespace goodfit {

// Of n samples with accuracy p the deviation is √(p (1 − p) / n).
TEST(IntervalsPanel, AreAsWideAsTheBinomialLawSays) {
  const Panel panel = drawn<IntervalsPanel>(three_clouds());
  const Setting& row = at(at(*pieces(panel, "table").at(0), "rows"), 0);
  EXPECT_EQ(text(at(row, 0)), "accuracy");
  const double p = std::stod(text(at(row, 1))), deviation = std::sqrt(p * (1 - p) / 30);
  const std::string interval = text(at(row, 2));
  const double low = std::stod(interval), high = std::stod(interval.substr(interval.find("…") + 3));
  EXPECT_NEAR((high - low) / (2 * 1.96 * deviation), 1, 0.35);
  EXPECT_LE(low, p);
  EXPECT_GE(high, p);
}

TEST(IntervalsPanel, NoiseThatIsToldIsComparedWithItsLevels) {
  const Panel panel = drawn<IntervalsPanel>(of(line_recipe(GaussianNll{}, 2)));
  const Setting& line = at(at(*pieces(panel, "chart").at(0), "lines"), 0);
  ASSERT_EQ(size_of(at(line, "x")), 11u);
  EXPECT_EQ(number(at(at(line, "x"), 8)), 0.9);
  double last = 0;
  for (const Setting& share : *at(line, "y").list()) {
    EXPECT_GE(number(share), last);
    last = number(share);
  }
}

}  // namespace goodfit
