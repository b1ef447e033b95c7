// Sequence: several schedules one after the other.
//
//   η(t) = schedules[k](t − m_k)       m_k ≤ t < m_(k+1): the k-th of `milestones`;
//                                      m_0 = 0, and the end of the run after the last
//
// Moves per step or per epoch, as its schedules do. Each sees its own stretch as a whole run: its
// steps and epochs begin at 0, and what moves with the length of the run is through at the next
// milestone. Source: PyTorch's SequentialLR.
#pragma once
#include <algorithm>

#include "goodfit/base/text.hpp"
#include "goodfit/parts/schedules/schedule.hpp"

namespace goodfit {

struct Sequence {
  std::vector<Schedule> schedules{1e-3};
  std::vector<Size> milestones{};
  std::string unit = "epoch";

  static constexpr Card card{
      "sequence", "Schedules one after the other; moves per step or per epoch, as they do."};
  static constexpr auto fields() {
    return Fields{
        field("schedules", &Sequence::schedules, "one after the other"),
        field("milestones", &Sequence::milestones, at_least(1),
              "when the second begins, the third, …, counted from 0"),
        field("unit", &Sequence::unit, Choices{"epoch", "step"}, "what milestones count"),
    };
  }
  std::string conflict() const {
    if (schedules.empty()) return "schedules is empty: give it at least one";
    if (milestones.size() + 1 != schedules.size())
      return formatted(
          "milestones has {} numbers, but {} schedules need {}: one for each but the first",
          milestones.size(), schedules.size(), schedules.size() - 1);
    if (std::adjacent_find(milestones.begin(), milestones.end(), std::greater_equal{}) !=
        milestones.end())
      return "milestones must rise";
    return "";
  }

  double at(const Moment& moment) const {
    const Now now = find(moment);
    return now.schedule.at(now.moment);
  }
  std::optional<double> momentum(const Moment& moment) const {
    const Now now = find(moment);
    return now.schedule.momentum(now.moment);
  }

 private:
  struct Now {
    const Schedule& schedule;
    Moment moment;
  };
  Now find(const Moment& moment) const {
    const Size each = unit == "epoch" ? moment.steps_of_epoch() : 1, time = moment.step / each;
    const auto next = std::upper_bound(milestones.begin(), milestones.end(), time);
    const Size begin = next == milestones.begin() ? 0 : *std::prev(next) * each;
    const Size end = next == milestones.end() ? moment.steps : *next * each;
    return {schedules[std::size_t(next - milestones.begin())], moment.within(begin, end)};
  }
};

}  // namespace goodfit
