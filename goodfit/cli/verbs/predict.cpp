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
// Source: Gal & Ghahramani 2016, "Dropout as a Bayesian Approximation", arXiv:1506.02142.
#include <algorithm>
#include <cmath>

#include "goodfit/base/files.hpp"
#include "goodfit/base/text.hpp"
#include "goodfit/cli/model_data.hpp"
#include "goodfit/cli/verbs/catalogue.hpp"
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
    arguments.required("DATA", data_, "samples in a file like the recipe's; targets may lack");
    arguments.option("--out FILE", out_, "the table; else it is printed");
    arguments.option("--samples N", samples_, within(2, 1e6),
                     "runs with dropout active, for the uncertainty");
    arguments.option("--seed S", seed_, at_least(0), "of these runs");
    arguments.option("--interval SHARE", interval_,
                     "of the passes between low and high; else 0.95");
    arguments.option("--flag LIMIT", flag_,
                     "flags entropies above this share of the largest, else 0.5; for numbers, "
                     "deviations above it");
  }

  int run() override {
    const double interval = number_of("--interval", interval_, 0.95);
    flag_above_ = number_of("--flag", flag_, 0.5);
    if (samples_ == 0 && (!interval_.empty() || !flag_.empty()))
      fail("{} says what many passes tell: add --samples 1000",
           interval_.empty() ? "--flag" : "--interval");
    if (interval >= 1) fail("--interval {}: must be below 1", interval_);
    const Run run = load_run(run_);
    const Data data = load_for(run, data_, Targets::unknown);
    const bool sampled = samples_ > 0;
    const Meaning meaning = run.recipe().loss.meaning();
    const bool one_of_two = meaning == Meaning::binary && run.signature().outputs == 1;
    PassSpread outputs;
    std::vector<float> both;
    const auto as_classes = [&](ConstSpan some) {
      return one_of_two ? ConstSpan(both = both_classes(some)) : some;
    };
    const auto see = [&](Size, Size rows, ConstSpan some) {
      add_spread(as_classes(some), samples_, rows, interval,
                 meaning == Meaning::logits || one_of_two, outputs);
    };
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
  static double number_of(const char* option, const std::string& text, double otherwise) {
    if (text.empty()) return otherwise;
    char* end = nullptr;
    const double number = std::strtod(text.c_str(), &end);
    if (*end != 0 || !std::isfinite(number) || number <= 0)
      fail("{} {}: give a number above 0", option, text);
    return number;
  }

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
    std::string table = probabilities ? "class,probability" : "class,score";
    if (sampled) table += ",deviation,low,high";
    if (sampled && probabilities) table += ",entropy,information,votes,flag";
    for (const std::string& name : names)
      table += "," + csv_field((probabilities ? "p_" : "score_") + name);
    table += '\n';
    for (std::size_t row = 0; row < outputs.mean.size(); row += width) {
      const float* p = outputs.mean.data() + row;
      const std::size_t best = std::size_t(std::max_element(p, p + width) - p);
      table += fmt::format("{},{:.6g}", csv_field(names[best]), p[best]);
      if (sampled) table += spread_text(outputs, row + best);
      if (sampled && probabilities) {
        const std::size_t at = row / width;
        table += fmt::format(",{:.6g},{:.6g},{:.6g},{}", outputs.entropy[at],
                             outputs.information[at], outputs.votes[at],
                             outputs.entropy[at] > flag_above_ * std::log(double(width)) ? 1 : 0);
      }
      for (std::size_t i = 0; i < width; ++i) table += fmt::format(",{:.6g}", p[i]);
      table += '\n';
    }
    return table;
  }

  static std::string spread_text(const PassSpread& outputs, std::size_t at) {
    return fmt::format(",{:.6g},{:.6g},{:.6g}", outputs.deviation[at], outputs.low[at],
                       outputs.high[at]);
  }

  // With noise, the second half of a row tells the deviations of the first.
  std::string numbers_table(const std::string& name, std::size_t width, const PassSpread& outputs,
                            bool sampled, bool noise) const {
    const std::size_t told = noise ? width / 2 : width;
    const bool flagged = sampled && !flag_.empty();
    std::string table;
    for (std::size_t i = 0; i < told; ++i) {
      const std::string number = told == 1 ? "" : fmt::format("_{}", i);
      table += (i == 0 ? "" : ",") + (name + number);
      if (sampled) table += ",deviation" + number + ",low" + number + ",high" + number;
      if (noise) table += ",noise" + number;
      if (flagged) table += ",flag" + number;
    }
    table += '\n';
    for (std::size_t row = 0; row < outputs.mean.size(); row += width)
      for (std::size_t i = 0; i < told; ++i) {
        table += fmt::format("{:.9g}", outputs.mean[row + i]);
        if (sampled) table += spread_text(outputs, row + i);
        if (noise) table += fmt::format(",{:.6g}", outputs.mean[row + told + i]);
        if (flagged) table += outputs.deviation[row + i] > flag_above_ ? ",1" : ",0";
        table += i + 1 == told ? '\n' : ',';
      }
    return table;
  }

  std::string run_, data_, out_, interval_, flag_;
  double flag_above_ = 0;
  Size samples_ = 0, seed_ = 0;
};

}  // namespace

std::unique_ptr<Verb> predict_verb() { return std::make_unique<Predict>(); }

}  // namespace goodfit
