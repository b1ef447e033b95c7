#include "goodfit/study/report/panels/summary.hpp"

#include <fmt/core.h>

#include "goodfit/study/report/panels/testing.hpp"

namespace goodfit {

TEST(SummaryPanel, NamesTheBestEpochAndItsScores) {
  const Panel panel = drawn<SummaryPanel>(three_clouds());
  const auto& run = three_clouds()[0].run();
  expect_says(panel.reading, fmt::format("epoch {} of 4", run.best_epoch));
  const Setting& first = at(at(*pieces(panel, "figures").at(0), "items"), 0);
  EXPECT_EQ(text(at(first, "name")), "test loss");
  EXPECT_EQ(text(at(first, "value")), figure(run.test_scores[0].second));
}

TEST(SummaryPanel, OfSeveralRunsIsATable) {
  const Panel panel = drawn<SummaryPanel>(two_runs());
  const Setting& table = *pieces(panel, "table").at(0);
  EXPECT_EQ(text(at(at(table, "head"), 1)), "validation loss");
  ASSERT_EQ(size_of(at(table, "rows")), 2u);
  EXPECT_EQ(text(at(at(at(table, "rows"), 1), 0)), "second");
}

}  // namespace goodfit
