#include "goodfit/study/report/panels/features.hpp"

#include "goodfit/study/report/panels/testing.hpp"

namespace goodfit {

TEST(FeaturesPanel, DrawsTheFirstLayerOnPictures) {
  Data data;
  data.train.shape = {8, 8, 1};
  data.train.features.assign(20 * 64, 0.5f);
  for (int i = 0; i < 20; ++i) data.train.targets.push_back(float(i % 2));
  Recipe recipe{.data = in_memory(data),
                .model = {Flatten{}, Dense{.out = 200}, Relu{}, Dense{.out = 2}},
                .epochs = 1};
  const Panel panel = drawn<FeaturesPanel>(of(recipe));
  EXPECT_EQ(pieces(panel, "pictures").size(), 1u);
  expect_says(panel.reading, "144 of 200 units of layers.1.weight");
}

TEST(FeaturesPanel, IsSilentOnTables) { EXPECT_FALSE(FeaturesPanel::draw(three_clouds())); }

}  // namespace goodfit
