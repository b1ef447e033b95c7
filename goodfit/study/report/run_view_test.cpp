#include "goodfit/study/report/run_view.hpp"

#include "goodfit/study/report/panels/testing.hpp"

namespace goodfit {

TEST(RunView, JudgesByTestSamplesThenByValidationThenByTraining) {
  Recipe recipe = clouds_recipe();
  EXPECT_EQ(three_clouds()[0].judged()->split, "test");
  EXPECT_EQ(of(recipe)[0].judged()->split, "validation");
  recipe.split.validation = 0;
  EXPECT_EQ(of(recipe)[0].judged()->split, "training");
}

TEST(RunView, OutputsAreThoseOfTheModel) {
  const RunView& view = three_clouds()[0];
  const RunView::Judged& judged = *view.judged();
  const std::vector<float> wanted = view.run().predict(judged.samples.copy(), 1);
  ASSERT_EQ(judged.rows, 30);
  ASSERT_EQ(judged.width, 3);
  for (Size row = 0; row < judged.rows; ++row) {
    const Outcome one = judged.outcome(row);
    const ClassOdds odds(ClassRow(one, 0));
    for (Size c = 0; c < 3; ++c)
      EXPECT_NEAR(odds.probability(c), wanted[std::size_t(row * 3 + c)], 1e-5);
  }
  EXPECT_NEAR(judged.loss, view.test_scores()[0].second, 1e-6);
}

TEST(RunView, DataThatHasGoneIsAReason) {
  const Views views = without_data();
  EXPECT_EQ(views[0].data(), nullptr);
  EXPECT_EQ(views[0].judged(), nullptr);
  expect_says(views[0].why_no_data(), "nowhere.csv");
  EXPECT_EQ(views[0].name(), "run");
}

TEST(RunView, ReadsTheRecordAndIsCalledAsItsFolder) {
  const Views views = two_runs();
  EXPECT_EQ(views[1].name(), "second");
  EXPECT_EQ(views[1].events("epoch").size(), 4u);
  EXPECT_EQ(views[1].events("end").size(), 1u);
}

}  // namespace goodfit
