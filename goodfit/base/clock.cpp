#include "goodfit/base/clock.hpp"

#include <fmt/core.h>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <ctime>

namespace goodfit {

double seconds_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::string utc_now() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", parts.tm_year + 1900, parts.tm_mon + 1,
                     parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

std::string duration_text(double seconds) {
  if (!std::isfinite(seconds) || seconds > 1e15) return "unknown";
  if (seconds < 0) return "-" + duration_text(-seconds);
  if (seconds < 0.0995) return fmt::format("{:.0f} ms", seconds * 1e3);
  if (seconds < 59.95) return fmt::format("{:.1f} s", seconds);
  std::int64_t whole = std::llround(seconds);
  if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
  whole = std::llround(seconds / 60);
  if (whole < 24 * 60) return fmt::format("{} h {} min", whole / 60, whole % 60);
  whole = std::llround(seconds / 3600);
  return fmt::format("{} d {} h", whole / 24, whole % 24);
}

}  // namespace goodfit
