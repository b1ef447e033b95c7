// goodfit evaluate: the scores of a run on its own samples or on others; what differs in those from
// the training samples is told on stderr: see shift_watch.hpp.
#include <fmt/core.h>

#include <algorithm>
#include <optional>

#include "goodfit/base/json.hpp"
#include "goodfit/cli/confusion_text.hpp"
#include "goodfit/cli/model_data.hpp"
#include "goodfit/cli/progress.hpp"
#include "goodfit/cli/verbs/catalogue.hpp"
#include "goodfit/train/trainer/splits.hpp"

namespace goodfit {
namespace {

class Evaluate : public Verb {
 public:
  Card card() const override { return {"evaluate", "Scores a run on samples."}; }
  std::string_view examples() const override {
    return "  goodfit evaluate runs/digits\n"
           "  goodfit evaluate runs/digits --confusion\n"
           "  goodfit evaluate runs/digits more_digits.csv --json";
  }
  void declare(Arguments& arguments) override {
    arguments.required("RUN", run_, "the folder of a run");
    arguments.optional("DATA", data_,
                       "other samples, in a file like the recipe's, else its own; "
                       "says where they differ from those trained on");
    arguments.option("--split NAME", split_,
                     "train, validation or test; else test when there is one");
    arguments.flag("--confusion", confusion_, "how often each class was taken for each");
    arguments.flag("--json", json_, "one JSON object");
  }

  int run() override {
    const std::vector<std::string> splits{"train", "validation", "test"};
    if (!split_.empty() && std::find(splits.begin(), splits.end(), split_) == splits.end())
      fail_unknown("--split", "split", split_, splits);
    const Run run = load_run(run_);
    const auto [samples, name] = data_.empty() ? own(run) : others(run);
    const Scores scores = run.evaluate(samples);
    std::optional<Confusion> confusion;
    if (confusion_) confusion = run.confusion(samples);
    if (json_) {
      Setting said = to_setting(scores);
      said["samples"] = samples.count();
      said["split"] = name;
      if (confusion) {
        const std::vector<std::string> names = class_names(*confusion, run.signature().classes);
        said["classes"] = Setting::List(names.begin(), names.end());
        said["confusion"] = to_setting(*confusion);
      }
      fmt::print("{}\n", to_json(said));
    } else {
      fmt::print("{} samples of {}: {}\n", samples.count(), data_.empty() ? name : data_,
                 scores_text(scores));
      if (confusion)
        fmt::print("\n{}",
                   confusion_text(*confusion, class_names(*confusion, run.signature().classes)));
    }
    return 0;
  }

 private:
  struct Chosen {
    Samples samples;
    std::string name;
  };

  Chosen own(const Run& run) const {
    if (!split_.empty()) return {split_of(run, split_), split_};
    // Only the data knows whether it has test samples; what is wrong with it is said either way.
    try {
      return {split_of(run, "test"), "test"};
    } catch (const Error&) {
      return {split_of(run, "validation"), "validation"};
    }
  }

  Chosen others(const Run& run) const {
    Data data = load_for(run, data_, Targets::needed);
    const std::string split = !split_.empty() ? split_ : data.test ? "test" : "train";
    if (split == "validation" && !data.validation)
      fail("--split validation: {} is not split: choose train or test", data_);
    if (split == "test" && !data.test) fail("--split test: {} brings no test samples", data_);
    if (split != "train") data.train = std::move(split == "test" ? *data.test : *data.validation);
    tell_shift(run, data, data_);
    return {std::move(data.train), split};
  }

  std::string run_, data_, split_;
  bool confusion_ = false, json_ = false;
};

}  // namespace

std::unique_ptr<Verb> evaluate_verb() { return std::make_unique<Evaluate>(); }

}  // namespace goodfit
