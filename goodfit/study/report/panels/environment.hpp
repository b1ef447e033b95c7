// Environment: with what, where and when the run was made.
#pragma once
#include <fmt/core.h>

#include "goodfit/base/version.hpp"
#include "goodfit/study/report/panel.hpp"

namespace goodfit {

struct EnvironmentPanel {
  static constexpr Card card{"environment", "With which version, on what and when it was trained."};

  static std::optional<Panel> draw(const Views& runs) {
    return Panel::of_each("Environment", runs, [](const RunView& run) -> std::optional<Panel> {
      Listing table{{"", "begun", "went on", "ended"}};
      const auto begins = run.events("begin"), resumes = run.events("resume"),
                 ends = run.events("end");
      if (begins.empty())
        return Panel{
            "", fmt::format("This run left no record; the report is of goodfit {}.", version())};
      const auto last = [](const auto& events) { return events.empty() ? nullptr : events.back(); };
      const std::array<const Setting*, 3> columns{last(begins), last(resumes), last(ends)};
      for (const char* key :
           {"time", "goodfit", "machine", "threads", "data_hash", "step", "outcome"}) {
        std::vector<std::string> row{key == std::string_view("data_hash") ? "hash of the data"
                                                                          : key};
        for (const Setting* event : columns) row.push_back(value(event, key));
        if (std::count(row.begin() + 1, row.end(), "") < 3) table.rows.push_back(row);
      }
      return Panel{"",
                   "The same recipe, data and version give the same bits on any number of threads"
                   " of such a machine.",
                   {content(table)}};
    });
  }

 private:
  static std::string value(const Setting* event, std::string_view key) {
    const Setting* found = event ? event->find(key) : nullptr;
    if (!found) return "";
    return found->text() ? *found->text() : found->shown();
  }
};

}  // namespace goodfit
