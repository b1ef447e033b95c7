// goodfit report: where pages go, what they hold, and what is refused.
#include <nlohmann/json.hpp>

#include "tests/command.hpp"

namespace goodfit {
namespace {

struct CliReport : CommandTest {
  nlohmann::json data(const std::string& page) const {
    const std::string text = file_text(path(page)), begin = "id=\"data\">";
    const std::size_t from = text.find(begin) + begin.size();
    return nlohmann::json::parse(text.substr(from, text.find("</script>", from) - from));
  }
  std::vector<std::string> panels(const std::string& page) const {
    std::vector<std::string> keys;
    const nlohmann::json all = data(page)["panels"];
    for (const auto& panel : all) keys.push_back(panel["key"]);
    return keys;
  }
};

TEST_F(CliReport, OfARunItLiesInItsFolder) {
  good({"train", "r.toml", "--out", "a", "--quiet"});
  EXPECT_EQ(good({"report", "a/"}), "report: a/report.html\n");
  EXPECT_EQ(
      panels("a/report.html"),
      (std::vector<std::string>{"summary", "findings", "loss", "metrics", "gap", "lr", "signal",
                                "histograms", "intervals", "confusion", "mistakes", "calibration",
                                "coverage", "data", "shift", "recipe", "environment"}));
  EXPECT_EQ(data("a/report.html")["runs"], nlohmann::json::array({"a"}));
}

TEST_F(CliReport, OfSeveralRunsTheyAreSetSideBySide) {
  good({"train", "r.toml", "--out", "a", "--quiet"});
  good({"train", "r.toml", "lr=0.1", "--out", "b", "--quiet"});
  EXPECT_EQ(good({"report", "a", "b"}), "report: report.html\n");
  EXPECT_EQ(data("report.html")["runs"], nlohmann::json::array({"a", "b"}));
  const auto said =
      nlohmann::json::parse(good({"report", "a", "b", "--out", "new/both.html", "--json"}));
  EXPECT_EQ(said["report"], "new/both.html");
  EXPECT_TRUE(std::filesystem::exists(path("new/both.html")));
}

TEST_F(CliReport, NumbersHavePredictionsAndDataMayBeGone) {
  good({"train", "numbers.toml", "probes=off", "--out", "a", "--quiet"});
  good({"report", "a"});
  const std::vector<std::string> all = panels("a/report.html");
  EXPECT_EQ(std::count(all.begin(), all.end(), "predictions"), 1);
  EXPECT_EQ(std::count(all.begin(), all.end(), "signal"), 0);
  std::filesystem::remove(path("numbers.csv"));
  good({"report", "a"});
  const std::vector<std::string> left = panels("a/report.html");
  EXPECT_EQ(std::count(left.begin(), left.end(), "predictions"), 0);
  EXPECT_TRUE(says(file_text(path("a/report.html")), "cannot be read now: numbers.csv"));
}

TEST_F(CliReport, WhatIsNoRunIsRefused) {
  EXPECT_TRUE(says(refused({"report", "nowhere"}), "nowhere: no such run"));
  good({"train", "r.toml", "--out", "a", "--quiet"});
  EXPECT_TRUE(says(refused({"report", "a", "nowhere"}), "nowhere: no such run"));
  EXPECT_TRUE(says(refused({"report", "a", "--out", "."}),
                   "is a folder: name a file in it, ./report.html"));
}

}  // namespace
}  // namespace goodfit
