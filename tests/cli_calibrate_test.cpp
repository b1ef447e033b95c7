// goodfit calibrate: what it finds is kept, and every verb goes by it.
#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "goodfit/study/export/testing.hpp"
#include "tests/command.hpp"

namespace goodfit {
namespace {

struct CliCalibrate : CommandTest {
  nlohmann::json json(std::vector<std::string> arguments) const {
    arguments.push_back("--json");
    return nlohmann::json::parse(good(arguments));
  }
  // Flowers of which some say nothing of their kind.
  void train_too_long() const {
    std::string text = flowers(240);
    for (int i = 0; i < 30; ++i)
      text += fmt::format("2,{},1,{}\n", i * 0.1, i % 3 ? "rose" : "lily");
    folder.write("flowers.csv", text);
    good({"train", "r.toml", "epochs=60", "lr=0.05", "split.validation=0.3", "split.test=0.2",
          "stop.monitor=accuracy", "model[3].p=0", "metrics=[\"accuracy\", \"log_loss\", \"ece\"]",
          "--out", "a", "--quiet"});
  }
};

TEST_F(CliCalibrate, WhatItFindsIsWhatEvaluateSays) {
  train_too_long();
  const auto before = json({"evaluate", "a"});
  const std::string text = good({"calibrate", "a"});
  EXPECT_TRUE(says(text, " validation samples\n\nsamples     log_loss  calibrated"));
  const auto said = json({"calibrate", "a"}), after = json({"evaluate", "a"});
  EXPECT_NE(said["temperature"], 1);
  EXPECT_TRUE(says(text, "temperature " + fmt::format("{:.4g} ± ", double(said["temperature"]))));
  EXPECT_EQ(before["accuracy"], after["accuracy"]);
  for (const char* score : {"log_loss", "ece"}) {
    EXPECT_NEAR(double(said["test"]["before"][score]), double(before[score]), 1e-6) << score;
    EXPECT_NEAR(double(said["test"]["after"][score]), double(after[score]), 1e-6) << score;
  }
  EXPECT_LT(said["validation"]["after"]["log_loss"], said["validation"]["before"]["log_loss"]);
  good({"report", "a"});
  EXPECT_TRUE(says(file_text(path("a/report.html")), "Calibrated: its temperature is "));
}

TEST_F(CliCalibrate, OneTakesItBackToTheByte) {
  train_too_long();
  const std::string model = file_text(path("a/model.safetensors")),
                    said = good({"predict", "a", "flowers.csv"});
  good({"calibrate", "a"});
  EXPECT_NE(good({"predict", "a", "flowers.csv"}), said);
  EXPECT_EQ(good({"calibrate", "a", "--temperature", "1"}), "temperature 1\n");
  EXPECT_EQ(file_text(path("a/model.safetensors")), model);
  EXPECT_TRUE(says(refused({"calibrate", "a", "--temperature", "0"}),
                   "--temperature = 0 is not allowed: must be at least 0.001 and at most 1000"));
  EXPECT_TRUE(says(refused({"calibrate", "a", "--temperature", "hot"}),
                   "--temperature \"hot\" is not allowed: must be a number"));
}

TEST_F(CliCalibrate, ExportsAndImportsSayIt) {
  train_too_long();
  good({"calibrate", "a", "--temperature", "2.5"});
  good({"export", "a", "m.py"});
  EXPECT_TRUE(says(file_text(path("m.py")), "torch.softmax(y / 2.5, -1)"));
  good({"export", "a", "m.safetensors"});
  EXPECT_TRUE(says(file_text(path("m.safetensors")), "temperature\\\":2.5"));
  EXPECT_TRUE(says(good({"import", "m.safetensors", "r.toml"}),
                   "; its temperature 2.5 is not: calibrate the new run\n"));
  const std::string torch = python_with("GOODFIT_TORCH_PYTHON", "torch");
  if (torch.empty()) GTEST_SKIP() << "needs a Python with torch; name one by GOODFIT_TORCH_PYTHON";
  folder.write("two.csv", "length,width,height\n0.5,0.25,-1\n1,2,0\n");
  const std::string printed =
      printed_by("cd " + folder.path() + " && " + torch +
                 " -c 'import m, torch; "
                 "print(m.load().predict(torch.tensor([[0.5, 0.25, -1], [1, 2, 0]])).tolist())'");
  const auto theirs = nlohmann::json::parse(printed);
  const std::vector<std::string> ours = lines_of(good({"predict", "a", "two.csv", "--json"}));
  for (std::size_t row : {0u, 1u}) {
    const auto one = nlohmann::json::parse(ours.at(row));
    EXPECT_NEAR(double(theirs[row][0]), double(one["p_a, b"]), 1e-5);
    EXPECT_NEAR(double(theirs[row][2]), double(one["p_rose"]), 1e-5);
  }
}

TEST_F(CliCalibrate, NumbersWithoutNoiseAreRefused) {
  good({"train", "numbers.toml", "--out", "b", "--quiet"});
  const std::string said = refused({"calibrate", "b"});
  EXPECT_TRUE(says(said, "b: a temperature is for outputs that say how sure they are"));
  EXPECT_TRUE(says(said, "gaussian_nll for numbers"));
  good({"train", "numbers.toml", "loss=gaussian_nll", "model[4].out=2", "epochs=40", "--out", "c",
        "--quiet"});
  const auto noise = json({"calibrate", "c"});
  EXPECT_TRUE(noise["validation"]["after"].contains("coverage"));
  EXPECT_TRUE(says(refused({"calibrate", "nowhere"}), "nowhere: no such run"));
}

}  // namespace
}  // namespace goodfit
