// goodfit calibrate: how sure a run's model says it is, brought to how often it is right.
#include <fmt/core.h>

#include <cmath>
#include <optional>

#include "goodfit/base/json.hpp"
#include "goodfit/base/text.hpp"
#include "goodfit/cli/table.hpp"
#include "goodfit/cli/verbs/catalogue.hpp"
#include "goodfit/study/uncertainty/temperature_fit.hpp"

namespace goodfit {
namespace {

class Calibrate : public Verb {
 public:
  Card card() const override {
    return {"calibrate", "Makes a run's probabilities as sure as it is right."};
  }
  std::string_view examples() const override {
    return "  goodfit calibrate runs/digits\n"
           "  goodfit calibrate runs/digits --temperature 1    # takes it back";
  }
  void declare(Arguments& arguments) override {
    arguments.required("RUN", run_, "the folder of a run; what is found is kept in its model");
    arguments.option("--temperature T", temperature_, temperature_range,
                     "this one; else what fits the validation samples best");
    arguments.flag("--json", json_, "one JSON object");
  }

  int run() override {
    Run run = load_run(run_);
    TemperatureFit fit;
    try {
      if (temperature_)
        fit.temperature = *temperature_;
      else
        fit = fit_temperature(run);
      run.set_temperature(fit.temperature);
    } catch (const Error& error) {
      throw Error(run_ + ": " + error.what(), error.exit_code);
    }
    run.save(run.folder / "model.safetensors");
    json_ ? tell_json(fit) : tell(fit);
    return 0;
  }

 private:
  void tell(const TemperatureFit& fit) const {
    if (fit.seen.empty()) {
      fmt::print("temperature {}\n", number_text(fit.temperature));
      return;
    }
    fmt::print("temperature {:.4g} ± {:.2g}, by {} validation samples\n\n", fit.temperature,
               fit.error, fit.seen.front().rows);
    std::vector<TableRow> rows{{"samples"}};
    for (const auto& [name, _] : fit.seen.front().before) {
      rows[0].push_back(name);
      rows[0].push_back("calibrated");
    }
    for (const TemperatureFit::Seen& seen : fit.seen) {
      TableRow& row = rows.emplace_back();
      row.push_back(seen.split);
      for (std::size_t i = 0; i < seen.before.size(); ++i)
        for (const Scores* scores : {&seen.before, &seen.after})
          row.push_back(fmt::format("{:.4g}", (*scores)[i].second));
    }
    fmt::print("{}", table_text(rows));
    if (std::abs(fit.temperature - 1) < 2 * fit.error)
      fmt::print(
          "1 is within two errors of it: by these samples the model was as sure as it may be; "
          "--temperature 1 takes it back\n");
  }
  void tell_json(const TemperatureFit& fit) const {
    Setting said = Setting::Table{{"temperature", fit.temperature}};
    if (!fit.seen.empty()) said["error"] = fit.error;
    for (const TemperatureFit::Seen& seen : fit.seen)
      said[seen.split] = Setting::Table{{"samples", seen.rows},
                                        {"before", to_setting(seen.before)},
                                        {"after", to_setting(seen.after)}};
    fmt::print("{}\n", to_json(said));
  }

  std::string run_;
  std::optional<double> temperature_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Verb> calibrate_verb() { return std::make_unique<Calibrate>(); }

}  // namespace goodfit
