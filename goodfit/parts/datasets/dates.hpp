// Dates: days since 1970 from texts as people write them, and what a network can learn from.
//
//   ymd   2021-03-04, 2021/3/4, 20210304        dmy   4.3.2021, 04/03/2021        mdy   3/4/2021
//
// A time of the day may follow after a blank or a T: 12:34, 12:34:56.7; a zone behind it, Z or
// +01:00, is not looked at. Calendar: Gregorian, as std::chrono has it.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "goodfit/base/size.hpp"

namespace goodfit {

enum class DateForm { ymd, dmy, mdy };

// Days since 1 January 1970, with the time of the day as a fraction; nothing for other texts.
std::optional<double> days_of(std::string_view text, DateForm form);

// The day, and where it stands in the year and in the week, as points of a circle: sine and cosine.
// With `clock` the same of the day.
std::vector<std::string> date_names(const std::string& name, bool clock);
void add_date(double days, bool clock, std::vector<float>& to);

}  // namespace goodfit
