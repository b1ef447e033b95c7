#include "goodfit/cli/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>

namespace goodfit {
namespace {

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

bool starts_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

}  // namespace

Terminal terminal_of(std::FILE* file) {
  Terminal terminal;
  if (!::isatty(::fileno(file)) || environment("TERM") == "dumb") return terminal;
  terminal.live = true;
  terminal.colours = environment("NO_COLOR").empty();
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"})
    if (const std::string_view locale = environment(name); !locale.empty()) {
      terminal.unicode = locale.find("UTF-8") != locale.npos || locale.find("utf8") != locale.npos;
      break;
    }
  winsize size{};
  if (::ioctl(::fileno(file), TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    terminal.width = size.ws_col;
  return terminal;
}

std::string Terminal::painted(Ink ink, std::string_view text) const {
  if (!colours || ink == Ink::plain) return std::string(text);
  const char* code = ink == Ink::bold    ? "1"
                     : ink == Ink::dim   ? "2"
                     : ink == Ink::green ? "32"
                                         : "31";
  return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}

std::size_t shown_width(std::string_view text) {
  std::size_t width = 0;
  for (const char c : text) width += starts_character(c);
  return width;
}

std::string_view fitted(std::string_view text, std::size_t width) {
  for (std::size_t i = 0; i < text.size(); ++i)
    if (starts_character(text[i]) && width-- == 0) return text.substr(0, i);
  return text;
}

}  // namespace goodfit
