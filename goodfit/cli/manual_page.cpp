#include <fmt/format.h>

#include "goodfit/base/version.hpp"
#include "goodfit/cli/completion.hpp"

namespace goodfit {
namespace {

// As roff shows it: no line may begin with a dot or a quote, and a minus is one.
std::string roff(std::string_view text) {
  std::string made;
  for (const char c : text) {
    if ((made.empty() || made.back() == '\n') && (c == '.' || c == '\'')) made += "\\&";
    made += c == '-' ? "\\-" : c == '\\' ? "\\e" : std::string(1, c);
  }
  return made;
}

std::string synopsis(const Form& form) {
  std::string text = ".B goodfit " + roff(form.verb) + "\n";
  if (!form.options.empty()) text += "[\\fIoptions\\fR]\n";
  for (const Form::Argument& one : form.operands) {
    const std::string name = roff(one.name) + (one.repeated ? " ..." : "");
    text += one.required ? "\\fI" + name + "\\fR\n" : "[\\fI" + name + "\\fR]\n";
  }
  return text;
}

}  // namespace

std::string manual_page(const std::vector<Form>& verbs) {
  std::string text = fmt::format(
      ".TH GOODFIT 1 \"\" \"goodfit {}\" \"User Commands\"\n.SH NAME\ngoodfit \\- trains neural "
      "networks that converge and do not overfit\n.SH SYNOPSIS\n.B goodfit\n\\fIverb\\fR "
      "[\\fIoptions\\fR] \\fIoperands\\fR\n.SH DESCRIPTION\nA recipe, a TOML file, says what is "
      "trained on which data. The verbs train it, look at what came out, and use it.\n.SH VERBS\n",
      version());
  for (const Form& form : verbs) {
    text += fmt::format(".SS {}\n{}\n.PP\n{}", roff(form.verb), roff(form.about), synopsis(form));
    for (const auto* list : {&form.operands, &form.options})
      for (const Form::Argument& one : *list)
        text += fmt::format(".TP\n.B {}{}\n{}\n", roff(one.name),
                            one.value.empty() ? "" : " \\fI" + roff(one.value) + "\\fR",
                            roff(one.about));
    text += ".PP\nExamples:\n.PP\n.nf\n" + roff(form.examples) + "\n.fi\n";
  }
  return text +
         ".SH EXIT STATUS\n.TP\n.B 0\nwell\n.TP\n.B 1\nthe run failed\n.TP\n.B 2\nthe command, the "
         "recipe or the data is wrong; one line says what\n.TP\n.B 130\ninterrupted; the run can "
         "go on by \\-\\-resume\n";
}

}  // namespace goodfit
