// Laws that hold for the parts of every catalogue, whatever they do; called from laws_test.cpp.
#pragma once
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "goodfit/base/catalogue.hpp"

namespace goodfit {

template <class Fn>
void expect_error(Fn fn, const std::string& says) {
  try {
    fn();
    ADD_FAILURE() << "nothing was refused, but an error should say: " << says;
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find(says), std::string::npos) << error.what();
  }
}

// A setting just outside its range, or no choice at all, is refused by its name.
template <class List>
void expect_ranges_are_kept() {
  List::each([]<class Part>() {
    const auto refused = [](const auto& f, const auto& value) {
      Part broken;
      each_field<Part>([&](const auto& other) {  // what has no usable default must not speak first
        if constexpr (Number<std::remove_cvref_t<decltype(broken.*other.at)>>)
          if (!other.range.holds(double(broken.*other.at)))
            broken.*other.at = std::remove_cvref_t<decltype(broken.*other.at)>(other.range.low);
      });
      broken.*f.at = value;
      expect_error([&] { check(broken); }, fmt::format("{}.{}", Part::card.key, f.key));
    };
    const Part standard;
    each_field<Part>([&](const auto& f) {
      using Member = std::remove_cvref_t<decltype(standard.*f.at)>;
      if constexpr (Number<Member>) {
        const Range& range = f.range;
        if (std::isfinite(range.low)) refused(f, Member(range.low - (range.without_low ? 0 : 1)));
        if (std::isfinite(range.high))
          refused(f, Member(range.high + (range.without_high ? 0 : 1)));
        if constexpr (std::floating_point<Member>) refused(f, std::nan(""));
      } else if constexpr (std::same_as<Member, std::vector<double>>) {
        refused(f, Member{1, f.range.low - (f.range.without_low ? 0 : 1)});
      } else if constexpr (std::same_as<Member, std::string>) {
        if (!f.choices[0].empty()) refused(f, std::string("no such choice"));
      }
    });
  });
}

// By its key alone, by { type = key }, and with an unknown setting or key refused.
template <class Any, class List>
void expect_parts_can_be_named() {
  List::each([]<class Part>() {
    const std::string key(Part::card.key);
    EXPECT_EQ(Any::read(key).key(), key);
    Setting table{Setting::Table{{"type", key}}};
    EXPECT_EQ(Any::read(table), Any(Part{})) << key;
    table["no_such_setting"] = 1;
    expect_error([&] { Any::read(table); }, "no_such_setting");
    EXPECT_FALSE(Part::card.about.empty()) << key;
  });
  expect_error([] { Any::read("no_such_part"); }, List::names().front());
}

// Another allowed value than the default, so that forgotten settings are noticed.
template <class F, class Member>
void change(const F& f, Member& value) {
  if constexpr (std::same_as<Member, bool>) {
    value = !value;
  } else if constexpr (Number<Member>) {
    for (const double other : {double(value) + 1, double(value) / 2, double(value) + 0.25})
      if (f.range.holds(other) && Member(other) != value) {
        value = Member(other);
        return;
      }
    ADD_FAILURE() << "no other value of " << f.key << " was found";
  } else if constexpr (std::same_as<Member, std::vector<double>>) {
    value = {0.5, 2, 1.25};
  } else if constexpr (std::same_as<Member, std::string>) {
    value = f.choices[1].empty() ? "other" : std::string(f.choices[1]);
  } else if constexpr (requires { value.push_back(1); }) {
    value.push_back(1);  // a list of numbers, or of what a number stands for
  } else if constexpr (std::constructible_from<Member, double>) {
    value = 0.25;  // a part that a number stands for
  }
}

// read(write(x)) == x, with the defaults and with every setting changed.
template <class Any, class List>
void expect_parts_survive_writing() {
  List::each([]<class Part>() {
    Part changed;
    each_field<Part>([&](const auto& f) { change(f, changed.*f.at); });
    for (const Any& part : {Any(Part{}), Any(changed)})
      for (const Which which : {Which::all, Which::changed}) {
        const Setting written = part.write(which);
        EXPECT_EQ(Any::read(written), part) << written.shown();
      }
    EXPECT_EQ(Any(changed) == Any(Part{}), field_names<Part>().empty()) << Part::card.key;
  });
}

}  // namespace goodfit
