#include "goodfit/study/report/report.hpp"

#include "goodfit/base/clock.hpp"
#include "goodfit/base/files.hpp"
#include "goodfit/base/json.hpp"
#include "goodfit/base/version.hpp"
#include "goodfit/parts/datasets/gzip.hpp"
#include "goodfit/study/report/embedded_page.hpp"
#include "goodfit/study/report/panels/catalogue.hpp"

namespace goodfit {
namespace {

// JSON inside of HTML: no text in it, such as the name of a class, may end the block.
std::string inside_script(const std::string& json) {
  std::string safe;
  for (const char c : json) c == '<' ? safe += "\\u003c" : safe += c;
  return safe;
}

}  // namespace

std::string report_page(const Views& runs) {
  if (runs.empty()) fail("a report needs at least one run");
  Setting::List panels, names;
  Panels::draw(runs, [&](const Card& card, const Panel& panel) {
    panels.push_back(Setting::Table{{"key", card.key},
                                    {"title", panel.title},
                                    {"reading", panel.reading},
                                    {"shown", panel.shown}});
  });
  for (const RunView& run : runs) names.emplace_back(run.name());
  const std::string data = to_json(Setting::Table{
      {"runs", names}, {"made", utc_now()}, {"goodfit", version()}, {"panels", panels}});
  std::string page = gunzip(embedded_page(), "the page of the report");
  const std::string_view place = "{{data}}";
  const std::size_t at = page.find(place);
  must(at != page.npos, "the template has a place for the data");
  return page.replace(at, place.size(), inside_script(data));
}

void write_report(const std::vector<Run>& runs, const std::filesystem::path& file) {
  Views views;
  for (const Run& run : runs) views.emplace_back(run);
  if (file.has_parent_path()) make_folder(file.parent_path());
  write_atomic(file, report_page(views));
}

}  // namespace goodfit
