// goodfit compare-data: two tables side by side, and what is refused.
#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "tests/command.hpp"

namespace goodfit {
namespace {

struct CliCompareData : CommandTest {
  static std::string houses(std::uint64_t seed, double larger, const std::string& city) {
    Random random(seed, stream_of("two tables"));
    std::string text = "id,area,city,price\n";
    for (int i = 0; i < 300; ++i) {
      const double area = 100 + larger + 20 * random.normal();
      const bool here = random.uniform() < 0.2;
      text += fmt::format("{},{:.1f},{},{:.0f}\n", i + 1, area, here ? city : "Ulm", 2000 * area);
    }
    return text;
  }
  CliCompareData() {
    folder.write("old.csv", houses(1, 0, "Bonn"));
    folder.write("same.csv", houses(2, 0, "Bonn"));
    folder.write("new.csv", houses(3, 15, "Rome"));
  }
};

TEST_F(CliCompareData, IsQuietOnTwoSamplesOfOne) {
  const std::string said = good({"compare-data", "old.csv", "same.csv"});
  EXPECT_TRUE(says(said, "old.csv: 300 rows; same.csv: 300 rows; 3 columns compared"));
  EXPECT_TRUE(says(said, "column \"id\" is ignored: an id"));
  EXPECT_TRUE(says(said, "no shift found"));
}

TEST_F(CliCompareData, NamesWhatChanged) {
  const std::string said = good({"compare-data", "old.csv", "new.csv", "--target", "price"});
  EXPECT_TRUE(says(said, "values that are new, such as Rome"));
  EXPECT_TRUE(says(said, "all together: a network ranks"));
  EXPECT_TRUE(says(said, "shift: 2 of 2 columns changed"));
  const auto json = nlohmann::json::parse(good({"compare-data", "old.csv", "new.csv", "--json"}));
  EXPECT_EQ(json["shift"], true);
  EXPECT_EQ(json["features"].size(), 3u);
  for (const auto& feature : json["features"]) {
    EXPECT_EQ(feature["shift"], true);
    if (feature["name"] == "city") {
      EXPECT_EQ(feature["unseen"][0]["value"], "Rome");
    }
  }
}

TEST_F(CliCompareData, ColumnsThatOnlyOneHasAreTold) {
  folder.write("less.csv", "city,area\nUlm,100\nUlm,101\nBonn,95\n");
  const std::string said = good({"compare-data", "old.csv", "less.csv"});
  EXPECT_TRUE(says(said, "only old.csv has the columns \"id\", \"price\""));
  EXPECT_TRUE(says(said, "no shift found")) << "three rows prove nothing";
}

TEST_F(CliCompareData, RefusesWhatCannotBeCompared) {
  folder.write("empty.csv", "");
  folder.write("other.csv", "x,y\n1,2\n3,4\n");
  folder.write("bare.csv", "1,2\n3,4\n");
  folder.write("words.csv", "area,city\nlarge,Ulm\n90,Ulm\n");
  const auto with = [&](const std::string& next) {
    return refused({"compare-data", "old.csv", next});
  };
  EXPECT_TRUE(says(with("no.csv"), "no.csv: there is no such file"));
  EXPECT_TRUE(says(with("empty.csv"), "empty.csv: is empty"));
  EXPECT_TRUE(says(with("other.csv"), "other.csv: has no column to compare with old.csv"));
  EXPECT_TRUE(says(with("bare.csv"), "bare.csv: has no header line, but old.csv has one"));
  EXPECT_TRUE(says(with("words.csv"), "words.csv:2: column \"area\""));
  EXPECT_TRUE(says(refused({"compare-data", "old.csv", "new.npz"}), "new.npz: is no table"));
  EXPECT_TRUE(says(refused({"compare-data", "..", "old.csv"}), "`goodfit predict RUN DATA`"));
  EXPECT_TRUE(says(refused({"compare-data", "old.csv"}), "NEW is required"));
  EXPECT_TRUE(says(refused({"compare-data", "old.csv", "new.csv", "--target", "prize"}),
                   "did you mean \"price\"?"));
}

}  // namespace
}  // namespace goodfit
