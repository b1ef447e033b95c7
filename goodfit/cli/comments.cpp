#include "goodfit/cli/comments.hpp"

#include <span>

namespace goodfit {

std::span<const Comment> all_comments();  // in a file that tools/cmake/comments.cmake writes

std::string comment_of(std::string_view path) {
  std::string plain;
  for (const Comment& comment : all_comments()) {
    if (comment.path != path) continue;
    for (std::string_view rest = comment.text; !rest.empty();) {
      std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
      line.remove_prefix(line.starts_with("// ") ? 3 : 2);
      plain += std::string(line) + "\n";
    }
  }
  return plain;
}

std::string source_in(const std::string& comment) {
  const std::string_view mark = "Source: ";
  const std::size_t begin = comment.find(mark);
  if (begin == comment.npos) return "";
  std::string source = comment.substr(begin + mark.size());
  source = source.substr(0, source.find("\n\n"));
  while (source.ends_with('\n')) source.pop_back();
  for (char& c : source)
    if (c == '\n') c = ' ';
  return source;
}

}  // namespace goodfit
