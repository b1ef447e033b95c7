// The reference: that it is as new as the headers, and lacks nothing.
#include <nlohmann/json.hpp>

#include "tests/command.hpp"

namespace goodfit {
namespace {

namespace fs = std::filesystem;
using Reference = CommandTest;

TEST_F(Reference, IsAsNewAsTheHeaders) {
  const std::string advice = "; run: build/goodfit show --reference docs/reference";
  good({"show", "--reference", "pages"});
  std::set<std::string> written;
  for (const auto& entry : fs::directory_iterator(path("pages"))) {
    const std::string name = entry.path().filename().string();
    written.insert(name);
    EXPECT_TRUE(file_text("docs/reference/" + name) == file_text(entry.path()))
        << "docs/reference/" << name << " is old" << advice;
  }
  EXPECT_GE(written.size(), 9u);
  for (const auto& entry : fs::directory_iterator("docs/reference"))
    EXPECT_TRUE(written.count(entry.path().filename().string()))
        << entry.path().string() << " is not written any more: remove it";
}

TEST_F(Reference, EveryPartShowsTheCommentOnTopOfItsHeader) {
  for (const std::string& line : lines_of(good({"show", "--json"}))) {
    const auto part = nlohmann::json::parse(line);
    if (part["sort"] == "section") continue;
    const std::string header = part["header"], comment = part["comment"];
    ASSERT_FALSE(comment.empty()) << header;
    const std::string text = file_text(header), first = comment.substr(0, comment.find('\n'));
    EXPECT_TRUE(text.starts_with("// " + first + "\n")) << header;
    EXPECT_EQ(text.find("// Source: ") != text.npos || text.find(". Source: ") != text.npos,
              !std::string(part["source"]).empty())
        << header;
  }
}

TEST_F(Reference, ShowSaysFormulaAndSource) {
  const std::string shown = good({"show", "adamw"});
  EXPECT_TRUE(says(shown, "\n    w ← w − η m̂ / (√v̂ + ε) "));
  EXPECT_TRUE(says(shown, "Source: Loshchilov &\n  Hutter 2019"));
  const auto part = nlohmann::json::parse(good({"show", "nag", "--json"}));
  EXPECT_TRUE(std::string(part["source"]).starts_with("Nesterov 1983, \"A method of solving"));
  EXPECT_TRUE(std::string(part["source"]).ends_with("2013, eq. 3 and 4."));
  EXPECT_TRUE(says(refused({"show", "adamw", "--reference", "pages"}), "leave adamw out"));
}

TEST_F(Reference, FormulasKeepTheirFormInMarkdown) {
  good({"show", "--reference", "pages"});
  const std::string page = file_text(path("pages/layers.md"));
  EXPECT_TRUE(says(page, "## layer_norm\n\n*Normalizes each sample over its features.*\n\n"));
  EXPECT_TRUE(says(page, "\n\n```text\nx, y: [batch, …, C]   γ, β: [C]\n```\n\nThe same in all"));
  EXPECT_TRUE(says(page, "| `per` | text | `\"feature\"` | feature \\| all | each feature"));
}

}  // namespace
}  // namespace goodfit
