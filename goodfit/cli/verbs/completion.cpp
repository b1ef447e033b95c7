// goodfit completion: how shells complete the command, and its manual page.
#include "goodfit/cli/completion.hpp"

#include <fmt/core.h>

#include "goodfit/base/error.hpp"
#include "goodfit/cli/reference.hpp"
#include "goodfit/cli/verbs/catalogue.hpp"

namespace goodfit {
namespace {

const std::vector<std::string> kinds{"bash", "zsh", "fish", "man"};

class Completion : public Verb {
 public:
  Card card() const override {
    return {"completion", "Prints what a shell completes the command by, or the manual page."};
  }
  std::string_view examples() const override {
    return "  goodfit completion bash > ~/.local/share/bash-completion/completions/goodfit\n"
           "  goodfit completion man > goodfit.1";
  }
  void declare(Arguments& arguments) override {
    arguments.required("KIND", kind_, "bash, zsh or fish; or man");
  }
  int run() override {
    std::vector<Completed> verbs;
    std::vector<Form> forms;
    for (const auto& verb : all_verbs()) {
      verbs.push_back({form_of(*verb), {}});
      forms.push_back(verbs.back().form);
      if (forms.back().verb == "completion") verbs.back().words = kinds;
      if (forms.back().verb == "show")
        for (const Shelf& shelf : reference()) {
          verbs.back().words.push_back(shelf.name);
          for (const PartText& part : shelf.parts) verbs.back().words.push_back(part.key);
        }
    }
    if (kind_ == "bash")
      fmt::print("{}", bash_completion(verbs));
    else if (kind_ == "zsh")
      fmt::print("{}", zsh_completion(verbs));
    else if (kind_ == "fish")
      fmt::print("{}", fish_completion(verbs));
    else if (kind_ == "man")
      fmt::print("{}", manual_page(forms));
    else
      fail_unknown("completion", "shell", kind_, kinds);
    return 0;
  }

 private:
  std::string kind_;
};

}  // namespace

std::unique_ptr<Verb> completion_verb() { return std::make_unique<Completion>(); }

}  // namespace goodfit
