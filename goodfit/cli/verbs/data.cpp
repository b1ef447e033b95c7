// goodfit data: public data sets, put where recipes look for them.
#include <fmt/core.h>

#include "goodfit/cli/verbs/catalogue.hpp"
#include "goodfit/cli/verbs/data_fetch.hpp"

namespace goodfit {
namespace {

class DataVerb : public Verb {
 public:
  Card card() const override { return {"data", "Fetches public data sets."}; }
  std::string_view examples() const override {
    return "  goodfit data fetch mnist\n"
           "  goodfit data fetch fashion_mnist --from /media/disk/fashion --out data/fashion_mnist";
  }
  void declare(Arguments& arguments) override {
    std::string sets;
    for (const FetchSet& set : fetch_sets()) sets += (sets.empty() ? "" : ", ") + set.key;
    arguments.optional("ACTION", action_, "fetch; without it the sets are listed");
    arguments.optional("SET", options_.set, "one of " + sets);
    arguments.option("--out DIR", out_, "folder of the files; else data/SET");
    arguments.option("--from DIR|URL", options_.from, "where they are instead of the mirrors");
    arguments.flag("--quiet", options_.quiet, "prints nothing but errors");
  }
  int run() override {
    if (action_.empty()) {
      for (const FetchSet& set : fetch_sets()) fmt::print("{:<15}{}\n", set.key, set.about);
      return 0;
    }
    const std::vector<std::string> actions{"fetch"};
    if (action_ != "fetch") fail_unknown("data", "action", action_, actions);
    if (options_.set.empty()) fail("data fetch: which set? goodfit data lists them");
    options_.out = out_;
    fetch_data(options_, stdout);
    return 0;
  }

 private:
  std::string action_, out_;
  FetchOptions options_;
};

}  // namespace

std::unique_ptr<Verb> data_verb() { return std::make_unique<DataVerb>(); }

}  // namespace goodfit
