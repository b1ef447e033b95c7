// Clock: the time for people and for measurements.
#pragma once
#include <string>

namespace goodfit {

// Seconds on a clock that never jumps; only differences mean something.
double seconds_now();

// ISO 8601, whole seconds: 2025-03-01T12:00:00Z
std::string utc_now();

// How long, in the two largest units: "12 ms", "3.2 s", "4 min 10 s", "2 h 5 min", "3 d 4 h".
std::string duration_text(double seconds);

}  // namespace goodfit
