// goodfit export: what is written, that other programs give the same, and what is refused.
#include <nlohmann/json.hpp>

#include "goodfit/study/export/testing.hpp"
#include "tests/command.hpp"

namespace goodfit {
namespace {

struct CliExport : CommandTest {
  // What predict says of a file, as the check of the exported model wants it.
  void want(const std::string& run_folder, const std::string& data, const std::string& case_name,
            const std::vector<std::string>& columns, std::size_t inputs) {
    std::vector<std::string> lines = lines_of(good({"predict", run_folder, data}));
    const std::vector<std::string> rows = lines_of(file_text(path(data)));
    const auto cells = [](const std::string& line) {
      std::vector<std::string> all;
      for (std::size_t begin = 0; begin <= line.size();) {
        const bool in_quotes = line[begin] == '"';
        const std::size_t end = std::min(
            in_quotes ? line.find('"', begin + 1) + 1 : line.find(',', begin), line.size());
        all.push_back(in_quotes ? line.substr(begin + 1, end - begin - 2)
                                : line.substr(begin, end - begin));
        begin = end + 1;
      }
      return all;
    };
    nlohmann::json x = nlohmann::json::array(), found, labels = nlohmann::json::array();
    const std::vector<std::string> names = cells(lines[0]);
    std::vector<std::size_t> places;
    for (const std::string& column : columns)
      places.push_back(std::size_t(std::find(names.begin(), names.end(), column) - names.begin()));
    const std::size_t count = lines.size() - 1;
    for (std::size_t i = 1; i <= count; ++i) {
      for (std::size_t j = 0; j < inputs; ++j) x.push_back(std::stod(cells(rows[i])[j]));
      const std::vector<std::string> said = cells(lines[i]);
      for (const std::size_t place : places) found.push_back(std::stod(said.at(place)));
      labels.push_back(said[0]);
    }
    const bool classifies = columns.size() > 1;
    nlohmann::json outputs;
    outputs[classifies ? "probabilities" : "prediction"] = {{"shape", {count, columns.size()}},
                                                            {"numbers", found}};
    if (classifies) outputs["label"] = {{"texts", labels}};
    folder.write(case_name + ".json",
                 nlohmann::json{{"about", case_name},
                                {"input", {{"shape", {count, inputs}}, {"numbers", x}}},
                                {"outputs", outputs}}
                     .dump());
  }
};

TEST_F(CliExport, WritesWhatTheEndingSays) {
  good({"train", "r.toml", "--out", "a", "--quiet"});
  EXPECT_TRUE(says(good({"export", "a", "new/m.onnx"}), "new/m.onnx: "));
  good({"export", "a", "m.safetensors"});
  EXPECT_EQ(file_text(path("m.safetensors")), file_text(path("a/model.safetensors")));
  const auto said = nlohmann::json::parse(good({"export", "a", "p.py", "--json"}))["written"];
  EXPECT_EQ(said[0]["file"], "p.py");
  EXPECT_EQ(said[1]["file"], "p.safetensors");
  EXPECT_EQ(said[1]["bytes"], std::filesystem::file_size(path("a/model.safetensors")));
  EXPECT_TRUE(says(file_text(path("p.py")), "Linear(3, 16, bias=True)"));
}

TEST_F(CliExport, OnnxRuntimePredictsTheSameLabelsAndNumbers) {
  const std::string python = python_with("GOODFIT_ONNX_PYTHON", "onnx, onnxruntime");
  if (python.empty())
    GTEST_SKIP() << "needs a Python with onnx and onnxruntime; name one by GOODFIT_ONNX_PYTHON";
  good({"train", "r.toml", "--out", "a", "--quiet"});
  good({"export", "a", "flowers.onnx"});
  want("a", "flowers.csv", "flowers", {"p_a, b", "p_lily", "p_rose"}, 3);
  good({"train", "numbers.toml", "--out", "b", "--quiet"});
  good({"export", "b", "numbers.onnx"});
  want("b", "numbers.csv", "numbers", {"prediction"}, 2);
  EXPECT_EQ(printed_by(python + " goodfit/study/export/onnx_check.py " + folder.path()),
            "2 agree\n");
}

TEST_F(CliExport, WhatCannotBeWrittenIsRefused) {
  EXPECT_TRUE(says(refused({"export", "nowhere", "m.onnx"}), "nowhere: no such run"));
  good({"train", "r.toml", "--out", "a", "--quiet"});
  EXPECT_TRUE(says(refused({"export", "a", "m.tflite"}),
                   "m.tflite: the ending says what is written: choose one of .onnx, .py, "
                   ".safetensors"));
  EXPECT_TRUE(says(refused({"export", "a", "."}), "the ending says what is written"));
}

}  // namespace
}  // namespace goodfit
