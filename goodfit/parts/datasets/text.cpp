#include "goodfit/parts/datasets/text.hpp"

#include <algorithm>
#include <map>

#include "goodfit/base/text.hpp"
#include "goodfit/parts/datasets/check_data.hpp"
#include "goodfit/parts/datasets/gzip.hpp"

namespace goodfit {
namespace {

// Bytes of the character that begins with this one, or 0 where none can.
std::size_t bytes_of(unsigned char first) {
  if (first < 0x80) return 1;
  if (first < 0xc2) return 0;
  return first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
}

std::vector<std::string_view> characters_of(std::string_view text, const std::string& path) {
  std::vector<std::string_view> all;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = bytes_of(static_cast<unsigned char>(text[at]));
    bool whole = size > 0 && at + size <= text.size();
    for (std::size_t i = 1; whole && i < size; ++i) whole = (text[at + i] & 0xc0) == 0x80;
    if (!whole) fail("{}: byte {} is not UTF-8; convert the file, or take another", path, at);
    all.push_back(text.substr(at, size));
    at += size;
  }
  return all;
}

// The order of UTF-8's bytes is that of Unicode.
std::vector<std::string> vocabulary_of(std::vector<std::string_view> characters) {
  std::sort(characters.begin(), characters.end());
  characters.erase(std::unique(characters.begin(), characters.end()), characters.end());
  return {characters.begin(), characters.end()};
}

std::vector<float> ids_of(const std::vector<std::string_view>& characters,
                          const std::vector<std::string>& vocabulary, const std::string& path) {
  std::map<std::string_view, float> known;
  for (std::size_t i = 0; i < vocabulary.size(); ++i) known[vocabulary[i]] = float(i);
  std::vector<float> ids;
  Size line = 1;
  for (const std::string_view character : characters) {
    const auto found = known.find(character);
    if (found == known.end())
      fail("{}:{}: the character {} is none of the {} that the model was trained on", path, line,
           in_quotes(std::string(character)), vocabulary.size());
    ids.push_back(found->second);
    line += character == "\n";
  }
  return ids;
}

}  // namespace

Data Text::load(const Wanted& wanted) const {
  if (path.empty()) fail("text.path is missing: must name a file");
  return parse(read_maybe_gzip(path), wanted);
}

Data Text::parse(std::string_view text, const Wanted& wanted) const {
  if (wanted.target == Wanted::Target::numbers)
    fail("{}: the targets of a text are characters, not numbers: take cross_entropy as the loss",
         path);
  const std::vector<std::string_view> characters = characters_of(text, path);
  Data data;
  data.classes = wanted.classes.empty() ? vocabulary_of(characters) : wanted.classes;
  const std::vector<float> ids = ids_of(characters, data.classes, path);
  const Size all = Size(ids.size()), step = stride > 0 ? stride : length;
  // Windows of the characters [begin, end), each with the one that comes after it.
  const auto windows = [&](Size begin, Size end) {
    Samples samples{.shape = {length}, .target_width = target == "each" ? length : 1};
    for (Size at = begin; at + length < end; at += step) {
      const auto first = ids.begin() + at, last = first + length;
      samples.features.insert(samples.features.end(), first, last);
      samples.targets.insert(samples.targets.end(), target == "each" ? first + 1 : last, last + 1);
    }
    return samples;
  };
  const Size trained = all - Size(held_out * double(all));
  data.train = windows(0, trained);
  if (held_out > 0) data.test = windows(trained, all);
  if (data.train.features.empty() || (data.test && data.test->features.empty()))
    fail(
        "{}: its {} characters are too few for windows of {} and one more; lower text.length, or "
        "set text.held_out = 0",
        path, all, length);
  check_data(data, wanted, path);
  return data;
}

}  // namespace goodfit
