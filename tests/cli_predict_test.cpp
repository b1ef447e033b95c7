// goodfit evaluate and goodfit predict.
#include <fmt/core.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "goodfit/parts/datasets/npy_testing.hpp"
#include "tests/command.hpp"

namespace goodfit {
namespace {

struct CliPredict : CommandTest {
  nlohmann::json scores(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "evaluate");
    arguments.push_back("--json");
    const auto lines = lines_of(good(arguments));
    EXPECT_EQ(lines.size(), 1u);
    return nlohmann::json::parse(lines.front());
  }
  static std::vector<double> numbers_of(const std::string& line) {
    std::vector<double> numbers;
    for (std::size_t begin = 0; begin <= line.size();) {
      const std::size_t end = std::min(line.find(',', begin), line.size());
      numbers.push_back(std::strtod(line.substr(begin, end - begin).c_str(), nullptr));
      begin = end + 1;
    }
    return numbers;
  }
};

TEST_F(CliPredict, EvaluateScoresTheOwnSamplesOfARun) {
  const auto done = nlohmann::json::parse(
      lines_of(good({"train", "r.toml", "split.test=0.2", "--out", "a", "--json"})).back());
  EXPECT_EQ(scores({"a"})["split"], "test");
  EXPECT_EQ(scores({"a"})["accuracy"], done["test"]["accuracy"]);
  EXPECT_EQ(scores({"a"})["loss"], done["test"]["loss"]);
  EXPECT_EQ(scores({"a", "--split", "validation"})["loss"], done["best"]["loss"]);
  EXPECT_EQ(scores({"a", "--split", "train"})["samples"], 108);
  good({"train", "r.toml", "--out", "b", "--quiet"});
  EXPECT_EQ(scores({"b"})["split"], "validation") << "without test samples";
  EXPECT_TRUE(says(refused({"evaluate", "b", "--split", "test"}), "split.test = 0"));
  EXPECT_TRUE(says(refused({"evaluate", "b", "--split", "tset"}), "did you mean \"test\"?"));
  EXPECT_TRUE(says(good({"evaluate", "a"}), "30 samples of test: loss "));
}

TEST_F(CliPredict, EvaluateScoresOtherSamples) {
  good({"train", "r.toml", "epochs=20", "--out", "a", "--quiet"});
  folder.write("more.csv", flowers(60));
  const auto more = scores({"a", "more.csv"});
  EXPECT_EQ(more["samples"], 60);
  EXPECT_GT(double(more["accuracy"]), 0.7);
  folder.write("other.csv", "length,width,height,kind\n1,2,3,tulip\n");
  const std::string said = refused({"evaluate", "a", "other.csv"});
  EXPECT_TRUE(says(said, "other.csv:2"));
  EXPECT_TRUE(says(said, "tulip"));
}

TEST_F(CliPredict, EvaluateScoresTheValidationSamplesThatDataBring) {
  std::filesystem::create_directory(path("d"));
  folder.write("d/x_train.npy", npy_floats("(4, 1)", {-2, 2, -1, 1}));
  folder.write("d/y_train.npy", npy_floats("(4,)", {0, 1, 0, 1}));
  folder.write("d/x_validation.npy", npy_floats("(3, 1)", {-3, 3, 4}));
  folder.write("d/y_validation.npy", npy_floats("(3,)", {0, 1, 1}));
  folder.write("d.toml", R"(seed = 1
epochs = 2
[data]
type = "npy"
path = "d"
[[model]]
type = "dense"
out = 2
)");
  good({"train", "d.toml", "--out", "a", "--quiet"});
  const auto own = scores({"a"}), others = scores({"a", "d", "--split", "validation"});
  EXPECT_EQ(own["split"], "validation");
  EXPECT_EQ(own["samples"], 3);
  EXPECT_EQ(others["split"], "validation");
  EXPECT_EQ(others["loss"], own["loss"]);
  EXPECT_EQ(scores({"a", "d"})["samples"], 4);
  EXPECT_TRUE(says(refused({"evaluate", "a", "d", "--split", "test"}), "brings no test samples"));
  std::filesystem::remove(path("d/x_validation.npy"));
  EXPECT_TRUE(says(refused({"evaluate", "a", "d", "--split", "validation"}), "is not split"));
}

TEST_F(CliPredict, EvaluateShowsWhichClassesAreTakenForWhich) {
  good({"train", "r.toml", "epochs=20", "--out", "a", "--quiet"});
  const auto plain = scores({"a", "--split", "train"});
  EXPECT_FALSE(plain.contains("confusion"));
  const auto said = scores({"a", "--split", "train", "--confusion"});
  EXPECT_EQ(said["loss"], plain["loss"]);
  EXPECT_EQ(said["classes"], (std::vector<std::string>{"a, b", "lily", "rose"}));
  const auto counts = said["confusion"].get<std::vector<std::vector<int>>>();
  ASSERT_EQ(counts.size(), 3u);
  int all = 0, right = 0;
  for (std::size_t target = 0; target < 3; ++target) {
    ASSERT_EQ(counts[target].size(), 3u);
    for (const int count : counts[target]) all += count;
    right += counts[target][target];
  }
  EXPECT_EQ(all, 135);
  EXPECT_NEAR(double(said["accuracy"]), right / 135.0, 1e-12);
  const auto lines = lines_of(good({"evaluate", "a", "--split", "train", "--confusion"}));
  ASSERT_EQ(lines.size(), 6u);
  EXPECT_TRUE(lines[2].starts_with("target \\ found  a, b  lily  rose  ")) << lines[2];
  EXPECT_TRUE(lines[3].starts_with("a, b ")) << lines[3];
  EXPECT_TRUE(says(lines[5], fmt::format("  {}", counts[2][2]))) << lines[5];
  good({"train", "numbers.toml", "--out", "b", "--quiet"});
  EXPECT_TRUE(says(refused({"evaluate", "b", "--confusion"}),
                   "a confusion matrix is for classes, which the outputs for mse are not"));
}

TEST_F(CliPredict, EvaluateTellsHowOftenAnIntervalHoldsItsTarget) {
  const std::vector<std::string> normal{"train",
                                        "numbers.toml",
                                        "loss=gaussian_nll",
                                        "model[4].out=2",
                                        "epochs=60",
                                        "--quiet",
                                        "--out",
                                        "a",
                                        "metrics=[\"coverage\", \"interval_width\"]"};
  good(normal);
  const auto said = scores({"a", "--split", "train"});
  EXPECT_TRUE(double(said["coverage"]) > 0.3 && double(said["coverage"]) <= 1) << said;
  EXPECT_GT(double(said["interval_width"]), 0);
  EXPECT_TRUE(says(refused({"train", "numbers.toml", "metrics=[\"coverage\"]"}),
                   "metrics: coverage needs a model that tells its noise, which one for mse does "
                   "not; take the loss gaussian_nll"));
}

TEST_F(CliPredict, ClassesAreNamedWithTheirProbabilities) {
  good({"train", "r.toml", "epochs=30", "--out", "a", "--quiet"});
  folder.write("new.csv", "length,width,height\n4,0,0\n0,4,0\n0,0,4\n");
  const auto lines = lines_of(good({"predict", "a", "new.csv"}));
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_EQ(lines[0], "class,probability,\"p_a, b\",p_lily,p_rose");
  EXPECT_TRUE(lines[1].starts_with("rose,0.")) << lines[1];
  EXPECT_TRUE(lines[2].starts_with("lily,0.")) << lines[2];
  EXPECT_TRUE(lines[3].starts_with("\"a, b\",0.")) << lines[3];
  const auto row = numbers_of(lines[1]);
  EXPECT_NEAR(row[2] + row[3] + row[4], 1, 1e-5);
  EXPECT_EQ(row[1], row[4]) << "the probability is that of the class";
}

TEST_F(CliPredict, NumbersAreOneColumn) {
  good({"train", "numbers.toml", "epochs=60", "--out", "a", "--quiet"});
  folder.write("new.csv", "a,b\n1,0\n-1,0.5\n");
  good({"predict", "a", "new.csv", "--out", "said.csv"});
  const auto lines = lines_of(file_text(path("said.csv")));
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[0], "prediction");
  EXPECT_NEAR(std::stod(lines[1]), 2, 1);
  EXPECT_NEAR(std::stod(lines[2]), -2.5, 1);
}

