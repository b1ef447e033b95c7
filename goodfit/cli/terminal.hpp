// Terminal: what the place can show that the output goes to.
#pragma once
#include <cstdio>
#include <string>
#include <string_view>

namespace goodfit {

enum class Ink { plain, bold, dim, green, red };

struct Terminal {
  bool live = false;     // lines can be written over
  bool colours = false;  // never with NO_COLOR, see no-color.org
  bool unicode = false;  // bars may be drawn with line characters
  int width = 80;

  std::string painted(Ink ink, std::string_view text) const;
};

Terminal terminal_of(std::FILE* file);

// Characters that a text in UTF-8 takes on the screen, each as wide as any other.
std::size_t shown_width(std::string_view text);
// As much of a text as fits into a width.
std::string_view fitted(std::string_view text, std::size_t width);

}  // namespace goodfit
