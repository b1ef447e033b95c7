// goodfit export: a run's model for other programs.
#include <fmt/core.h>

#include <algorithm>
#include <filesystem>

#include "goodfit/base/files.hpp"
#include "goodfit/base/json.hpp"
#include "goodfit/cli/verbs/catalogue.hpp"
#include "goodfit/study/export/onnx.hpp"
#include "goodfit/study/export/torch_program.hpp"

namespace goodfit {
namespace {

namespace fs = std::filesystem;

class Export : public Verb {
 public:
  Card card() const override {
    return {"export", "Writes a run's model for other programs: ONNX or PyTorch."};
  }
  std::string_view examples() const override {
    return "  goodfit export runs/digits digits.onnx\n"
           "  goodfit export runs/digits digits.py\n"
           "  goodfit export runs/digits digits.safetensors";
  }
  void declare(Arguments& arguments) override {
    arguments.required("RUN", run_, "the folder of a run");
    arguments.required("FILE", file_,
                       "its ending says which: .onnx, with standardization and names of classes "
                       "inside; .safetensors, weights under PyTorch's names; .py, a PyTorch "
                       "program with its weights beside it");
    arguments.flag("--json", json_, "one JSON object");
  }
  int run() override {
    const fs::path file(file_);
    const std::string ending = file.extension().string();
    const std::vector<std::string> known{".onnx", ".py", ".safetensors"};
    if (std::find(known.begin(), known.end(), ending) == known.end())
      fail("{}: the ending says what is written: choose one of {}", file_, joined(known, ", "));
    const Run run = load_run(run_);
    if (file.has_parent_path()) make_folder(file.parent_path());
    fs::path weights = file;
    weights.replace_extension(".safetensors");
    if (ending == ".onnx") {
      write_atomic(file, onnx_of(run));
    } else {
      if (ending == ".py") write_atomic(file, torch_program(run, weights.filename().string()));
      run.save(weights);
    }
    std::vector<std::string> written{file_};
    if (ending == ".py") written.push_back(weights.string());
    Setting::List said;
    for (const std::string& name : written) {
      const Size bytes = Size(fs::file_size(name));
      said.push_back(Setting::Table{{"file", name}, {"bytes", bytes}});
      if (!json_) fmt::print("{}: {} bytes\n", name, bytes);
    }
    if (json_) fmt::print("{}\n", to_json(Setting::Table{{"written", said}}));
    return 0;
  }

 private:
  std::string run_, file_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Verb> export_verb() { return std::make_unique<Export>(); }

}  // namespace goodfit
