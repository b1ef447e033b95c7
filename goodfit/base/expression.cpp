#include "goodfit/base/expression.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <numbers>

#include "goodfit/base/error.hpp"
#include "goodfit/base/text.hpp"

namespace goodfit {
namespace {

using Does = Expression::Does;
constexpr int deepest = 64;  // parentheses in each other, and numbers on the stack

struct Function {
  std::string_view name;
  int least, most;  // arguments
  Does does;
};
constexpr int many = 1000;
constexpr std::array functions{
    Function{"sqrt", 1, 1, Does::sqrt},     Function{"exp", 1, 1, Does::exp},
    Function{"log", 1, 1, Does::log},       Function{"cos", 1, 1, Does::cos},
    Function{"pow", 2, 2, Does::power},     Function{"min", 2, many, Does::smaller},
    Function{"max", 2, many, Does::larger},
};

// One method for each rule of the grammar; each leaves its value on top of the stack.
class Reader {
 public:
  Reader(std::string_view text, std::span<const std::string_view> variables, std::string_view place,
         std::vector<Expression::Action>& actions)
      : text_(text), variables_(variables), place_(place), actions_(actions) {}

  void whole() {
    sum();
    if (at_ < text_.size()) refuse("an operator is missing");
  }

 private:
  void sum() {
    product();
    while (true) {
      if (take('+'))
        product(), join(Does::add);
      else if (take('-'))
        product(), join(Does::subtract);
      else
        return;
    }
  }

  void product() {
    sign();
    while (true) {
      if (take('*'))
        sign(), join(Does::multiply);
      else if (take('/'))
        sign(), join(Does::divide);
      else
        return;
    }
  }

  void sign() {
    if (++nested_ > deepest) refuse("it is nested too deeply");
    bool negative = false;
    while (true) {
      if (take('-'))
        negative = !negative;
      else if (!take('+'))
        break;
    }
    power();
    if (negative) actions_.push_back({Does::negate});
    --nested_;
  }

  void power() {
    atom();
    if (take('^')) sign(), join(Does::power);
  }

  void atom() {
    if (take('(')) {
      sum();
      close();
      return;
    }
    const char c = at_ < text_.size() ? text_[at_] : ' ';
    if (std::isdigit(static_cast<unsigned char>(c)) || c == '.')
      number();
    else if (std::isalpha(static_cast<unsigned char>(c)))
      name();
    else
      refuse("a number, a name or ( is missing");
  }

  void number() {
    double value = 0;
    const char* const begin = text_.data() + at_;
    const auto [end, error] = std::from_chars(begin, text_.data() + text_.size(), value);
    if (error != std::errc{}) refuse("this is no number that can be held");
    at_ += std::size_t(end - begin);
    put({Does::number, value});
  }

  void name() {
    const std::size_t begin = at_;
    while (at_ < text_.size() &&
           (std::isalnum(static_cast<unsigned char>(text_[at_])) || text_[at_] == '_'))
      ++at_;
    const std::string_view word = text_.substr(begin, at_ - begin);
    const auto variable = std::find(variables_.begin(), variables_.end(), word);
    if (variable != variables_.end())
      return put({Does::variable, 0, std::size_t(variable - variables_.begin())});
    if (word == "pi") return put({Does::number, std::numbers::pi});
    for (const Function& function : functions)
      if (function.name == word) return call(function, begin);
    std::vector<std::string> known(variables_.begin(), variables_.end());
    known.emplace_back("pi");
    for (const Function& function : functions) known.emplace_back(function.name);
    fail_unknown(
        fmt::format("{} = {}, position {}", place_, in_quotes(std::string(text_)), begin + 1),
        "name", word, known);
  }

  void call(const Function& function, std::size_t begin) {
    if (!take('(')) refuse("( is missing");
    int count = 0;
    do {
      sum();
      if (++count > 1) join(function.does);
    } while (take(','));
    if (count < function.least || count > function.most) {
      at_ = begin;
      refuse(fmt::format("{} takes {}{}, not {},", function.name, function.least,
                         function.most == many ? " or more" : "", count));
    }
    if (function.most == 1) actions_.push_back({function.does});
    close();
  }

  void close() {
    if (!take(')')) refuse(") is missing");
  }

  void put(const Expression::Action& action) {
    if (++height_ > deepest) refuse("it is nested too deeply");
    actions_.push_back(action);
  }
  void join(Does does) {
    --height_;
    actions_.push_back({does});
  }

  bool take(char wanted) {
    skip_spaces();
    const bool there = at_ < text_.size() && text_[at_] == wanted;
    if (there) ++at_;
    skip_spaces();
    return there;
  }
  void skip_spaces() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_]))) ++at_;
  }
  [[noreturn]] void refuse(const std::string& why) const {
    fail("{} = {} is not allowed: {} at position {}", place_, in_quotes(std::string(text_)), why,
         at_ + 1);
  }

  std::string_view text_;
  std::span<const std::string_view> variables_;
  std::string_view place_;
  std::vector<Expression::Action>& actions_;
  std::size_t at_ = 0;
  int nested_ = 0, height_ = 0;
};

double joined(Does does, double a, double b) {
  switch (does) {
    case Does::add:
      return a + b;
    case Does::subtract:
      return a - b;
    case Does::multiply:
      return a * b;
    case Does::divide:
      return a / b;
    case Does::power:
      return std::pow(a, b);
    case Does::smaller:
      return std::min(a, b);
    default:
      return std::max(a, b);
  }
}

}  // namespace

Expression::Expression(std::string text, std::span<const std::string_view> variables,
                       std::string_view place)
    : text_(std::move(text)) {
  Reader(text_, variables, place, actions_).whole();
}

double Expression::operator()(std::span<const double> values) const {
  std::array<double, deepest> stack;
  std::size_t height = 0;
  for (const Action& action : actions_) {
    double& top = stack[height == 0 ? 0 : height - 1];
    switch (action.does) {
      case Does::number:
        stack[height++] = action.number;
        break;
      case Does::variable:
        stack[height++] = values[action.variable];
        break;
      case Does::negate:
        top = -top;
        break;
      case Does::sqrt:
        top = std::sqrt(top);
        break;
      case Does::exp:
        top = std::exp(top);
        break;
      case Does::log:
        top = std::log(top);
        break;
      case Does::cos:
        top = std::cos(top);
        break;
      default:
        stack[height - 2] = joined(action.does, stack[height - 2], top);
        --height;
    }
  }
  return stack[0];
}

}  // namespace goodfit
