// Schedule: the lr as a pure function of the moment; nothing to save, nothing to restore.
//
// Even reduce_on_plateau is one: it reads the history of the monitored loss again at every epoch.
// Whether a schedule moves per step or per epoch is part of its definition and said in its card.
#pragma once
#include <algorithm>
#include <concepts>
#include <optional>

#include "goodfit/base/part.hpp"

namespace goodfit {

struct Moment {
  Size step = 0;                      // 0 for the first step of the run
  Size steps = 1;                     // in the whole run
  Size epoch = 0;                     // 0 for the first epoch
  Size epochs = 1;                    // in the whole run
  std::span<const double> history{};  // validation loss of each finished epoch

  Size steps_of_epoch() const { return std::max<Size>(1, steps / std::max<Size>(1, epochs)); }
  // The same moment for a schedule whose run is only the steps from `begin` to `end`.
  Moment within(Size begin, Size end) const {
    const Size each = steps_of_epoch(), first = begin / each,
               length = std::max<Size>(1, end - begin);
    return {.step = std::max<Size>(0, step - begin),
            .steps = length,
            .epoch = std::max<Size>(0, epoch - first),
            .epochs = (length + each - 1) / each,
            .history = history.subspan(std::min(std::size_t(first), history.size()))};
  }
};

class Schedule;

template <class S>
concept SchedulePart = Component<S> && requires(const S& schedule, const Moment& moment) {
  { schedule.at(moment) } -> std::convertible_to<double>;
};

struct ScheduleInterface : PartInterface {
  virtual double at(const Moment& moment) const = 0;
  virtual std::optional<double> momentum(const Moment& moment) const = 0;
  virtual Schedule scaled(double factor) const = 0;
};

class Schedule : public Handle<ScheduleInterface> {
 public:
  static constexpr std::string_view kind = "schedule";

  template <SchedulePart S>
  Schedule(const S& schedule) : Handle(made<Model<S>>(schedule)) {}
  Schedule(double constant);  // a number is a constant schedule

  static Schedule read(const Setting& from);
  static std::vector<PartText> texts();  // of the catalogue

  double at(const Moment& moment) const { return self_->at(moment); }  // the lr
  // For schedules that move the momentum as well (one_cycle); nothing for the others.
  std::optional<double> momentum(const Moment& moment) const { return self_->momentum(moment); }
  // The same so many times as high: its first setting that can be is multiplied, its lr or the
  // schedules inside.
  Schedule scaled(double factor) const { return self_->scaled(factor); }
  // The highest lr of a run.
  double height(Size steps, Size epochs) const;

 private:
  template <class S>
  struct Model final : Holds<ScheduleInterface, S> {
    using Holds<ScheduleInterface, S>::Holds;
    double at(const Moment& moment) const override { return this->part.at(moment); }
    std::optional<double> momentum(const Moment& moment) const override {
      if constexpr (requires { this->part.momentum(moment); })
        return this->part.momentum(moment);
      else
        return std::nullopt;
    }
    Schedule scaled(double factor) const override {
      S other = this->part;
      bool done = false;
      each_field<S>([&](const auto& f) { done = done || scale(other.*f.at, factor); });
      if (!done)
        fail("{} has no setting that is an lr, so that none can be found for it", S::card.key);
      return other;
    }
  };

  static bool scale(double& lr, double factor);
  static bool scale(Schedule& inside, double factor);
  static bool scale(std::vector<Schedule>& inside, double factor);
  template <class T>
  static bool scale(T&, double) {
    return false;
  }
};

}  // namespace goodfit