TEST_F(CliPredict, TwoClassesNeedOneOutput) {
  std::string yes = "a,b,kind\n", digit = yes;  // the sign of a
  for (int i = 0; i < 40; ++i) {
    const std::string row = fmt::format("{},{},", i % 2 ? 1 + i % 3 : -1 - i % 3, i % 7);
    yes += row + (i % 2 ? "yes\n" : "no\n");
    digit += row + (i % 2 ? "1\n" : "0\n");
  }
  folder.write("yes.csv", yes);
  folder.write("digit.csv", digit);
  folder.write("new.csv", "a,b\n3,0\n-3,0\n");
  for (const std::string name : {"yes", "digit"}) {
    good({"train", "numbers.toml", "loss=bce", "epochs=60", "data.csv=" + name + ".csv", "--out",
          name, "--quiet"});
    EXPECT_EQ(scores({name})["accuracy"], 1) << name;
    const auto lines = lines_of(good({"predict", name, "new.csv"}));
    ASSERT_EQ(lines.size(), 3u);
    EXPECT_EQ(lines[0],
              name == "yes" ? "class,probability,p_no,p_yes" : "class,probability,p_0,p_1");
    EXPECT_TRUE(lines[1].starts_with(name == "yes" ? "yes,0." : "1,0.")) << lines[1];
    EXPECT_TRUE(lines[2].starts_with(name == "yes" ? "no,0." : "0,0.")) << lines[2];
    for (const int line : {1, 2}) {
      const auto row = numbers_of(lines[std::size_t(line)]);
      EXPECT_GT(row[1], 0.5);
      EXPECT_EQ(row[1], row[line == 1 ? 3 : 2]);
      EXPECT_NEAR(row[2] + row[3], 1, 1e-5);
    }
  }
  const auto sampled = lines_of(good({"predict", "yes", "new.csv", "--samples", "9"}));
  EXPECT_EQ(sampled[0],
            "class,probability,deviation,low,high,entropy,information,votes,flag,p_no,p_yes");
  EXPECT_TRUE(says(refused({"train", "numbers.toml", "loss=bce", "data.csv=flowers.csv"}),
                   "loss: bce is for two classes, but the targets are 3; take cross_entropy"));
}

