// goodfit train: folders, progress, interruption and resume.
#include <nlohmann/json.hpp>

#include "tests/command.hpp"

namespace goodfit {
namespace {

namespace fs = std::filesystem;

struct CliTrain : CommandTest {
  std::string model(const std::string& run) const {
    const std::string bytes = file_text(path(run + "/model.safetensors"));
    EXPECT_GT(bytes.size(), 100u) << run;
    return bytes;
  }
};

TEST_F(CliTrain, WritesARunAndSaysWhatCameOut) {
  const std::string out = good({"train", "r.toml"});
  const auto lines = lines_of(out);
  EXPECT_TRUE(lines[0].starts_with("135 training samples, 15 validation; 115 parameters; "));
  EXPECT_TRUE(lines[1].starts_with("epoch 1/3  loss "));
  EXPECT_TRUE(lines[3].starts_with("epoch 3/3  loss "));
  EXPECT_TRUE(lines[4].starts_with("best epoch "));
  EXPECT_TRUE(says(lines[4], "accuracy "));
  EXPECT_TRUE(says(lines.back(), "run: runs/r   next: goodfit evaluate runs/r"));
  EXPECT_EQ(out.find('\x1b'), out.npos) << "no colours in a file";
  for (const char* name : {"recipe.toml", "record.jsonl", "metrics.csv", "model.safetensors"})
    EXPECT_TRUE(fs::exists(path("runs/r/") + name)) << name;
}

TEST_F(CliTrain, ATakenFolderIsNeverWrittenOver) {
  good({"train", "r.toml", "epochs=1", "--quiet"});
  const std::string first = model("runs/r");
  EXPECT_TRUE(says(good({"train", "r.toml", "epochs=1", "seed=2"}), "run: runs/r-2 "));
  EXPECT_TRUE(says(good({"train", "r.toml", "epochs=1"}), "run: runs/r-3 "));
  EXPECT_EQ(model("runs/r"), first);
  EXPECT_NE(model("runs/r-2"), first);
  EXPECT_EQ(model("runs/r-3"), first) << "the same recipe gives the same bytes";
  const std::string said = refused({"train", "r.toml", "--out", "runs/r"});
  EXPECT_TRUE(says(said, "already holds a run"));
  EXPECT_TRUE(says(said, "--resume runs/r"));
  EXPECT_EQ(model("runs/r"), first);
}

TEST_F(CliTrain, AssignmentsMayStandBetweenOptions) {
  good({"train", "r.toml", "epochs=1", "--out", "a", "model[3].p=0.4", "--quiet", "lr=0.5"});
  const std::string recipe = file_text(path("a/recipe.toml"));
  EXPECT_TRUE(says(recipe, "epochs = 1\n"));
  EXPECT_TRUE(says(recipe, "p = 0.4\n"));
  EXPECT_TRUE(says(recipe, "lr = 0.5\n"));
}

TEST_F(CliTrain, MetricsOfOneKeyAreToldApart) {
  good({"train", "r.toml", "metrics=[{top_k = 1}, {top_k = 2}]", "stop.monitor=top_k_2", "--out",
        "a", "--quiet"});
  const auto scores = nlohmann::json::parse(good({"evaluate", "a", "--json"}));
  EXPECT_TRUE(scores.contains("top_k_1"));
  EXPECT_TRUE(scores.contains("top_k_2"));
  EXPECT_TRUE(says(lines_of(file_text(path("a/metrics.csv")))[0], "top_k_2"));
  EXPECT_TRUE(says(refused({"train", "r.toml", "metrics=[{top_k = 1}, {top_k = 1}]"}),
                   "metrics: top_k_1 is listed twice: name it once"));
  EXPECT_TRUE(
      says(refused({"check", "r.toml", "metrics=[{top_k = 1}, {top_k = 2}]", "stop.monitor=top_k"}),
           "known: loss, top_k_1, top_k_2"));
}

TEST_F(CliTrain, TheRecipeOfARunRepeatsIt) {
  good({"train", "r.toml", "optimizer.beta1=0.8", "--out", "a"});
  good({"train", "a/recipe.toml", "--out", "b"});
  EXPECT_EQ(model("a"), model("b"));
}

TEST_F(CliTrain, QuietPrintsNothing) { EXPECT_EQ(good({"train", "r.toml", "--quiet"}), ""); }

TEST_F(CliTrain, JsonIsOneObjectPerLineAndNothingElse) {
  std::vector<std::string> events;
  nlohmann::json last;
  for (const std::string& line : lines_of(good({"train", "r.toml", "split.test=0.2", "--json"}))) {
    last = nlohmann::json::parse(line);
    ASSERT_TRUE(last.is_object()) << line;
    events.push_back(last["event"]);
  }
  EXPECT_EQ(events, (std::vector<std::string>{"begin", "epoch", "epoch", "epoch", "done"}));
  EXPECT_EQ(last["run"], "runs/r");
  EXPECT_EQ(last["outcome"], "finished");
  EXPECT_EQ(last["epochs"], 3);
  EXPECT_GT(double(last["seconds"]), 0);
  for (const char* which : {"best", "test"})
    for (const char* score : {"accuracy", "loss"}) EXPECT_TRUE(last[which][score].is_number());
}

TEST_F(CliTrain, SaysHowManyWeightsAreZero) {
  const std::string out = good({"train", "r.toml", "regularizers=[{proximal_l1 = 99}]"});
  EXPECT_TRUE(says(out,
                   "exact zeros: 100 % of the weights, 100 % of layers.1.weight, "
                   "100 % of layers.4.weight\n"))
      << out;
  EXPECT_TRUE(says(file_text(path("runs/r/record.jsonl")), "\"zeros\":{\"all\":1.0,"));
  const auto lines = lines_of(
      good({"train", "r.toml", "regularizers=[{proximal_l1 = 99}]", "--json", "epochs=1"}));
  EXPECT_EQ(nlohmann::json::parse(lines.back())["zeros"]["layers.4.weight"], 1);
  EXPECT_FALSE(says(good({"train", "r.toml", "epochs=1"}), "zeros"));
}

TEST_F(CliTrain, ResultsDoNotDependOnThreads) {
  const std::vector<std::string> large{"train", "r.toml", "batch=128", "model[1].out=256"};
  for (const std::string threads : {"1", "2", "5"}) {
    std::vector<std::string> arguments = large;
    arguments.insert(arguments.end(), {"--threads", threads, "--out", "t" + threads, "--quiet"});
    good(arguments);
  }
  EXPECT_EQ(model("t1"), model("t2"));
  EXPECT_EQ(model("t1"), model("t5"));
}

// A run that lasts long enough to be disturbed; without validation its model is the last epoch's.
const std::vector<std::string> long_run{
    "train", "r.toml", "split.validation=0", "epochs=300", "--json", "--threads", "1", "--out"};
std::vector<std::string> long_run_to(const std::string& out) {
  std::vector<std::string> arguments = long_run;
  arguments.push_back(out);
  return arguments;
}

TEST_F(CliTrain, AfterAnInterruptionTheRunGoesOnBitForBit) {
  good(long_run_to("whole"));
  for (const int signal : {SIGINT, SIGTERM}) {
    const std::string out = signal == SIGINT ? "interrupted" : "terminated";
    Started started(folder.path(), long_run_to(out));
    ASSERT_TRUE(started.says("\"epoch\":4,")) << "the run ended too early";
    started.send(signal);
    const Finished done = started.finish();
    EXPECT_EQ(done.code, 130) << done.err;
    EXPECT_EQ(done.err, "goodfit: interrupted; go on with: goodfit train --resume " + out + "\n");
    ASSERT_NE(done.out, "");
    EXPECT_TRUE(says(lines_of(done.out).back(), "{\"event\":\"interrupted\",\"run\":\"" + out));
    const std::string resumed = good({"train", "--resume", out, "--threads", "2", "--json"});
    ASSERT_NE(resumed, "");
    EXPECT_GT(int(nlohmann::json::parse(lines_of(resumed)[0])["resumed_epoch"]), 0);
    EXPECT_EQ(model(out), model("whole"));
  }
}

TEST_F(CliTrain, AKillAtAnyMomentLosesNothingThatMatters) {
  good(long_run_to("whole"));
  Started first(folder.path(), long_run_to("killed"));
  ASSERT_TRUE(first.says("\"epoch\":2,"));
  first.send(SIGKILL);
  EXPECT_EQ(first.finish().code, -SIGKILL);
  for (const char* epoch : {"\"epoch\":30,", "\"epoch\":100,", "\"epoch\":200,"}) {
    Started again(folder.path(), {"train", "--resume", "killed", "--json"});
    ASSERT_TRUE(again.says(epoch)) << "the run ended too early";
    again.send(SIGKILL);
    again.finish();
  }
  good({"train", "--resume", "killed"});
  EXPECT_EQ(model("killed"), model("whole"));
  // The record has each epoch once, in order, whatever was lost and trained again.
  const auto rows = lines_of(file_text(path("killed/metrics.csv")));
  ASSERT_EQ(rows.size(), 301u);
  for (std::size_t i = 1; i < rows.size(); ++i)
    EXPECT_TRUE(rows[i].starts_with(std::to_string(i) + ",")) << rows[i];
}

TEST_F(CliTrain, WhatEndedARunIsSaidAndARunOutOfTimeGoesOnWhenItGetsMore) {
  good({"train", "r.toml", "--out", "whole"});
  const std::string out = good({"train", "r.toml", "stop.seconds=1e-9", "--out", "a"});
  EXPECT_TRUE(says(out, "best epoch 1 of 1, out of time: validation")) << out;
  EXPECT_TRUE(says(file_text(path("a/record.jsonl")), "\"outcome\":\"out_of_time\""));
  good({"train", "--resume", "a", "stop.seconds=600"});
  EXPECT_EQ(model("a"), model("whole"));
  EXPECT_TRUE(says(file_text(path("a/recipe.toml")), "seconds = 600"));
  const auto lines =
      lines_of(good({"train", "r.toml", "stop.target=0.01", "stop.monitor=accuracy", "--json"}));
  EXPECT_EQ(nlohmann::json::parse(lines.back())["outcome"], "reached_target");
  EXPECT_TRUE(says(refused({"train", "--resume", "a", "stop.monitor=accuracy"}),
                   "leave out \"stop.monitor=accuracy\""));
}

TEST_F(CliTrain, ResumeOfAFinishedRunChangesNothing) {
  good({"train", "r.toml", "--out", "a"});
  const std::string before = model("a");
  EXPECT_TRUE(says(good({"train", "--resume", "a"}), "run: a "));
  EXPECT_EQ(model("a"), before);
}

TEST_F(CliTrain, ResumeSaysWhatItCannotTake) {
  EXPECT_TRUE(says(refused({"train", "--resume", "nowhere"}), "nowhere: there is no run to go on"));
  good({"train", "r.toml", "--out", "a", "--quiet"});
  EXPECT_TRUE(says(refused({"train", "r.toml", "--resume", "a"}), "leave out \"r.toml\""));
  EXPECT_TRUE(says(refused({"train", "--resume", "a", "epochs=9"}), "leave out \"epochs=9\""));
  EXPECT_TRUE(says(refused({"train", "--resume", "a", "--out", "b"}), "leave out --out"));
  folder.write("flowers.csv", flowers(160));
  EXPECT_TRUE(says(refused({"train", "--resume", "a"}), "the data has changed"));
}

TEST_F(CliTrain, ALossThatIsNoNumberIsAFailedRun) {
  const Finished done = run({"train", "numbers.toml", "lr=1e30", "optimizer=sgd", "epochs=200"});
  EXPECT_EQ(done.code, 1) << done.out;
  EXPECT_TRUE(says(done.err, "lower the lr"));
  EXPECT_TRUE(says(done.err, ", step ")) << done.err;
  EXPECT_TRUE(says(done.err, "layers.")) << done.err;
  EXPECT_EQ(lines_of(done.err).size(), 1u) << done.err;
}

// Runs the command on a terminal of its own; returns everything that it showed.
std::string on_terminal(const CommandTest& test, const std::string& variables) {
  const std::string line = "cd " + test.folder.path() + " && " + variables + " script -qec '" +
                           command_path().string() + " train r.toml epochs=2' /dev/null > shown";
  EXPECT_EQ(std::system(line.c_str()), 0);
  return file_text(test.path("shown"));
}
TEST_F(CliTrain, ColoursAreForTerminalsWithoutNoColor) {
  if (std::system("script --version > /dev/null 2>&1") != 0) GTEST_SKIP() << "needs script";
  EXPECT_TRUE(says(on_terminal(*this, "TERM=xterm NO_COLOR="), "\x1b[1mbest epoch"));
  const std::string without = on_terminal(*this, "TERM=xterm NO_COLOR=1");
  EXPECT_TRUE(says(without, "best epoch"));
  EXPECT_FALSE(says(without, "\x1b[1m"));
  EXPECT_EQ(on_terminal(*this, "TERM=dumb").find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace goodfit
