#include "goodfit/parts/schedules/catalogue.hpp"

#include <fmt/core.h>

#include <cstdlib>

#include "goodfit/base/compiled.hpp"

namespace goodfit {

Schedule::Schedule(double constant) : Schedule(ConstantSchedule{constant}) {}

Schedule Schedule::read(const Setting& from) {
  if (!from.is_number()) return Schedules::read(from, "schedule");
  Setting table = from;  // keeps the place, so that an error names the number itself
  table.data = Setting::Table{{"value", from}};
  return read_fields<ConstantSchedule>(table);
}
std::vector<PartText> Schedule::texts() { return Schedules::texts(); }

bool Schedule::scale(double& lr, double factor) {
  // People will read it: 3 times 0.1 is 0.3.
  lr = std::strtod(fmt::format("{:.14g}", lr * factor).c_str(), nullptr);
  return true;
}
bool Schedule::scale(Schedule& inside, double factor) {
  inside = inside.scaled(factor);
  return true;
}
bool Schedule::scale(std::vector<Schedule>& inside, double factor) {
  for (Schedule& one : inside) scale(one, factor);
  return true;
}

double Schedule::height(Size steps, Size epochs) const {
  const Size each = std::max<Size>(1, steps / std::max<Size>(1, epochs));
  const Size stride = std::max<Size>(1, steps / 100'000);
  double most = 0;
  for (Size step = 0; step < steps; step += stride)
    most = std::max(most, at({step, steps, step / each, epochs}));
  return most;
}

}  // namespace goodfit
