// Panel: one thing that a report shows: its title, what to read from it, and what is drawn.
//
// A sort of panel is a file in panels/: a card and `draw`, which is given the runs of the report
// and returns nothing where it has nothing to say. It reads what a run has left behind; that it is
// drawn costs a training nothing.
#pragma once
#include <optional>

#include "goodfit/study/report/content.hpp"
#include "goodfit/study/report/run_view.hpp"

namespace goodfit {

struct Panel {
  std::string title;
  std::string reading;  // a sentence or two, with the figures of these runs
  Setting::List shown = {};

  // What `draw` says of each run, under its name where there are several; the reading of a single
  // run becomes the panel's. Nothing when it is silent on all.
  template <class Draw>
  static std::optional<Panel> of_each(const std::string& title, const Views& runs, Draw draw) {
    Panel all{title, {}};
    for (const RunView& run : runs) {
      const std::optional<Panel> one = draw(run);
      if (!one) continue;
      if (runs.size() == 1) return Panel{title, one->reading, one->shown};
      all.shown.push_back(heading(run.name()));
      all.shown.push_back(note(one->reading));
      all.shown.insert(all.shown.end(), one->shown.begin(), one->shown.end());
    }
    if (all.shown.empty()) return std::nullopt;
    return all;
  }
};

}  // namespace goodfit
