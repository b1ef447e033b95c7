// goodfit predict: what a model says of samples without targets, as a table.
//
//   classes    class,probability,p_NAME,…              with --samples also deviation, low, high,
//                                                      entropy, information, votes and flag
//   scores     class,score,score_NAME,…                with --samples also deviation, low, high
//   labels     probability_0,probability_1,…           with --samples also deviation_0, low_0, …
//   numbers    prediction                              with --samples also deviation, low, high
//              and noise, the deviation of the target, where the model tells it
//
// --samples N runs the model N times with dropout active: the mean is the prediction, the standard
// deviation its uncertainty, and low and high hold the share --interval of the passes; the other
// columns are those of spread.hpp. A flag of 1: the entropy is above the share --flag of ln
// classes, its largest; numbers are flagged where their deviation is above --flag, if it is given.
// What differs from the training samples is told on stderr: see shift_watch.hpp.
// Source: Gal & Ghahramani 2016, "Dropout as a Bayesian Approximation", arXiv:1506.02142.
#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "goodfit/base/files.hpp"
#include "goodfit/cli/model_data.hpp"
#include "goodfit/cli/row_text.hpp"
#include "goodfit/cli/verbs/catalogue.hpp"
#include "goodfit/parts/metrics/intervals.hpp"
#include "goodfit/study/uncertainty/spread.hpp"

namespace goodfit {
namespace {

class Predict : public Verb {
 public:
  Card card() const override { return {"predict", "Says what a model makes of samples."}; }
  std::string_view examples() const override {
    return "  goodfit predict runs/digits new_digits.csv --out predictions.csv\n"
           "  goodfit predict runs/house_prices houses.csv --samples 1000 --interval 0.9";
  }
  void declare(Arguments& arguments) override {
    arguments.required("RUN", run_, "the folder of a run");
    arguments.required(
        "DATA", data_,
        "samples in a file like the recipe's; targets may lack; says where they differ "
        "from those trained on");
    arguments.option("--out FILE", out_, "the table; else it is printed");
    arguments.option("--samples N", samples_, within(2, 1e6),
                     "runs with dropout active, for the uncertainty");
    arguments.option("--seed S", seed_, at_least(0), "of these runs");
    arguments.option("--interval SHARE", interval_, level_range,
                     "of the passes between low and high; else 0.95");
    arguments.option("--flag LIMIT", flag_, above(0),
                     "flags entropies above this share of the largest, else 0.5; for numbers, "
                     "deviations above it");
    arguments.flag("--json", json_, "one JSON object a sample instead of the table");
  }

  int run() override {
    if (samples_ == 0 && (interval_ || flag_))
      fail("{} says what many passes tell: add --samples 1000",
           interval_ ? "--interval" : "--flag");
    const Run run = load_run(run_);
    const Data data = load_for(run, data_, Targets::unknown);
    tell_shift(run, data, data_);
    const bool sampled = samples_ > 0;
    const Meaning meaning = run.recipe().loss.meaning();
    const bool one_of_two = meaning == Meaning::binary && run.signature().outputs == 1;
    PassSpread outputs;
    std::vector<float> both;
    const auto as_classes = [&](ConstSpan some) {
      return one_of_two ? ConstSpan(both = both_classes(some)) : some;
    };
    const auto see = [&](Size, Size rows, ConstSpan some) {
      add_spread(as_classes(some), samples_, rows, interval_.value_or(0.95),
                 meaning == Meaning::logits || one_of_two, outputs);
    };
    if (sampled && !run.draws())
      fmt::print(stderr,
                 "{}: nothing in its model is random: all {} passes agree, and their spread of 0 "
                 "says nothing; train it with a layer like {{dropout = 0.2}}\n",
                 run_, samples_);
    if (sampled) {
      run.each_sampled(data.train, samples_, std::uint64_t(seed_), see);
    } else {
      const std::vector<float> all = run.predict(data.train);
      const ConstSpan mean = as_classes(all);
      outputs.mean.assign(mean.begin(), mean.end());
    }
    const std::string table = table_of(run, outputs, sampled);
    if (out_.empty())
      fmt::print("{}", table);
    else
      write_atomic(out_, table);
    return 0;
  }

