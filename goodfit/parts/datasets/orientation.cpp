#include "goodfit/parts/datasets/orientation.hpp"

#include <utility>

namespace goodfit {
namespace {

constexpr int as_stored = 1;

// Numbers in either order of bytes; 0 beyond the end.
struct ExifNumbers {
  std::string_view bytes;
  bool little = false;

  std::size_t at(std::size_t place, std::size_t width) const {
    std::size_t number = 0;
    for (std::size_t i = 0; i < width && place + width <= bytes.size(); ++i)
      number =
          number << 8 | static_cast<unsigned char>(bytes[place + (little ? width - 1 - i : i)]);
    return number;
  }
};

// Of the block that begins with its order of bytes: a header of 8, then entries of 12.
int orientation_in(std::string_view tiff) {
  constexpr std::size_t tag = 0x0112, whole_number = 3;
  ExifNumbers is{tiff, tiff.starts_with("II")};
  const std::size_t first = is.at(4, 4), entries = is.at(first, 2);
  for (std::size_t i = 0; i < entries; ++i) {
    const std::size_t entry = first + 2 + 12 * i;
    if (entry + 12 > tiff.size()) break;
    if (is.at(entry, 2) != tag || is.at(entry + 2, 2) != whole_number) continue;
    const std::size_t told = is.at(entry + 8, 2);
    return told >= 1 && told <= 8 ? int(told) : as_stored;
  }
  return as_stored;
}

}  // namespace

int orientation_of(std::string_view jpeg) {
  constexpr std::string_view exif{"Exif\0\0", 6};
  constexpr std::size_t application = 0xE1, pixels = 0xDA;
  const ExifNumbers is{jpeg};
  // Segments: two bytes of a marker, two of the length from there.
  for (std::size_t at = 2; at + 4 <= jpeg.size() && is.at(at, 1) == 0xFF;) {
    const std::size_t marker = is.at(at + 1, 1), length = is.at(at + 2, 2);
    if (marker == pixels || length < 2) break;
    const std::string_view segment = jpeg.substr(at + 4, length - 2);
    if (marker == application && segment.starts_with(exif))
      return orientation_in(segment.substr(exif.size()));
    at += 2 + length;
  }
  return as_stored;
}

Picture upright(Picture picture, int orientation) {
  if (orientation == as_stored) return picture;
  const auto among = [&](auto... numbers) { return ((orientation == numbers) || ...); };
  const bool turned = orientation >= 5, rows_back = among(3, 4, 6, 7), back = among(2, 3, 7, 8);
  Picture made{picture.height, picture.width, picture.channels, {}};
  if (turned) std::swap(made.height, made.width);
  if (picture.pixels.empty()) return made;  // a head
  made.pixels.reserve(picture.pixels.size());
  for (Size y = 0; y < made.height; ++y)
    for (Size x = 0; x < made.width; ++x) {
      const Size row = turned ? x : y, column = turned ? y : x;
      const Size from = (rows_back ? picture.height - 1 - row : row) * picture.width +
                        (back ? picture.width - 1 - column : column);
      const auto* pixel = picture.pixels.data() + from * picture.channels;
      made.pixels.insert(made.pixels.end(), pixel, pixel + picture.channels);
    }
  return made;
}

}  // namespace goodfit
