// goodfit report: one HTML page about runs, that opens without a network.
#include "goodfit/study/report/report.hpp"

#include <fmt/core.h>

#include "goodfit/base/json.hpp"
#include "goodfit/cli/verbs/catalogue.hpp"

namespace goodfit {
namespace {

namespace fs = std::filesystem;

class Report : public Verb {
 public:
  Card card() const override {
    return {"report", "Writes an HTML page about a run, or about several side by side."};
  }
  std::string_view examples() const override {
    return "  goodfit report runs/digits\n"
           "  goodfit report runs/digits runs/digits-2 --out compared.html";
  }
  void declare(Arguments& arguments) override {
    arguments.required("RUN", run_, "the folder of a run");
    arguments.optional("RUN", others_, "more of them, drawn over it");
    arguments.option("--out FILE", out_, "else RUN/report.html; of several runs report.html here");
    arguments.flag("--json", json_, "one JSON object");
  }
  int run() override {
    if (fs::is_directory(out_))
      fail("--out {}: is a folder: name a file in it, {}", out_,
           (fs::path(out_) / "report.html").string());
    std::vector<Run> runs{load_run(run_)};
    for (const std::string& other : others_) runs.push_back(load_run(other));
    const fs::path file = !out_.empty()     ? fs::path(out_)
                          : others_.empty() ? fs::path(run_) / "report.html"
                                            : fs::path("report.html");
    write_report(runs, file);
    if (json_)
      fmt::print("{}\n", to_json(Setting::Table{{"report", file.string()}}));
    else
      fmt::print("report: {}\n", file.string());
    return 0;
  }

 private:
  std::string run_, out_;
  std::vector<std::string> others_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Verb> report_verb() { return std::make_unique<Report>(); }

}  // namespace goodfit
