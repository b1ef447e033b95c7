// Windows: the settings of layers that walk over images, and what they take for an image.
//
//   kernel = 3              a number for both axes        kernel = [3, 5]      height, width
//   padding = 1             on every side                 padding = "same"     as many outputs as
//   padding = "valid"       none                          inputs, at stride 1
//
// "same" is dilation · (kernel − 1) in all, the smaller half before, as in PyTorch; with a stride
// it gives ⌈inputs / stride⌉ outputs, where PyTorch refuses.
#pragma once
#include <array>

#include "goodfit/base/fields.hpp"
#include "goodfit/base/text.hpp"
#include "goodfit/compute/ops/reshape.hpp"
#include "goodfit/compute/ops/window.hpp"

namespace goodfit {

inline constexpr Range window_extent = within(1, 1 << 20);
inline constexpr Range window_padding = within(0, 1 << 20);

// One number for each axis, or a word for all.
template <std::size_t Axes, bool Words>
struct PerAxis {
  static constexpr std::string_view kind = Words       ? "same, valid or number"
                                           : Axes == 1 ? "whole number"
                                                       : "whole number or two";
  std::array<Size, Axes> numbers{};
  std::string word = {};

  PerAxis() = default;
  template <std::integral I>
  PerAxis(I all) {
    numbers.fill(Size(all));
  }
  PerAxis(Size height, Size width) requires(Axes == 2) : numbers{height, width} {}
  PerAxis(const char* text) requires(Words) : word(text) {
    if (word != "same" && word != "valid")
      fail("\"{}\" is not allowed: must be same, valid or a number", word);
  }

  // What a range is asked about.
  auto begin() const { return numbers.begin(); }
  auto end() const { return numbers.end(); }

  static PerAxis read(const Setting& from) {
    PerAxis made;
    if constexpr (Words)
      if (const std::string* text = from.text(); text && (*text == "same" || *text == "valid"))
        return PerAxis(text->c_str());
    if (const Setting::List* list = from.list()) {
      if (list->size() != Axes) fail_kind(from, allowed());
      for (std::size_t i = 0; i < Axes; ++i) read_member((*list)[i], made.numbers[i]);
      return made;
    }
    if (!from.is_number()) fail_kind(from, allowed());
    read_member(from, made.numbers[0]);
    made.numbers.fill(made.numbers[0]);
    return made;
  }
  Setting write() const {
    if (!word.empty()) return word;
    if (numbers.front() == numbers.back()) return numbers.front();
    return Setting::List{numbers.front(), numbers.back()};
  }
  // As a C++ program says it.
  std::string cpp() const {
    if (!word.empty()) return "\"" + word + "\"";
    if (numbers.front() == numbers.back()) return std::to_string(numbers.front());
    return formatted("{{{}, {}}}", numbers.front(), numbers.back());
  }

 private:
  static std::string allowed() {
    return formatted(
        "{}{}", Words ? "\"same\", \"valid\" or " : "",
        Axes == 2 ? "a whole number, or two of them for height and width" : "a whole number");
  }
};

using Extents = PerAxis<2, false>;
using Padding = PerAxis<2, true>;
using LinePadding = PerAxis<1, true>;

// The window of one axis.
template <class Pads>
Window window_of(Size kernel, Size stride, Size dilation, const Pads& padding, std::size_t axis) {
  Window window{.kernel = kernel, .stride = stride, .dilation = dilation};
  const Size all = window.extent() - 1;
  const Size number = padding.numbers[axis];
  window.before = padding.word == "same" ? all / 2 : number;
  window.after = padding.word == "same" ? all - all / 2 : number;
  return window;
}

inline Windows windows_of(const Extents& kernel, const Extents& stride, const Extents& dilation,
                          const Padding& padding) {
  const auto axis = [&](std::size_t i) {
    return window_of(kernel.numbers[i], stride.numbers[i], dilation.numbers[i], padding, i);
  };
  return {axis(0), axis(1)};
}

// [batch, height, width, channels]; what has no channels, as a gray picture, has one.
inline Value image_of(Value x) {
  const Shape sample = x.shape().without_first();
  if (sample.rank() == 3) return x;
  if (sample.rank() == 2) return reshape(x, {sample[0], sample[1], 1});
  fail("it takes images [height, width, channels], not samples of shape {}", sample.text());
}

// `pool` of the images or sequences in x; a stride of 0 is the kernel.
template <class Pool>
Value pooled(Value x, const Extents& kernel, const Extents& stride, const Extents& padding,
             const Pool& pool) {
  const auto window = [&](std::size_t axis) {
    const Size size = kernel.numbers[axis], step = stride.numbers[axis];
    return window_of(size, step > 0 ? step : size, 1, Padding(padding.numbers[axis]), axis);
  };
  const Shape sample = x.shape().without_first();
  if (sample.rank() == 3) return pool(x, Windows{window(0), window(1)});
  if (sample.rank() != 2)
    fail(
        "it takes images [height, width, channels] or sequences [steps, channels], not samples of "
        "shape {}",
        sample.text());
  const Value y = pool(goodfit::reshape(x, {sample[0], 1, sample[1]}), Windows{window(0), {}});
  return goodfit::reshape(y, {y.shape()[1], sample[1]});
}

// Parts of a convolution's channels that see each other alone. Throws Error when they come out
// uneven.
inline void check_groups(Size groups, Size in, Size out) {
  if (in % groups != 0 || out % groups != 0)
    fail("groups = {} does not divide its {} input channels and {} output channels", groups, in,
         out);
}

}  // namespace goodfit
