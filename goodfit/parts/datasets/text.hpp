// Text: windows of a text, for models that say which character comes next.
//
//   sample    the ids of `length` characters in a row
//   target    each: the next character of each of them, [length]        last: of the last one, [1]
//
// A class is a character of the text, in the order of Unicode; the id is its place there. Windows
// begin `stride` characters apart; the last `held_out` of the text is the test set, as what comes
// near a window tells too much about it.
// Source: Graves 2013, "Generating Sequences With Recurrent Neural Networks", arXiv:1308.0850,
// section 2.
#pragma once
#include "goodfit/parts/datasets/dataset.hpp"

namespace goodfit {

struct Text {
  std::string path = "";  // must be given
  Size length = 64;
  Size stride = 0;
  std::string target = "each";
  double held_out = 0.1;

  static constexpr Card card{"text", "Windows of a text, to predict the next character."};
  static constexpr auto fields() {
    return Fields{
        field("path", &Text::path, "the file, UTF-8, plain or .gz"),
        field("length", &Text::length, within(1, 1e6), "characters of a window"),
        field("stride", &Text::stride, within(0, 1e9),
              "characters from window to window; 0: as many as the length"),
        field("target", &Text::target, Choices{"each", "last"},
              "the next character after each of a window, or after the last"),
        field("held_out", &Text::held_out, share, "share of the text, its end, that is for tests"),
    };
  }

  Data load(const Wanted& wanted) const;
  // The same for the text itself; `path` only names it in errors.
  Data parse(std::string_view text, const Wanted& wanted) const;
};

}  // namespace goodfit
