// goodfit compare: the table, going on, and what is refused.
#include <nlohmann/json.hpp>

#include "tests/command.hpp"

namespace goodfit {
namespace {

struct CliCompare : CommandTest {
  // The standings without what takes other time each time.
  static nlohmann::json standings(const std::string& out) {
    nlohmann::json all = nlohmann::json::parse(lines_of(out).back())["standings"];
    for (auto& one : all) one.erase("seconds"), one.erase("folder");
    return all;
  }
  std::vector<std::string> sweep(const std::string& to, std::vector<std::string> more = {}) const {
    more.insert(more.begin(),
                {"compare", "r.toml", "lr=0.001,0.01", "--seeds", "3", "--json", "--out", to});
    return more;
  }
};

TEST_F(CliCompare, RanksVariantsAndLeavesOrdinaryRuns) {
  const auto all = standings(good(sweep("a")));
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0]["variant"], "lr=0.01");
  EXPECT_LT(double(all[0]["validation"]["mean"]), double(all[1]["validation"]["mean"]));
  EXPECT_TRUE(all[1]["p"].is_number());
  EXPECT_EQ(all[0]["scores"].size(), 3u);
  EXPECT_EQ(lines_of(file_text(path("a/compare.csv"))).size(), 3u);
  EXPECT_TRUE(std::filesystem::exists(path("a/report.html")));
  good({"evaluate", "a/lr=0.01/seed-2", "--json"});
}

TEST_F(CliCompare, IsTheSameForAnyThreadsAndWhenGoneOnWith) {
  const auto one = standings(good(sweep("a", {"--threads", "1"})));
  EXPECT_EQ(standings(good(sweep("b", {"--threads", "2"}))), one);
  EXPECT_EQ(standings(good(sweep("a"))), one) << "read again";
  Started started(folder.path(), sweep("c", {"epochs=200"}));
  ASSERT_TRUE(started.says("\"run\""));
  started.send(SIGKILL);
  started.finish();
  EXPECT_EQ(standings(good(sweep("c", {"epochs=200"}))),
            standings(good(sweep("d", {"epochs=200"}))));
}

TEST_F(CliCompare, HalvingLeavesTheWorseBehind) {
  const auto all = standings(good({"compare", "r.toml", "lr=1e-5,1e-4,1e-3,1e-2", "epochs=9",
                                   "--halving", "--seeds", "2", "--json"}));
  ASSERT_EQ(all.size(), 4u);
  EXPECT_EQ(all[0]["variant"], "lr=1e-2");
  EXPECT_EQ(all[0]["epochs"], 9.0);
  EXPECT_EQ(all[3]["epochs"], 3.0);
}

TEST_F(CliCompare, ClaimsNothingOverRunsThatFailed) {
  const std::vector<std::string> command = {"compare",      "r.toml",  "optimizer.type=sgd",
                                            "lr=1e-2,1e30", "--seeds", "2"};
  const std::string out = good(command);
  EXPECT_NE(out.find("2 failed"), out.npos) << out;
  EXPECT_NE(out.find("none of the others got to the end"), out.npos) << out;
  std::vector<std::string> more = command;
  more[3] = "lr=1e-6,1e-2,1e30";
  const std::string three = good(more);
  EXPECT_EQ(three.find("better than the others by"), three.npos) << three;
  EXPECT_NE(three.find("best: "), three.npos) << three;
}

TEST_F(CliCompare, StopsWhenInterruptedAndGoesOn) {
  const std::vector<std::string> command = {
      "compare", "r.toml", "lr=0.001,0.01", "--seeds", "3", "--json", "epochs=200", "--out", "a"};
  Started started(folder.path(), command);
  ASSERT_TRUE(started.says("\"run\""));
  started.send(SIGINT);
  const Finished finished = started.finish();
  EXPECT_EQ(finished.code, 130);
  EXPECT_NE(finished.err.find("the same command goes on"), finished.err.npos) << finished.err;
  const auto gone_on = standings(good(command));
  std::vector<std::string> straight = command;
  straight.back() = "b";
  EXPECT_EQ(gone_on, standings(good(straight)));
}

TEST_F(CliCompare, DrawsVariantsFromRanges) {
  const std::vector<std::string> command = {"compare",     "r.toml",   "lr=1e-4..1e-1",
                                            "batch=8..64", "--random", "5",
                                            "--seeds",     "1",        "--json"};
  const auto all = standings(good(command));
  ASSERT_EQ(all.size(), 5u);
  for (const auto& one : all) {
    const std::string name = one["variant"];
    double lr = 0;
    int batch = 0;
    ASSERT_EQ(std::sscanf(name.c_str(), "lr=%lg batch=%d", &lr, &batch), 2) << name;
    EXPECT_TRUE(lr >= 1e-4 && lr <= 1e-1 && batch >= 8 && batch <= 64) << name;
  }
  EXPECT_EQ(standings(good(command)), all) << "the same draw each time";
}

TEST_F(CliCompare, SaysWhatCannotBeCompared) {
  const auto says = [](const std::string& text, const std::string& said) {
    return text.find(said) != text.npos;
  };
  EXPECT_TRUE(says(refused({"compare", "r.toml"}), "only one variant"));
  EXPECT_TRUE(says(refused({"compare"}), "RECIPE is required"));
  EXPECT_TRUE(says(refused({"compare", "r.toml", "nonsense=1,2"}), "unknown setting"));
  EXPECT_TRUE(says(refused({"compare", "r.toml", "lr=1..0"}), "is no range"));
  EXPECT_TRUE(says(refused({"compare", "r.toml", "lr=1,2", "--seeds", "0"}), "at least 1"));
  EXPECT_TRUE(says(refused({"compare", "r.toml", "lr=1,1"}), "is there twice"));
  EXPECT_TRUE(says(refused({"compare", "r.toml", "seed=1,2"}), "--seeds N"));
  EXPECT_TRUE(says(refused({"compare", "r.toml", "lr=1,2", "--by", "beauty"}), "beauty"));
}

}  // namespace
}  // namespace goodfit
