#include "goodfit/study/report/panels/mistakes.hpp"

#include "goodfit/study/report/panels/testing.hpp"

namespace goodfit {

TEST(MistakesPanel, OnlySamplesThatWereWrongTheSurestFirst) {
  const RunView& view = three_clouds()[0];
  const Panel panel = drawn<MistakesPanel>(three_clouds());
  const Setting& rows = at(*pieces(panel, "table").at(0), "rows");
  const double wrong = 30 * (1 - view.test_scores()[1].second);
  EXPECT_EQ(double(size_of(rows)), std::min(12.0, std::round(wrong)));
  const auto sure = [&](std::size_t i) {
    const std::string said = text(at(at(rows, i), 2));
    EXPECT_NE(said[0], text(at(at(rows, i), 1))[0]);
    return std::stod(said.substr(said.find('(') + 1));
  };
  for (std::size_t i = 0; i + 1 < size_of(rows); ++i) sure(i), sure(i + 1);
}

TEST(MistakesPanel, OfNumbersThoseFurthestOff) {
  Recipe recipe = line_recipe();
  const Panel panel = drawn<MistakesPanel>(of(recipe));
  const Setting& rows = at(*pieces(panel, "table").at(0), "rows");
  ASSERT_EQ(size_of(rows), 12u);
  double last = 1e9;
  for (const Setting& row : *rows.list()) {
    const double off = std::abs(std::stod(text(at(row, 1))) - std::stod(text(at(row, 2))));
    EXPECT_LE(off, last + 0.01);
    last = off;
  }
  expect_says(text(at(at(rows, 0), 3)), " σ)");
}

TEST(MistakesPanel, PicturesAreDrawn) {
  Data data;
  data.train.shape = {2, 3, 1};
  Random random(1, 1);
  for (int i = 0; i < 60 * 6; ++i) data.train.features.push_back(float(random.normal()));
  for (int i = 0; i < 60; ++i) data.train.targets.push_back(float(i % 2));
  data.classes = {"cat", "dog"};
  Recipe recipe{.data = in_memory(data), .model = {Flatten{}, Dense{.out = 2}}, .epochs = 1};
  recipe.split.validation = 0.5;
  const Panel panel = drawn<MistakesPanel>(of(recipe));
  const Setting& first = at(at(*pieces(panel, "pictures").at(0), "items"), 0);
  EXPECT_TRUE(text(at(first, "source")).starts_with("data:image/png;base64,iVBOR"));
  expect_says(text(at(first, "caption")), "is ");
}

}  // namespace goodfit
