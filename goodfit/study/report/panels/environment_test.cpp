#include "goodfit/study/report/panels/environment.hpp"

#include "goodfit/study/report/panels/testing.hpp"

namespace goodfit {

TEST(EnvironmentPanel, IsWhatTheRecordSays) {
  const Panel panel = drawn<EnvironmentPanel>(two_runs());
  const auto tables = pieces(panel, "table");
  ASSERT_EQ(tables.size(), 2u);
  const Setting& rows = at(*tables[0], "rows");
  bool found = false;
  for (const Setting& row : *rows.list())
    if (text(at(row, 0)) == "outcome") found = text(at(row, 3)) == "finished";
  EXPECT_TRUE(found);
  EXPECT_EQ(text(at(at(rows, 1), 0)), "goodfit");
  EXPECT_EQ(text(at(at(rows, 1), 1)), version());
}

TEST(EnvironmentPanel, WithoutARecordSaysThat) {
  expect_says(drawn<EnvironmentPanel>(three_clouds()).reading, "no record");
}

}  // namespace goodfit
