#include "goodfit/cli/comments.hpp"
#include "goodfit/cli/reference.hpp"

namespace goodfit {
namespace {

constexpr std::string_view written =
    "Written by `goodfit show --reference docs/reference` from the headers; do not edit it here.\n";

// "layers" → "Layers"
std::string title(std::string name) {
  name[0] = char(name[0] - 'a' + 'A');
  return name;
}

// Indented lines of a comment are formulas and tables: they keep their form between two fences.
std::string markdown(const std::string& comment) {
  std::string text, gap;
  bool fenced = false;
  for (std::size_t begin = 0, end; begin < comment.size(); begin = end + 1) {
    end = comment.find('\n', begin);
    const std::string line = comment.substr(begin, end - begin);
    if (line.empty()) {
      gap += "\n";
      continue;
    }
    const bool formula = line.starts_with("  ");
    if (fenced && !formula) text += "```\n";
    text += gap;
    if (!fenced && formula) text += "```text\n";
    text += (formula ? line.substr(2) : line) + "\n";
    fenced = formula;
    gap.clear();
  }
  return text + (fenced ? "```\n" : "");
}

std::string cell(const std::string& text, const char* around = "") {
  std::string safe;
  for (const char c : text) safe += c == '|' ? "\\|" : std::string(1, c);
  return " " + (safe.empty() ? "" : around + safe + around) + " |";
}

std::string settings_of(const Shelf& shelf, const PartText& part) {
  if (!shelf.has_settings) return "";
  if (part.fields.empty()) return "It has no settings.\n";
  std::string table = "| setting | kind | default | allowed | meaning |\n|---|---|---|---|---|\n";
  for (const FieldText& field : part.fields)
    table += "|" + cell(field.key, "`") + cell(field.kind) + cell(field.standard, "`") +
             cell(field.allowed) + cell(field.about) + "\n";
  return table;
}

std::string links(const Shelf& shelf, const std::string& page) {
  std::string text;
  for (const PartText& part : shelf.parts)
    text += (text.empty() ? "[`" : "\n[`") + part.key + "`](" + page + "#" + part.key + ")";
  return text;
}

std::string page_of(const Shelf& shelf) {
  std::string text = "# " + title(shelf.name) + "\n\n" + std::string(written);
  text += "\n" + links(shelf, "") + "\n";
  for (const PartText& part : shelf.parts) {
    text += "\n## " + part.key + "\n\n*" + part.about + "*\n\n";
    if (const std::string comment = comment_of(shelf.header(part)); !comment.empty())
      text += markdown(comment) + "\n";
    if (const std::string settings = settings_of(shelf, part); !settings.empty())
      text += settings + "\n";
    if (const std::string header = shelf.header(part); !header.empty())
      text += "[" + header + "](../../" + header + ")\n";
    while (text.ends_with("\n\n")) text.pop_back();
  }
  return text;
}

}  // namespace

std::map<std::string, std::string> reference_pages() {
  std::map<std::string, std::string> pages;
  std::string list =
      "# Reference\n\nEvery part that a recipe can name: formula, settings, source. " +
      std::string(written);
  for (const Shelf& shelf : reference()) {
    const std::string page = shelf.name + ".md";
    pages[page] = page_of(shelf);
    list += "\n## [" + title(shelf.name) + "](" + page + ")\n\n" + links(shelf, page) + "\n";
  }
  pages["README.md"] = list;
  return pages;
}

}  // namespace goodfit
