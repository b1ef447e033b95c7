#include "goodfit/study/report/panels/calibration.hpp"

#include "goodfit/study/report/panels/testing.hpp"

namespace goodfit {

TEST(CalibrationPanel, EverySampleIsInOneBin) {
  const Panel panel = drawn<CalibrationPanel>(three_clouds());
  const Setting& counts = at(at(at(*pieces(panel, "bars").at(0), "groups"), 0), "values");
  double all = 0;
  for (const Setting& count : *counts.list()) all += number(count);
  EXPECT_EQ(all, 30);
  // The mean over the bins is the accuracy.
  const Setting& line = at(at(*pieces(panel, "chart").at(0), "lines"), 0);
  double right = 0;
  std::size_t place = 0;
  for (const Setting& count : *counts.list())
    if (number(count) > 0) right += number(count) / 30 * number(at(at(line, "y"), place++));
  EXPECT_NEAR(right, three_clouds()[0].test_scores()[1].second, 1e-4);
  const Ece ece{.bins = 10};
  Ece::State state;
  ece.add(state, three_clouds()[0].judged()->outcome());
  expect_says(panel.reading, "Calibration error (ece, of tenths) " + percent(ece.value(state)));
}

TEST(CalibrationPanel, IsSilentOnScoresAndNumbers) {
  Recipe recipe = clouds_recipe();
  recipe.loss = Hinge{};
  EXPECT_FALSE(CalibrationPanel::draw(of(recipe)));
  EXPECT_FALSE(CalibrationPanel::draw(of(line_recipe())));
}

}  // namespace goodfit
