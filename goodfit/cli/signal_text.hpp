// Signal text: the report of `goodfit check --signal` for people and for programs.
#pragma once
#include "goodfit/cli/terminal.hpp"
#include "goodfit/study/signal/signal.hpp"

namespace goodfit {

std::string signal_text(const SignalReport& report, const Terminal& terminal);
std::string signal_json(const SignalReport& report);  // one line

}  // namespace goodfit
