// Laws that every dataset in the catalogue obeys. A new one is tested here without being named.
#include "goodfit/parts/datasets/catalogue.hpp"
#include "goodfit/parts/datasets/testing.hpp"

namespace goodfit {

TEST(DatasetLaws, EveryOneCanBeNamedInARecipe) {
  Datasets::each([]<class Part>() {
    const Dataset dataset = Dataset::read(Setting(Part::card.key));
    EXPECT_EQ(dataset.key(), Part::card.key);
    EXPECT_NE(dataset.template as<Part>(), nullptr);
  });
  EXPECT_TRUE(says(error_of([] { Dataset::read("csw"); }), "did you mean \"csv\"?"));
}

TEST(DatasetLaws, EveryOneIsReadBackAsWritten) {
  Datasets::each([]<class Part>() {
    const Dataset dataset = Part{};
    EXPECT_EQ(Dataset::read(dataset.write()).write(), dataset.write()) << Part::card.key;
  });
}

TEST(DatasetLaws, EveryOneRefusesAnUnknownSetting) {
  Datasets::each([]<class Part>() {
    Setting table{Setting::Table{}};
    table["type"] = Part::card.key;
    table["colour"] = 1;
    EXPECT_TRUE(says(error_of([&] { Dataset::read(table); }), "colour")) << Part::card.key;
  });
}

TEST(DatasetLaws, EveryOneSaysWhatIsMissingWhenThereIsNoData) {
  Datasets::each([]<class Part>() {
    Part part;
    if constexpr (requires { part.path; }) part.path = "/nowhere/data";
    const std::string error = error_of([&] { part.load({}); });
    EXPECT_NE(error, "") << Part::card.key;
    EXPECT_EQ(error.find('\n'), std::string::npos) << error;
    if constexpr (requires { part.path; }) {
      EXPECT_TRUE(says(error, "/nowhere/data"));
    }
  });
}

TEST(DatasetLaws, EverySettingIsExplained) {
  for (const PartText& part : Datasets::texts()) {
    EXPECT_FALSE(part.about.empty()) << part.key;
    for (const FieldText& field : part.fields) EXPECT_FALSE(field.about.empty()) << field.key;
  }
}

}  // namespace goodfit
