// Expression: arithmetic written as text over named variables, such as "0.1 * 0.95^epoch".
//
//   sum     = product { (+ | -) product }
//   product = sign { (* | /) sign }
//   sign    = { + | - } power
//   power   = atom [ ^ sign ]                 groups to the right: 2^3^2 = 2^9, -2^2 = -4, 2^-1 =
//   0.5 atom    = number | name | function ( sum { , sum } ) | ( sum )
//
// Names are the variables and pi; functions are sqrt, exp, log, cos, pow(x, y), and min and max of
// two or more. The text is read once, into a list of steps for a small stack; evaluating it
// allocates nothing.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace goodfit {

class Expression {
 public:
  // Throws Error that names `place` and the position, counted from 1, of what cannot be read.
  Expression(std::string text, std::span<const std::string_view> variables, std::string_view place);

  // The values of the variables, in the order in which they were named.
  double operator()(std::span<const double> values) const;

  const std::string& text() const { return text_; }

  enum class Does {
    number,
    variable,  // put one on the stack
    negate,
    sqrt,
    exp,
    log,
    cos,  // change the one on top
    add,
    subtract,
    multiply,
    divide,
    power,
    smaller,
    larger,  // make one of the upper two
  };
  struct Action {
    Does does;
    double number = 0;         // of a number
    std::size_t variable = 0;  // index of a variable
  };

 private:
  std::string text_;
  std::vector<Action> actions_;
};

}  // namespace goodfit
