#include "goodfit/cli/arguments.hpp"

#include <fmt/core.h>
#include <CLI/CLI.hpp>
#include <charconv>
#include <cmath>

#include "goodfit/base/text.hpp"
#include "goodfit/cli/verbs/verb.hpp"

namespace goodfit {
namespace {

// "--out DIR" → "--out" and "DIR"
std::pair<std::string, std::string> split_name(std::string_view name) {
  const std::size_t space = name.find(' ');
  if (space == name.npos) return {std::string(name), ""};
  return {std::string(name.substr(0, space)), std::string(name.substr(space + 1))};
}

template <class T>
CLI::Option* add(CLI::App& app, std::string_view name, T& to, std::string_view about) {
  const auto [flag, value] = split_name(name);
  return app.add_option(flag, to, std::string(about))->type_name(value);
}

template <class T>
T number(const std::string& flag, const std::string& text, const Range& range, const char* kind) {
  T number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(double(number)))
    fail("{} {} is not allowed: must be {}", flag, in_quotes(text), kind);
  check_number(flag, double(number), range);
  return number;
}

template <class T, class To>
void add_number(CLI::App& app, std::string_view name, To& to, const Range& range,
                std::string_view about, const char* kind) {
  const auto [flag, value] = split_name(name);
  app.add_option_function<std::string>(
         flag,
         [&to, range, flag = flag, kind](const std::string& text) {
           to = number<T>(flag, text, range, kind);
         },
         std::string(about))
      ->type_name(value);
}

}  // namespace

void Arguments::required(std::string_view name, std::string& to, std::string_view about) {
  add(app_, name, to, about)->required()->type_name("");
}
void Arguments::optional(std::string_view name, std::string& to, std::string_view about) {
  add(app_, name, to, about)->type_name("");
}
void Arguments::optional(std::string_view name, std::vector<std::string>& to,
                         std::string_view about) {
  add(app_, name, to, about)->type_name("");
}
void Arguments::option(std::string_view name, std::string& to, std::string_view about) {
  add(app_, name, to, about);
}
void Arguments::option(std::string_view name, std::vector<std::string>& to,
                       std::string_view about) {
  add(app_, name, to, about)->expected(1)->take_all();
}
void Arguments::option(std::string_view name, Size& to, Range range, std::string_view about) {
  add_number<Size>(app_, name, to, range, about, "a whole number");
}
void Arguments::option(std::string_view name, std::optional<double>& to, Range range,
                       std::string_view about) {
  add_number<double>(app_, name, to, range, about, "a number");
}
void Arguments::flag(std::string_view name, bool& to, std::string_view about) {
  app_.add_flag(std::string(name), to, std::string(about));
}

Form form_of(Verb& verb) {
  CLI::App app;
  Arguments declared(app);
  verb.declare(declared);
  Form form{std::string(verb.card().key),
            std::string(verb.card().about),
            std::string(verb.examples()),
            {},
            {}};
  for (const CLI::Option* option : app.get_options()) {
    const bool operand = option->get_positional(), list = option->get_expected_max() > 1;
    if (operand)
      form.operands.push_back(
          {option->get_name(true), "", option->get_description(), option->get_required(), list});
    else
      form.options.push_back({"--" + option->get_lnames().front(), option->get_type_name(),
                              option->get_description(), false, list});
  }
  return form;
}

bool parse(Verb& verb, int count, const char* const* arguments) {
  const std::string name(verb.card().key);
  CLI::App app{std::string(verb.card().about), "goodfit " + name};
  app.footer("\nExamples:\n" + std::string(verb.examples()));
  app.get_formatter()->column_width(24);
  Arguments declared(app);
  verb.declare(declared);
  try {
    app.parse(count, arguments);
  } catch (const CLI::CallForHelp&) {
    fmt::print("{}", app.help());
    return false;
  } catch (const CLI::ExtrasError& error) {
    const std::vector<std::string> extra = app.remaining();
    std::vector<std::string> known;
    for (const CLI::Option* option : app.get_options())
      if (!option->get_positional()) known.push_back("--" + option->get_lnames().front());
    if (!extra.empty() && extra.front().starts_with('-'))
      fail_unknown(name, "option", extra.front().substr(0, extra.front().find('=')), known);
    fail("{}: {} is one argument too many; see goodfit {} --help", name,
         extra.empty() ? error.what() : in_quotes(extra.front()), name);
  } catch (const CLI::ParseError& error) {
    std::string said = error.what();
    for (char& c : said)
      if (c == '\n') c = ' ';
    fail("{}: {}; see goodfit {} --help", name, said, name);
  }
  return true;
}

}  // namespace goodfit
