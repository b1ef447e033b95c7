#include "goodfit/study/report/panels/confusion.hpp"

#include "goodfit/study/report/panels/testing.hpp"

namespace goodfit {

TEST(ConfusionPanel, CountsTheTestSamplesAsTheRunDoes) {
  const Panel panel = drawn<ConfusionPanel>(three_clouds());
  const Setting& counts = at(*pieces(panel, "matrix").at(0), "counts");
  const RunView& view = three_clouds()[0];
  const Confusion wanted = view.run().confusion(view.data()->portions.test.copy(), 1);
  ASSERT_EQ(size_of(counts), 9u);
  for (std::size_t i = 0; i < 9; ++i) EXPECT_EQ(number(at(counts, i)), double(wanted.counts[i]));
  expect_says(panel.reading, "On the test samples; ");
}

TEST(ConfusionPanel, ManyClassesAreAListOfMistakes) {
  Data data;
  data.train.shape = {1};
  for (int i = 0; i < 250; ++i) {
    data.train.features.push_back(float(i % 25));
    data.train.targets.push_back(float(i % 25));
  }
  Recipe recipe{.data = in_memory(data), .model = {Dense{.out = 25}}, .epochs = 1};
  const Panel panel = drawn<ConfusionPanel>(of(recipe));
  EXPECT_TRUE(pieces(panel, "matrix").empty());
  EXPECT_EQ(text(at(at(*pieces(panel, "table").at(0), "head"), 0)), "is");
}

TEST(ConfusionPanel, IsSilentOnNumbersAndWithoutData) {
  EXPECT_FALSE(ConfusionPanel::draw(of(line_recipe())));
  EXPECT_FALSE(ConfusionPanel::draw(without_data()));
}

}  // namespace goodfit