TEST_F(CliPredict, ScoresAreShownAsScores) {
  good({"train", "r.toml", "loss=hinge", "epochs=20", "--out", "a", "--quiet"});
  EXPECT_GT(double(scores({"a"})["accuracy"]), 0.7);
  folder.write("new.csv", "length,width,height\n6,0,0\n");
  const auto lines = lines_of(good({"predict", "a", "new.csv"}));
  EXPECT_EQ(lines[0], "class,score,\"score_a, b\",score_lily,score_rose");
  EXPECT_TRUE(lines[1].starts_with("rose,")) << lines[1];
  const auto row = numbers_of(lines[1]);
  EXPECT_EQ(row[1], row[4]);
  EXPECT_GT(row[1], std::max(row[2], row[3]));
  EXPECT_EQ(lines_of(good({"predict", "a", "new.csv", "--samples", "9"}))[0],
            "class,score,deviation,low,high,\"score_a, b\",score_lily,score_rose");
}

TEST_F(CliPredict, AModelOfNormalNumbersTellsTheirNoise) {
  good({"train", "numbers.toml", "loss=gaussian_nll", "model[4].out=2", "epochs=60", "--out", "a",
        "--quiet"});
  EXPECT_LT(double(scores({"a"})["rmse"]), 1);
  folder.write("new.csv", "a,b\n1,0\n-1,0.5\n");
  const auto lines = lines_of(good({"predict", "a", "new.csv"}));
  EXPECT_EQ(lines[0], "prediction,noise");
  EXPECT_NEAR(numbers_of(lines[1])[0], 2, 1);
  EXPECT_NEAR(numbers_of(lines[2])[0], -2.5, 1);
  EXPECT_GT(numbers_of(lines[1])[1], 0);
  const auto sampled = lines_of(good({"predict", "a", "new.csv", "--samples", "9"}));
  EXPECT_EQ(sampled[0], "prediction,deviation,low,high,noise");
  EXPECT_GT(numbers_of(sampled[1])[1], 0);
  EXPECT_TRUE(says(refused({"train", "numbers.toml", "loss=gaussian_nll"}),
                   "model: its outputs have shape [1], but gaussian_nll wants 2 for 1 target; end "
                   "it with dense, out = 2"));
}

TEST_F(CliPredict, SamplesGiveDeviationsThatTheSeedRepeats) {
  good({"train", "numbers.toml", "--out", "a", "--quiet"});
  const std::vector<std::string> predict{"predict", "a", "numbers.csv", "--samples", "20"};
  const std::string once = good(predict);
  EXPECT_EQ(good(predict), once);
  std::vector<std::string> other = predict;
  other.insert(other.end(), {"--seed", "2"});
  EXPECT_NE(good(other), once);
  const auto lines = lines_of(once);
  EXPECT_EQ(lines[0], "prediction,deviation,low,high");
  EXPECT_EQ(lines.size(), 121u);
  EXPECT_GT(numbers_of(lines[1])[1], 0);

  good({"train", "r.toml", "--out", "b", "--quiet"});
  const auto classes = lines_of(good({"predict", "b", "flowers.csv", "--samples", "20"}));
  EXPECT_EQ(classes[0],
            "class,probability,deviation,low,high,entropy,information,votes,flag,\"p_a, "
            "b\",p_lily,p_rose");
  for (const std::string& line : {classes[1], classes[2]}) {
    const auto row = numbers_of(line);
    EXPECT_LE(row[3], row[4]) << "low and high";
    EXPECT_LE(row[6], row[5]) << "information is a part of the entropy";
    EXPECT_GT(row[7], 0) << "some pass votes for the class";
    const double entropy = row[5];
    EXPECT_GT(entropy, 0);
    EXPECT_LE(entropy, std::log(3.0) + 1e-6);
  }
}

