#include "goodfit/parts/schedules/catalogue.hpp"

namespace goodfit {

Schedule::Schedule(double constant) : Schedule(ConstantSchedule{constant}) {}

Schedule Schedule::read(const Setting& from) {
  if (!from.is_number()) return Schedules::read(from, "schedule");
  Setting table = from;  // keeps the place, so that an error names the number itself
  table.data = Setting::Table{{"value", from}};
  return read_fields<ConstantSchedule>(table);
}

}  // namespace goodfit
