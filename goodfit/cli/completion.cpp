#include "goodfit/cli/completion.hpp"

#include <fmt/format.h>

namespace goodfit {
namespace {

constexpr const char* own_options[][2] = {{"--help", "what there is"},
                                          {"--version", "which version this is"}};

std::vector<std::string> names(const std::vector<Form::Argument>& arguments) {
  std::vector<std::string> all;
  for (const Form::Argument& one : arguments) all.push_back(one.name);
  return all;
}

// In single quotes, as bash, zsh and fish read them.
std::string in_single_quotes(const std::string& text, const char* quote_inside) {
  std::string quoted = "'";
  for (const char c : text) c == '\'' ? quoted += quote_inside : quoted += c;
  return quoted + "'";
}
std::string with_backslash(const std::string& text, const std::string& characters) {
  std::string made;
  for (const char c : text)
    made += (characters.find(c) != characters.npos ? "\\" : "") + std::string(1, c);
  return made;
}

}  // namespace

std::string bash_completion(const std::vector<Completed>& verbs) {
  std::string known, cases;
  for (const Completed& verb : verbs) {
    known += verb.form.verb + " ";
    cases +=
        fmt::format("    {})\n      options='{}'\n      words='{}'\n      ;;\n", verb.form.verb,
                    joined(names(verb.form.options), " "), joined(verb.words, " "));
  }
  return fmt::format(R"(# Completion of goodfit for bash; written by: goodfit completion bash
_goodfit() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} options='--help --version' words='{0}'
  if [ "$COMP_CWORD" -gt 1 ]; then
    options='' words=''
    case ${{COMP_WORDS[1]}} in
{1}    esac
  fi
  case $word in
    -*) mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word") ;;
    *)
      mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
      [ "$COMP_CWORD" -gt 1 ] && mapfile -t -O "${{#COMPREPLY[@]}}" COMPREPLY < <(compgen -f -- "$word")
      ;;
  esac
}}
complete -o filenames -F _goodfit goodfit
)",
                     known, cases);
}

std::string zsh_completion(const std::vector<Completed>& verbs) {
  std::string known, cases;
  const auto quoted = [](const std::string& text) { return in_single_quotes(text, "'\\''"); };
  for (const Completed& verb : verbs) {
    known += fmt::format("    {}\n", quoted(verb.form.verb + ":" + verb.form.about));
    cases += fmt::format("        {})\n          _arguments", verb.form.verb);
    for (const Form::Argument& option : verb.form.options)
      cases += " \\\n            " +
               quoted(fmt::format("{}{}[{}]{}", option.repeated ? "*" : "", option.name,
                                  with_backslash(option.about, "[]:\\"),
                                  option.value.empty() ? "" : ":" + option.value + ":_files"));
    cases += verb.words.empty()
                 ? " \\\n            '*:file:_files' && return\n"
                 : fmt::format(
                       " \\\n            '*:word:->words' && return\n          [[ $state == "
                       "words ]] && _alternative 'words:word:({})' 'files:file:_files' && "
                       "return\n",
                       joined(verb.words, " "));
    cases += "          ;;\n";
  }
  return fmt::format(R"(#compdef goodfit
# Completion of goodfit for zsh; written by: goodfit completion zsh
_goodfit() {{
  local -a verbs
  local state
  verbs=(
{0}  )
  _arguments -C '--help[what there is]' '--version[which version this is]' '1:verb:->verb' '*::argument:->rest' && return
  case $state in
    verb) _describe -t verbs verb verbs ;;
    rest)
      case $words[1] in
{1}      esac
      ;;
  esac
}}
_goodfit "$@"
)",
                     known, cases);
}

std::string fish_completion(const std::vector<Completed>& verbs) {
  std::string text = "# Completion of goodfit for fish; written by: goodfit completion fish\n";
  const auto quoted = [](const std::string& of) { return in_single_quotes(of, "\\'"); };
  for (const auto& [option, about] : own_options)
    text += fmt::format("complete -c goodfit -n __fish_use_subcommand -l {} -d {}\n", option + 2,
                        quoted(about));
  for (const Completed& verb : verbs) {
    text += fmt::format("complete -c goodfit -n __fish_use_subcommand -f -a {} -d {}\n",
                        verb.form.verb, quoted(verb.form.about));
    const std::string here = quoted("__fish_seen_subcommand_from " + verb.form.verb);
    for (const Form::Argument& option : verb.form.options)
      text += fmt::format("complete -c goodfit -n {} -l {}{} -d {}\n", here, option.name.substr(2),
                          option.value.empty() ? "" : " -r", quoted(option.about));
    if (!verb.words.empty())
      text +=
          fmt::format("complete -c goodfit -n {} -a {}\n", here, quoted(joined(verb.words, " ")));
  }
  return text;
}

}  // namespace goodfit