TEST_F(CliPredict, FlagsWhatIsUncertainAndRefusesBadLimits) {
  good({"train", "numbers.toml", "--out", "a", "--quiet"});
  const std::vector<std::string> predict{"predict", "a", "numbers.csv", "--samples", "50"};
  const auto with = [&](const std::string& option, const std::string& value) {
    std::vector<std::string> all = predict;
    all.insert(all.end(), {option, value});
    return all;
  };
  for (const std::string limit : {"1e-9", "1e9"}) {
    const auto lines = lines_of(good(with("--flag", limit)));
    EXPECT_EQ(lines[0], "prediction,deviation,low,high,flag");
    EXPECT_EQ(numbers_of(lines[1])[4], limit == "1e-9" ? 1 : 0);
  }
  const auto wide = numbers_of(lines_of(good(with("--interval", "0.99")))[1]);
  const auto narrow = numbers_of(lines_of(good(with("--interval", "0.1")))[1]);
  EXPECT_GT(wide[3] - wide[2], narrow[3] - narrow[2]);
  EXPECT_TRUE(says(refused(with("--interval", "1.5")),
                   "--interval = 1.5 is not allowed: must be above 0 and below 1"));
  EXPECT_TRUE(
      says(refused(with("--flag", "much")), "--flag \"much\" is not allowed: must be a number"));
  EXPECT_TRUE(says(refused({"predict", "a", "numbers.csv", "--flag", "1"}),
                   "--flag says what many passes tell: add --samples 1000"));
}

TEST_F(CliPredict, AModelWithNothingRandomInItSaysSo) {
  good({"train", "numbers.toml", "model[3].p=0", "--out", "a", "--quiet"});
  const Finished done = run({"predict", "a", "numbers.csv", "--samples", "5"});
  EXPECT_EQ(done.code, 0);
  EXPECT_EQ(done.err,
            "a: nothing in its model is random: all 5 passes agree, and their spread of 0 says "
            "nothing; train it with a layer like {dropout = 0.2}\n");
  EXPECT_EQ(numbers_of(lines_of(done.out)[1])[1], 0);
}

TEST_F(CliPredict, JsonIsAnObjectASampleWithTheColumnsOfTheTable) {
  good({"train", "r.toml", "--out", "a", "--quiet"});
  const std::vector<std::string> predict{"predict", "a", "flowers.csv", "--samples", "9"};
  std::vector<std::string> as_json = predict;
  as_json.insert(as_json.end(), {"--json", "--out", "p.jsonl"});
  EXPECT_EQ(good(as_json), "");
  const auto table = lines_of(good(predict)), objects = lines_of(file_text(path("p.jsonl")));
  ASSERT_EQ(objects.size() + 1, table.size());
  const auto first = nlohmann::json::parse(objects[0]);
  EXPECT_EQ(first.size(), 12u);
  EXPECT_EQ(first["probability"], numbers_of(table[1])[1]);
  EXPECT_TRUE(first["class"].is_string());
  EXPECT_TRUE(first.contains("p_a, b"));
}

TEST_F(CliPredict, DataThatDoesNotFitTheModelIsRefused) {
  good({"train", "r.toml", "--out", "a", "--quiet"});
  folder.write("narrow.csv", "1,2\n3,4\n");
  folder.write("words.csv", "length,width,height\n1,two,3\n");
  for (const char* verb : {"predict", "evaluate"}) {
    EXPECT_TRUE(says(refused({verb, "a", "narrow.csv"}), "narrow.csv"));
    EXPECT_TRUE(says(refused({verb, "a", "no.csv"}), "no.csv: there is no such file"));
    EXPECT_TRUE(says(refused({verb, "nowhere", "flowers.csv"}), "nowhere: no such run"));
    EXPECT_TRUE(says(refused({verb, ".", "flowers.csv"}), "recipe.toml is missing"));
  }
  EXPECT_TRUE(says(refused({"predict", "a", "words.csv"}), "words.csv:2"));
}

}  // namespace
}  // namespace goodfit
