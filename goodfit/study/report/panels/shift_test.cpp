#include "goodfit/study/report/panels/shift.hpp"

#include "goodfit/study/report/panels/testing.hpp"

namespace goodfit {
namespace {

Panel shift_panel(double later) {
  const TemporaryFolder folder;
  Recipe recipe = line_recipe();
  Data data = *recipe.data->as<InMemory>()->data;
  for (std::size_t i = 0; i < 200; ++i) {
    data.keys["day"].push_back(double(i));
    if (i > 150) data.train.features[2 * i + 1] += float(later);
  }
  recipe.data = in_memory(std::move(data));
  recipe.split = {.validation = 0.2, .time = "day"};
  ShiftWatch watch;
  Views views;
  views.emplace_back(train(recipe, {.folder = folder.path() + "/run", .callbacks = {&watch}}));
  return drawn<ShiftPanel>(views);
}

TEST(ShiftPanel, NamesWhatDiffers) {
  const Panel panel = shift_panel(3);
  expect_says(panel.reading, "validation differs from training: b (distance ");
  EXPECT_EQ(text(at(at(at(*pieces(panel, "table").at(0), "rows"), 0), 0)), "b");
}

TEST(ShiftPanel, SaysSoWhenNothingDoes) {
  expect_says(shift_panel(0).reading, "by no more than chance");
}

TEST(ShiftPanel, IsSilentWithoutARecord) { EXPECT_FALSE(ShiftPanel::draw(three_clouds())); }

}  // namespace
}  // namespace goodfit
