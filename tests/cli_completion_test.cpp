// goodfit completion: shells offer what verbs declare, and the manual page tells it.
#include "goodfit/cli/verbs/catalogue.hpp"
#include "tests/command.hpp"

namespace goodfit {
namespace {

struct CliCompletion : CommandTest {
  // What a program says of a script; "-" where there is no such program.
  std::string told(const std::string& line) const {
    const std::string file = path(".told");
    const int code =
        std::system(("cd " + folder.path() + " && " + line + " >" + file + " 2>&1").c_str());
    return code == 127 << 8 ? "-" : file_text(file);
  }
  // What bash offers for the last of the words.
  std::vector<std::string> offered(const std::string& words, int last) {
    folder.write("bash", good({"completion", "bash"}));
    return lines_of(told("bash -c '. ./bash; COMP_WORDS=(" + words +
                         "); COMP_CWORD=" + std::to_string(last) +
                         "; _goodfit; printf \"%s\\n\" \"${COMPREPLY[@]}\"'"));
  }
};

TEST_F(CliCompletion, BashOffersVerbsOptionsPartsAndFiles) {
  EXPECT_EQ(offered("goodfit tr", 1), Names{"train"});
  EXPECT_EQ(offered("goodfit train --th", 2), Names{"--threads"});
  EXPECT_EQ(offered("goodfit train flow", 2), Names{"flowers.csv"});
  EXPECT_EQ(offered("goodfit show one_c", 2), Names{"one_cycle"});
  EXPECT_EQ(offered("goodfit completion f", 2), (Names{"fish", "flowers.csv"}));
  EXPECT_EQ(offered("goodfit --v", 1), Names{"--version"});
}

TEST_F(CliCompletion, EveryScriptIsReadByItsShell) {
  for (const std::string shell : {"bash", "zsh", "fish"}) {
    folder.write(shell, good({"completion", shell}));
    const std::string said = told(shell + " -n ./" + shell);
    EXPECT_TRUE(said.empty() || said == "-") << shell << ": " << said;
  }
}

TEST_F(CliCompletion, EveryVerbAndOptionIsInAll) {
  const std::string zsh = good({"completion", "zsh"}), fish = good({"completion", "fish"}),
                    bash = good({"completion", "bash"}), man = good({"completion", "man"});
  for (const auto& verb : all_verbs()) {
    const Form form = form_of(*verb);
    EXPECT_TRUE(says(zsh, "'" + form.verb + ":"));
    EXPECT_TRUE(says(fish, "-f -a " + form.verb + " "));
    EXPECT_TRUE(says(bash, "    " + form.verb + ")"));
    std::string section = form.verb;
    if (const auto minus = section.find('-'); minus != section.npos) section.insert(minus, "\\");
    EXPECT_TRUE(says(man, ".SS " + section + "\n"));
    for (const Form::Argument& option : form.options) {
      EXPECT_TRUE(says(zsh, option.name + "["));
      EXPECT_TRUE(says(fish, " -l " + option.name.substr(2) + " "));
      EXPECT_TRUE(says(bash, option.name));
    }
  }
}

TEST_F(CliCompletion, TheManualPageIsWellFormed) {
  folder.write("goodfit.1", good({"completion", "man"}));
  const std::string said = told("man --warnings -l -Tutf8 ./goodfit.1");
  EXPECT_TRUE(said == "-" || says(said, "the run can go on by --resume")) << said;
  EXPECT_EQ(said.find("warning:"), said.npos) << said;
}

TEST_F(CliCompletion, OtherShellsAreRefused) {
  EXPECT_TRUE(says(refused({"completion", "zhs"}), "did you mean \"zsh\"?"));
}

}  // namespace
}  // namespace goodfit
