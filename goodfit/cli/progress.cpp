#include "goodfit/cli/progress.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "goodfit/base/clock.hpp"
#include "goodfit/base/json.hpp"
#include "goodfit/train/trainer/lr_range.hpp"

namespace goodfit {
namespace {

constexpr double seconds_between_draws = 0.1;

class Json : public Callback {
 public:
  explicit Json(std::FILE* out) : out_(out) {}
  void on_begin(const BeginReport& report) override {
    Setting event{Setting::Table{}};
    event["event"] = "begin";
    event["train"] = report.train;
    event["validation"] = report.validation;
    event["test"] = report.test;
    event["parameters"] = report.parameters;
    event["epochs"] = report.epochs;
    event["steps"] = report.steps;
    event["resumed_epoch"] = report.resumed_epoch;
    event["threads"] = report.threads;
    if (report.taken > 0) {
      event["taken"] = report.taken;
      event["fresh"] = Setting::List(report.fresh.begin(), report.fresh.end());
    }
    if (!report.remarks.empty())
      event["remarks"] = Setting::List(report.remarks.begin(), report.remarks.end());
    print(event);
  }
  void on_lr_range(const LrRange& range) override { print(to_event(range)); }
  void on_epoch(const EpochReport& report) override { print(to_event(report)); }

 private:
  void print(const Setting& event) {
    fmt::print(out_, "{}\n", to_json(event));
    std::fflush(out_);
  }
  std::FILE* out_;
};

class Lines : public Callback {
 public:
  Lines(std::FILE* out, const Terminal& terminal) : out_(out), terminal_(terminal) {}
  ~Lines() override { clear(); }

  void on_begin(const BeginReport& report) override {
    std::string line = fmt::format("{} training samples", report.train);
    if (report.validation > 0) line += fmt::format(", {} validation", report.validation);
    if (report.test > 0) line += fmt::format(", {} test", report.test);
    line += fmt::format("; {} parameters; {} thread{}", report.parameters, report.threads,
                        report.threads == 1 ? "" : "s");
    if (report.resumed_epoch > 0)
      line += fmt::format("; resumed after epoch {}", report.resumed_epoch);
    fmt::print(out_, "{}\n", terminal_.painted(Ink::dim, line));
    if (report.taken > 0) {
      line = fmt::format("{} tensors begin as in the file of weights", report.taken);
      if (!report.fresh.empty()) line += fmt::format("; anew: {}", joined(report.fresh, ", "));
      fmt::print(out_, "{}\n", terminal_.painted(Ink::dim, line));
    }
    for (const std::string& remark : report.remarks)
      fmt::print(out_, "{}\n", terminal_.painted(Ink::dim, remark));
    std::fflush(out_);
  }

  void on_lr_step(const LrStepReport& report) override {
    if (!due()) return;
    const std::string where = report.trial == 0
                                  ? std::string("lr range test")
                                  : fmt::format("trial {}/{}", report.trial, report.trials);
    draw(where, double(report.step) / double(report.steps),
         fmt::format("loss {:.4g}  lr {:.3g}", report.loss, report.lr));
  }
  void on_lr_range(const LrRange& range) override {
    clear();
    const std::string line =
        fmt::format("lr {:g}, best of {} trials after a range test of {} steps", range.chosen,
                    range.trials.size(), range.lr.size());
    fmt::print(out_, "{}\n", terminal_.painted(Ink::dim, line));
    std::fflush(out_);
  }

  void on_step(const StepReport& report) override {
    if (!due()) return;
    draw(fmt::format("epoch {}/{}", report.epoch, report.epochs),
         double(report.step) / double(std::max<Size>(1, report.steps)),
         fmt::format("loss {:.4g} ± {:.2g}  lr {:.3g}  {}/s  {} left", report.loss,
                     report.loss_error, report.lr, short_count(report.samples_per_second),
                     duration_text(report.seconds_left)));
  }

  void on_epoch(const EpochReport& report) override {
    clear();
    const int digits = int(fmt::formatted_size("{}", report.epochs));
    std::string line = fmt::format("epoch {:>{}}/{}  loss {:.4g} ± {:.2g}", report.epoch, digits,
                                   report.epochs, report.train_loss, report.train_loss_error);
    if (!report.validation.empty())
      line +=
          "  validation " +
          terminal_.painted(report.best ? Ink::green : Ink::plain, scores_text(report.validation)) +
          (report.best ? " *" : "");
    line += terminal_.painted(Ink::dim, fmt::format("  lr {:.3g}  {}/s  {}", report.lr,
                                                    short_count(report.samples_per_second),
                                                    duration_text(report.seconds)));
    fmt::print(out_, "{}\n", line);
    std::fflush(out_);
  }

 private:
  bool due() {
    const double now = seconds_now();
    if (!terminal_.live || now - drawn_ < seconds_between_draws) return false;
    drawn_ = now;
    return true;
  }
  void draw(const std::string& where, double share, const std::string& said) {
    const std::string numbers = fmt::format(" {:3.0f} %  {}", 100 * share, said);
    std::string line = where + " ";
    const std::size_t width = std::size_t(std::max(20, terminal_.width) - 1);
    const std::size_t used = line.size() + shown_width(numbers);
    const std::size_t bar = used + 8 <= width ? std::min<std::size_t>(30, width - used) : 0;
    const std::size_t full = std::size_t(share * double(bar));
    for (std::size_t i = 0; i < bar; ++i)
      line += i < full ? (terminal_.unicode ? "━" : "#") : (terminal_.unicode ? "╌" : "-");
    line += numbers;
    // To the start of the line, the text, and nothing after it.
    fmt::print(out_, "\r{}\x1b[K", fitted(line, width));
    std::fflush(out_);
    open_ = true;
  }

  void clear() {
    if (!open_) return;
    fmt::print(out_, "\r\x1b[K");
    std::fflush(out_);
    open_ = false;
  }

  std::FILE* out_;
  Terminal terminal_;
  double drawn_ = 0;
  bool open_ = false;  // there is a line to be written over
};

}  // namespace

std::unique_ptr<Callback> progress(Show show, std::FILE* out, const Terminal& terminal) {
  if (show == Show::json) return std::make_unique<Json>(out);
  if (show == Show::lines) return std::make_unique<Lines>(out, terminal);
  return std::make_unique<Callback>();
}

std::string scores_text(const Scores& scores) {
  std::string text;
  for (const auto& [name, value] : scores)
    text += fmt::format("{}{} {:.4g}", text.empty() ? "" : ", ", name, value);
  return text;
}

std::string short_count(double count) {
  if (count < 1000) return fmt::format("{:.0f}", count);
  if (count < 1e6) return fmt::format("{:.3g}k", count / 1e3);
  return fmt::format("{:.3g}M", count / 1e6);
}

}  // namespace goodfit
