// Lambda: the lr is what an expression in the recipe says, or a function of a C++ program.
//
//   η = scale · expression       over step and epoch, both 0 for the first, and their numbers in
//                                the whole run: steps, epochs
//
//   lr = { lambda = "0.1 * 0.95^epoch" }
//   .lr = Lambda{.expression = [](const Moment& now) { return 0.1 / double(1 + now.epoch); }}
//
// Operators + - * / ^, functions sqrt exp log cos pow min max, and pi. Moves per step, or per epoch
// when the expression has no `step`. A function cannot be written into a recipe: such a run can be
// trained and its model saved, but its recipe.toml cannot be read again. Source: PyTorch's
// LambdaLR, where `scale` is the lr of the optimizer.
#pragma once
#include <array>
#include <cmath>
#include <functional>

#include "goodfit/base/expression.hpp"
#include "goodfit/base/text.hpp"
#include "goodfit/parts/schedules/schedule.hpp"

namespace goodfit {

class LrFunction {
 public:
  static constexpr std::string_view kind = "text";

  LrFunction(std::string text) : LrFunction(std::move(text), "lambda.expression") {}
  LrFunction(const char* text) : LrFunction(std::string(text)) {}
  template <class Function>
  requires std::is_invocable_r_v<double, const Function&, const Moment&> LrFunction(
      const Function& function)
      : text_("a function of the program"), function_(function) {}

  static LrFunction read(const Setting& from) {
    if (!from.text()) fail_kind(from, "a text in quotes");
    return {*from.text(), from.place()};
  }
  Setting write() const { return text_; }
  std::string cpp() const { return in_quotes(text_); }
  const std::string& text() const { return text_; }
  double operator()(const Moment& moment) const { return function_(moment); }

 private:
  static constexpr std::array<std::string_view, 4> variables{"step", "steps", "epoch", "epochs"};

  LrFunction(std::string text, const std::string& place) : text_(std::move(text)) {
    function_ = [read = Expression(text_, variables, place)](const Moment& now) {
      return read(
          std::array{double(now.step), double(now.steps), double(now.epoch), double(now.epochs)});
    };
  }

  std::string text_;
  std::function<double(const Moment&)> function_;
};

struct Lambda {
  LrFunction expression = "1e-3 * 0.95^epoch";
  double scale = 1;

  static constexpr Card card{"lambda", "What an expression says; moves per step or per epoch."};
  static constexpr auto fields() {
    return Fields{
        field("expression", &Lambda::expression,
              "the lr from step, steps, epoch, epochs: \"0.1 * 0.95^epoch\""),
        field("scale", &Lambda::scale, at_least(0), "factor of the whole"),
    };
  }

  double at(const Moment& moment) const {
    const double lr = scale * expression(moment);
    if (!(lr >= 0) || std::isinf(lr))
      fail_run(
          "lambda.expression = \"{}\" is {} at step {}: an lr is at least 0, which max(0, …) "
          "would make it",
          expression.text(), lr, moment.step);
    return lr;
  }
};

}  // namespace goodfit
