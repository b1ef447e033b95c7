// Progress: what is seen of a run while it trains.
//
//   on a terminal   a line that is written over about ten times a second, and one line per epoch
//   elsewhere       one line per epoch
//   json            one object per line: {"event":"begin",…} {"event":"epoch",…} …
//   quiet           nothing
#pragma once
#include <cstdio>
#include <memory>

#include "goodfit/cli/terminal.hpp"
#include "goodfit/train/trainer/callback.hpp"

namespace goodfit {

enum class Show { lines, json, quiet };

// Output goes to `out`, looks as `terminal` allows, and is whole when the callback is gone.
std::unique_ptr<Callback> progress(Show show, std::FILE* out, const Terminal& terminal);

// "loss 0.0712, accuracy 0.9812"
std::string scores_text(const Scores& scores);
// 950, 12.3k, 4.5M
std::string short_count(double count);

}  // namespace goodfit
