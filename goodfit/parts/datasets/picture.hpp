// Picture: a PNG or JPEG file, decoded to one byte per pixel and channel, channels last.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "goodfit/base/size.hpp"

namespace goodfit {

struct Picture {
  Size height = 0, width = 0, channels = 0;  // 1 is gray, 3 red, green, blue
  std::vector<unsigned char> pixels{};       // [height, width, channels], 0 to 255
};

// True for names that end in .png, .jpg or .jpeg, small letters or capitals.
bool is_picture_name(const std::filesystem::path& path);

// With `channels` 1 or 3 colors are turned into gray or the other way round, 0 leaves them as they
// are; what is transparent lies on black, and what a camera held on its side stands upright. Throws
// Error that names the file when it is neither PNG nor JPEG, or is corrupt, cut off or larger than
// 32768 pixels on a side.
Picture read_picture(const std::filesystem::path& path, Size channels = 0);

// Its size and channels, without the pixels: little of a large picture is looked at.
Picture picture_head(const std::filesystem::path& path);

// The bytes of a PNG file. The picture must have 1 or 3 channels.
std::string png(const Picture& picture);

}  // namespace goodfit
