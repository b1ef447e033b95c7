#include "goodfit/study/report/panels/data.hpp"

#include "goodfit/study/report/panels/testing.hpp"

namespace goodfit {

TEST(DataPanel, CountsSplitsAndClasses) {
  const Panel panel = drawn<DataPanel>(three_clouds());
  const Setting& items = at(*pieces(panel, "figures").at(0), "items");
  EXPECT_EQ(text(at(at(items, 0), "value")), "96");  // of 150, less 30 for test, less 24
  EXPECT_EQ(text(at(at(items, 2), "value")), "30");
  const Setting& groups = at(*pieces(panel, "bars").at(0), "groups");
  ASSERT_EQ(size_of(groups), 3u);
  EXPECT_NEAR(number(at(at(at(groups, 2), "values"), 1)), 1 / 3.0, 1e-5);
}

TEST(DataPanel, SaysWhatTheFeaturesOfATableAre) {
  const Panel panel = drawn<DataPanel>(of(line_recipe()));
  const Setting& rows = at(*pieces(panel, "table").at(0), "rows");
  ASSERT_EQ(size_of(rows), 2u);
  EXPECT_EQ(text(at(at(rows, 1), 0)), "b");
  EXPECT_NEAR(std::stod(text(at(at(rows, 1), 2))), 1, 0.25);
  EXPECT_TRUE(pieces(panel, "bars").empty());
}

TEST(DataPanel, SaysWhyThereIsNone) {
  expect_says(drawn<DataPanel>(without_data()).reading, "nowhere.csv");
}

}  // namespace goodfit
