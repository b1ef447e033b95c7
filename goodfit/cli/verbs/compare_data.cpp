// goodfit compare-data: whether a new table is distributed as an old one, and what changed.
#include <fmt/core.h>

#include "goodfit/base/json.hpp"
#include "goodfit/cli/table.hpp"
#include "goodfit/cli/terminal.hpp"
#include "goodfit/cli/verbs/catalogue.hpp"
#include "goodfit/study/shift/joint.hpp"
#include "goodfit/study/shift/shift_text.hpp"
#include "goodfit/study/shift/two_tables.hpp"

namespace goodfit {
namespace {

class CompareData : public Verb {
 public:
  Card card() const override {
    return {"compare-data", "Says whether a new table is distributed as an old one."};
  }
  std::string_view examples() const override {
    return "  goodfit compare-data houses.csv sold_since.csv --target price\n"
           "  goodfit compare-data january.csv.gz february.csv.gz --json";
  }
  void declare(Arguments& arguments) override {
    arguments.required("OLD", old_, "a table: .csv, .tsv, .txt, plain or .gz");
    arguments.required("NEW", new_, "another with the same columns, in any order");
    arguments.option("--target COLUMN", target_, "a column that is no feature; it is left out");
    arguments.flag("--json", json_, "one JSON object");
  }

  int run() override {
    const TwoTables tables = read_two_tables(old_, new_, target_);
    const DataSummary old = summarize(tables.old, tables.features);
    Shift shift = shift_of(old, summarize(tables.next, tables.features, &old));
    if (const auto joint = joint_test(tables.old, tables.next, tables.features))
      add_joint(shift, *joint);
    if (json_)
      tell_json(shift, tables);
    else
      tell(shift, tables);
    return 0;
  }

 private:
  void tell_json(const Shift& shift, const TwoTables& tables) const {
    Setting said = to_setting(shift);
    said["remarks"] = Setting::List(tables.remarks.begin(), tables.remarks.end());
    fmt::print("{}\n", to_json(said));
  }

  void tell(const Shift& shift, const TwoTables& tables) const {
    constexpr std::size_t most = 40;
    const Terminal terminal = terminal_of(stdout);
    fmt::print("{}: {} rows; {}: {} rows; {} columns compared\n", old_, shift.rows_a, new_,
               shift.rows_b, shift.features.size());
    std::vector<TableRow> rows{{"  column", "distance", "p", "change"}};
    std::size_t changed = 0;
    for (const FeatureShift& one : shift.features) {
      changed += one.p < Shift::level;
      if (rows.size() <= most)
        rows.push_back({"  " + one.name, fmt::format("{:.3f}", one.distance), p_text(one.p),
                        one.change + extremes_text(one, shift.rows_b)});
    }
    fmt::print("{}", table_text(rows, Cells::texts));
    if (shift.features.size() > most)
      fmt::print("  and {} that changed less\n", shift.features.size() - most);
    for (const std::string& remark : tables.remarks) fmt::print("note: {}\n", remark);
    if (shift.joint) fmt::print("all together: {}\n", joint_text(*shift.joint));
    fmt::print("{}\n", terminal.painted(Ink::bold, verdict(shift, changed)));
  }

  static std::string verdict(const Shift& shift, std::size_t changed) {
    if (!shift.found())
      return fmt::format("no shift found (smallest p {}; 5 % is the chance of a false alarm)",
                         p_text(shift.p()));
    if (changed == 0) return "shift: no column by itself, but how they go together";
    return fmt::format("shift: {} of {} columns changed", changed, shift.features.size());
  }

  std::string old_, new_, target_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Verb> compare_data_verb() { return std::make_unique<CompareData>(); }

}  // namespace goodfit
