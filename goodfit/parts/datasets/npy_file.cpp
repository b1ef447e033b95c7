#include "goodfit/parts/datasets/npy_file.hpp"

#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>

#include "goodfit/base/error.hpp"
#include "goodfit/base/machine.hpp"
#include "goodfit/base/text.hpp"

namespace goodfit {
namespace {

static_assert(std::endian::native == std::endian::little, "values are read as they lie");

constexpr std::string_view magic = "\x93NUMPY";

template <class Number>
void convert(const char* from, std::vector<float>& to) {
  for (float& value : to) {
    Number number;
    std::memcpy(&number, from, sizeof number);
    value = float(number);
    from += sizeof number;
  }
}

// Numbers of 16 bits: 1 of sign, 5 of exponent, 10 of fraction.
void convert_half(const char* from, std::vector<float>& to) {
  for (float& value : to) {
    std::uint16_t bits;
    std::memcpy(&bits, from, sizeof bits);
    const int exponent = bits >> 10 & 31;
    const float fraction = float(bits & 1023);
    const float size = exponent == 31  ? (fraction > 0 ? NAN : INFINITY)
                       : exponent == 0 ? std::ldexp(fraction, -24)
                                       : std::ldexp(fraction + 1024, exponent - 25);
    value = bits >> 15 ? -size : size;
    from += sizeof bits;
  }
}

struct Type {
  std::string_view name;
  std::uint64_t width;
  void (*convert)(const char*, std::vector<float>&);
};
constexpr Type types[] = {{"f4", 4, convert<float>},         {"f8", 8, convert<double>},
                          {"u1", 1, convert<std::uint8_t>},  {"i4", 4, convert<std::int32_t>},
                          {"i8", 8, convert<std::int64_t>},  {"b1", 1, convert<std::uint8_t>},
                          {"f2", 2, convert_half},           {"i1", 1, convert<std::int8_t>},
                          {"i2", 2, convert<std::int16_t>},  {"u2", 2, convert<std::uint16_t>},
                          {"u4", 4, convert<std::uint32_t>}, {"u8", 8, convert<std::uint64_t>}};

const Type& type_of(std::string_view descr, const std::string& name) {
  const std::string shown = in_quotes(descr.substr(0, 40));
  if (descr.starts_with('>'))
    fail("{}: its numbers are big-endian ({}); save it as x.astype(x.dtype.newbyteorder(\"<\"))",
         name, shown);
  if (descr.starts_with("|O") || descr.starts_with('O'))
    fail("{}: holds Python objects ({}); save numbers, as x.astype(\"float32\")", name, shown);
  for (const Type& type : types)
    if (descr.size() == 3 && std::string_view("<|=").find(descr[0]) != descr.npos &&
        descr.substr(1) == type.name)
      return type;
  fail(
      "{}: the type {} is not allowed: must be bool, an integer or a float of 2, 4 or 8 bytes; "
      "save it as x.astype(\"float32\")",
      name, shown);
}

// The header: a dictionary as Python writes it.
class Header {
 public:
  Header(std::string_view text, const std::string& name) : text_(text), name_(name) {}

  // What stands behind a key and the blanks after it.
  std::string_view after(std::string_view key) const {
    for (const char quote : {'\'', '"'}) {
      const std::size_t at = text_.find(quote + std::string(key) + quote);
      if (at == text_.npos) continue;
      std::string_view rest = text_.substr(at + key.size() + 2);
      const std::size_t begin = rest.find_first_not_of(": ");
      if (begin != rest.npos) return rest.substr(begin);
    }
    fail_header("it does not say " + std::string(key));
  }

  std::string_view descr() const {
    const std::string_view rest = after("descr");
    if (rest.front() == '[')
      fail("{}: holds records with named fields; save plain numbers, as x[\"field\"]", name_);
    const std::size_t end = rest.find(rest.front(), 1);
    if ((rest.front() != '\'' && rest.front() != '"') || end == rest.npos)
      fail_header("its descr is no text");
    return rest.substr(1, end - 1);
  }

  bool fortran_order() const {
    const std::string_view rest = after("fortran_order");
    if (!rest.starts_with("True") && !rest.starts_with("False"))
      fail_header("its fortran_order is neither True nor False");
    return rest.starts_with("True");
  }

  Shape shape() const {
    std::string_view rest = after("shape");
    const std::size_t end = rest.find(')');
    if (rest.front() != '(' || end == rest.npos) fail_header("its shape is no tuple");
    rest = rest.substr(1, end - 1);
    Shape shape;
    while (true) {
      const std::size_t begin = rest.find_first_not_of(", ");
      if (begin == rest.npos) return shape;
      rest.remove_prefix(begin);
      Size extent = -1;
      const auto [stop, error] = std::from_chars(rest.data(), rest.data() + rest.size(), extent);
      if (error != std::errc() || extent < 0) fail_header("an extent of its shape is no number");
      if (shape.rank() == Shape::max_rank)
        fail("{}: has more than {} axes", name_, Shape::max_rank);
      shape.push(extent);
      rest.remove_prefix(std::size_t(stop - rest.data()));
    }
  }

 private:
  [[noreturn]] void fail_header(const std::string& why) const {
    fail("{}: the NPY header is corrupt: {}", name_, why);
  }

  std::string_view text_;
  const std::string& name_;
};

}  // namespace

NpyFile read_npy(std::string_view bytes, const std::string& name) {
  if (!bytes.starts_with(magic)) fail("{}: is no NPY file: must begin with \\x93NUMPY", name);
  const auto byte = [&](std::size_t at) {
    if (at >= bytes.size())
      fail("{}: the NPY header is cut off: found {} bytes", name, bytes.size());
    return std::uint64_t(static_cast<unsigned char>(bytes[at]));
  };
  const std::uint64_t version = byte(6);
  if (version < 1 || version > 3)
    fail("{}: version {} of the NPY form is not allowed: must be 1 to 3", name, version);
  const std::size_t begin = version == 1 ? 10 : 12;
  std::uint64_t length = 0;
  for (std::size_t at = begin; at-- > 8;) length = length << 8 | byte(at);
  if (bytes.size() - begin < length)
    fail("{}: the NPY header is cut off: expected {} bytes, found {}", name, begin + length,
         bytes.size());
  const Header header(bytes.substr(begin, length), name);
  const Type& type = type_of(header.descr(), name);
  NpyFile file{.shape = header.shape(), .values = {}};
  if (header.fortran_order() && file.shape.rank() > 1)
    fail("{}: lies column by column (Fortran order); save it as numpy.ascontiguousarray(x)", name);
  std::uint64_t count = 1;
  for (const Size extent : file.shape)
    // Beyond 2^40 values no file can hold it, and the next extent could overflow.
    if (__builtin_mul_overflow(count, std::uint64_t(extent), &count) || count > std::uint64_t{1}
                                                                                    << 40)
      fail("{}: the NPY header says more values than a file can hold, found {} bytes", name,
           bytes.size());
  const std::uint64_t expected = begin + length + count * type.width;
  if (bytes.size() != expected)
    fail("{}: the NPY header says shape {}, expected {} bytes, found {}; the file is {}", name,
         file.shape.text(), expected, bytes.size(),
         bytes.size() < expected ? "cut off" : "too long");
  file.values = zeros_for(std::size_t(count));
  type.convert(bytes.data() + begin + length, file.values);
  return file;
}

}  // namespace goodfit