 private:
  std::string table_of(const Run& run, const PassSpread& outputs, bool sampled) const {
    const std::size_t width = std::size_t(run.signature().outputs);
    const Meaning meaning = run.recipe().loss.meaning();
    std::vector<std::string> classes = run.signature().classes;
    const bool one_of_two = meaning == Meaning::binary && width == 1;
    for (std::size_t i = classes.size(); i < (one_of_two ? 2 : width); ++i)
      classes.push_back(fmt::format("{}", i));
    if (one_of_two) return classes_table(classes, outputs, sampled, true);
    if (meaning == Meaning::logits || meaning == Meaning::scores)
      return classes_table(classes, outputs, sampled, meaning == Meaning::logits);
    const bool shares = meaning == Meaning::binary || meaning == Meaning::distribution;
    return numbers_table(shares ? "probability" : "prediction", width, outputs, sampled,
                         meaning == Meaning::normal);
  }

  // Of the one probability of the second class.
  static std::vector<float> both_classes(ConstSpan second) {
    std::vector<float> both;
    for (const float p : second) both.insert(both.end(), {1 - p, p});
    return both;
  }

  std::string classes_table(const std::vector<std::string>& names, const PassSpread& outputs,
                            bool sampled, bool probabilities) const {
    const std::size_t width = names.size();
    std::vector<std::string> columns{"class", probabilities ? "probability" : "score"};
    if (sampled) columns.insert(columns.end(), {"deviation", "low", "high"});
    if (sampled && probabilities)
      columns.insert(columns.end(), {"entropy", "information", "votes", "flag"});
    for (const std::string& name : names)
      columns.push_back((probabilities ? "p_" : "score_") + name);
    const double limit = flag_.value_or(0.5) * std::log(double(width));
    RowText table(columns, json_);
    for (std::size_t row = 0; row < outputs.mean.size(); row += width) {
      const float* p = outputs.mean.data() + row;
      const std::size_t best = std::size_t(std::max_element(p, p + width) - p), at = row / width;
      table.add(names[best]);
      table.add(p[best]);
      if (sampled) add_spread_of(outputs, row + best, table);
      if (sampled && probabilities) {
        for (const auto* of : {&outputs.entropy, &outputs.information, &outputs.votes})
          table.add((*of)[at]);
        table.add(outputs.entropy[at] > limit);
      }
      for (std::size_t i = 0; i < width; ++i) table.add(p[i]);
    }
    return table.text();
  }

  static void add_spread_of(const PassSpread& outputs, std::size_t at, RowText& table) {
    for (const auto* of : {&outputs.deviation, &outputs.low, &outputs.high}) table.add((*of)[at]);
  }

  // With noise, the second half of a row tells the deviations of the first.
  std::string numbers_table(const std::string& name, std::size_t width, const PassSpread& outputs,
                            bool sampled, bool noise) const {
    const std::size_t told = noise ? width / 2 : width;
    const bool flagged = sampled && flag_;
    std::vector<std::string> columns;
    for (std::size_t i = 0; i < told; ++i) {
      const std::string number = told == 1 ? "" : fmt::format("_{}", i);
      columns.push_back(name + number);
      if (sampled)
        for (const char* of : {"deviation", "low", "high"}) columns.push_back(of + number);
      if (noise) columns.push_back("noise" + number);
      if (flagged) columns.push_back("flag" + number);
    }
    RowText table(columns, json_);
    for (std::size_t row = 0; row < outputs.mean.size(); row += width)
      for (std::size_t i = 0; i < told; ++i) {
        table.add(outputs.mean[row + i], 9);
        if (sampled) add_spread_of(outputs, row + i, table);
        if (noise) table.add(outputs.mean[row + told + i]);
        if (flagged) table.add(outputs.deviation[row + i] > *flag_);
      }
    return table.text();
  }

  std::string run_, data_, out_;
  std::optional<double> interval_, flag_;
  Size samples_ = 0, seed_ = 0;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Verb> predict_verb() { return std::make_unique<Predict>(); }

}  // namespace goodfit
