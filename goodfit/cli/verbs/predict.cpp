// goodfit predict: what a model says of samples without targets, as a table.
//
//   classes    class,probability,p_NAME,…              with --samples also deviation and entropy
//   scores     class,score,score_NAME,…                with --samples also deviation
//   labels     probability_0,probability_1,…           with --samples also deviation_0, …
//   numbers    prediction                              with --samples also deviation
//              and noise, the deviation of the target, where the model tells it
//
// --samples N runs the model N times with dropout active: the mean is the prediction, the standard
// deviation its uncertainty. Entropy of the mean probabilities p: −Σ p ln p, 0 … ln classes.
// Source: Gal & Ghahramani 2016, "Dropout as a Bayesian Approximation", arXiv:1506.02142.
#include <algorithm>
#include <cmath>

#include "goodfit/base/files.hpp"
#include "goodfit/base/text.hpp"
#include "goodfit/cli/model_data.hpp"
#include "goodfit/cli/verbs/catalogue.hpp"

namespace goodfit {
namespace {

// In quotes when a comma, a quote or a line break is inside.
std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == text.npos) return text;
  std::string field = "\"";
  for (const char c : text) field += c == '"' ? "\"\"" : std::string(1, c);
  return field + '"';
}

// Mean and deviation of each output over the passes.
struct Outputs {
  std::vector<float> mean, deviation;  // [samples, width]
};
Outputs summarized(const std::vector<float>& passes, Size count) {
  const std::size_t size = passes.size() / std::size_t(count);
  Outputs outputs{std::vector<float>(size), std::vector<float>(size)};
  for (std::size_t i = 0; i < size; ++i) {
    double sum = 0, squares = 0;
    for (std::size_t pass = 0; pass < std::size_t(count); ++pass) sum += passes[pass * size + i];
    const double mean = sum / double(count);
    for (std::size_t pass = 0; pass < std::size_t(count); ++pass)
      squares += (passes[pass * size + i] - mean) * (passes[pass * size + i] - mean);
    outputs.mean[i] = float(mean);
    outputs.deviation[i] = count > 1 ? float(std::sqrt(squares / double(count - 1))) : 0.0f;
  }
  return outputs;
}

class Predict : public Verb {
 public:
  Card card() const override { return {"predict", "Says what a model makes of samples."}; }
  std::string_view examples() const override {
    return "  goodfit predict runs/digits new_digits.csv --out predictions.csv\n"
           "  goodfit predict runs/house_prices houses.csv --samples 100";
  }
  void declare(Arguments& arguments) override {
    arguments.required("RUN", run_, "the folder of a run");
    arguments.required("DATA", data_, "samples in a file like the recipe's; targets may lack");
    arguments.option("--out FILE", out_, "the table; else it is printed");
    arguments.option("--samples N", samples_, within(2, 1e6),
                     "runs with dropout active, for the uncertainty");
    arguments.option("--seed S", seed_, at_least(0), "of these runs");
  }

  int run() override {
    const Run run = load_run(run_);
    const Data data = load_for(run, data_, Targets::unknown);
    const bool sampled = samples_ > 0;
    const Outputs outputs =
        sampled ? summarized(run.sample(data.train, samples_, std::uint64_t(seed_)), samples_)
                : Outputs{run.predict(data.train), {}};
    const std::string table = table_of(run, outputs, sampled);
    if (out_.empty())
      fmt::print("{}", table);
    else
      write_atomic(out_, table);
    return 0;
  }

 private:
  static std::string table_of(const Run& run, const Outputs& outputs, bool sampled) {
    const std::size_t width = std::size_t(run.signature().outputs);
    const Meaning meaning = run.recipe().loss.meaning();
    std::vector<std::string> classes = run.signature().classes;
    const bool one_of_two = meaning == Meaning::binary && width == 1;
    for (std::size_t i = classes.size(); i < (one_of_two ? 2 : width); ++i)
      classes.push_back(fmt::format("{}", i));
    if (one_of_two) return classes_table(classes, both_classes(outputs), sampled, true);
    if (meaning == Meaning::logits || meaning == Meaning::scores)
      return classes_table(classes, outputs, sampled, meaning == Meaning::logits);
    const bool shares = meaning == Meaning::binary || meaning == Meaning::distribution;
    return numbers_table(shares ? "probability" : "prediction", width, outputs, sampled,
                         meaning == Meaning::normal);
  }

  // Of the one probability of the second class.
  static Outputs both_classes(const Outputs& second) {
    Outputs both;
    for (const float p : second.mean) both.mean.insert(both.mean.end(), {1 - p, p});
    for (const float d : second.deviation) both.deviation.insert(both.deviation.end(), {d, d});
    return both;
  }

  static std::string classes_table(const std::vector<std::string>& names, const Outputs& outputs,
                                   bool sampled, bool probabilities) {
    const std::size_t width = names.size();
    std::string table = probabilities ? "class,probability" : "class,score";
    if (sampled) table += probabilities ? ",deviation,entropy" : ",deviation";
    for (const std::string& name : names)
      table += "," + csv_field((probabilities ? "p_" : "score_") + name);
    table += '\n';
    for (std::size_t row = 0; row < outputs.mean.size(); row += width) {
      const float* p = outputs.mean.data() + row;
      const std::size_t best = std::size_t(std::max_element(p, p + width) - p);
      table += fmt::format("{},{:.6g}", csv_field(names[best]), p[best]);
      if (sampled) table += fmt::format(",{:.6g}", outputs.deviation[row + best]);
      if (sampled && probabilities) {
        double entropy = 0;
        for (std::size_t i = 0; i < width; ++i)
          if (p[i] > 0) entropy -= double(p[i]) * std::log(double(p[i]));
        table += fmt::format(",{:.6g}", entropy);
      }
      for (std::size_t i = 0; i < width; ++i) table += fmt::format(",{:.6g}", p[i]);
      table += '\n';
    }
    return table;
  }

  // With noise, the second half of a row tells the deviations of the first.
  static std::string numbers_table(const std::string& name, std::size_t width,
                                   const Outputs& outputs, bool sampled, bool noise) {
    const std::size_t told = noise ? width / 2 : width;
    std::string table;
    for (std::size_t i = 0; i < told; ++i) {
      const std::string number = told == 1 ? "" : fmt::format("_{}", i);
      table += (i == 0 ? "" : ",") + (name + number);
      if (sampled) table += ",deviation" + number;
      if (noise) table += ",noise" + number;
    }
    table += '\n';
    for (std::size_t row = 0; row < outputs.mean.size(); row += width)
      for (std::size_t i = 0; i < told; ++i) {
        table += fmt::format("{:.9g}", outputs.mean[row + i]);
        if (sampled) table += fmt::format(",{:.6g}", outputs.deviation[row + i]);
        if (noise) table += fmt::format(",{:.6g}", outputs.mean[row + told + i]);
        table += i + 1 == told ? '\n' : ',';
      }
    return table;
  }

  std::string run_, data_, out_;
  Size samples_ = 0, seed_ = 0;
};

}  // namespace

std::unique_ptr<Verb> predict_verb() { return std::make_unique<Predict>(); }

}  // namespace goodfit
