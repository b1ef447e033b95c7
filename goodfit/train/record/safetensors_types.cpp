#include "goodfit/train/record/safetensors_types.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

namespace goodfit {
namespace {

static_assert(std::endian::native == std::endian::little, "values are copied as they lie");

template <class Number>
void convert(const char* from, std::vector<float>& to) {
  for (float& value : to) {
    Number number;  // may lie unaligned
    std::memcpy(&number, from, sizeof number);
    value = float(number);
    from += sizeof number;
  }
}

template <float (*to_float)(std::uint16_t)>
void convert_16(const char* from, std::vector<float>& to) {
  for (float& value : to) {
    std::uint16_t bits;
    std::memcpy(&bits, from, sizeof bits);
    value = to_float(bits);
    from += sizeof bits;
  }
}

constexpr std::array types{
    SafetensorsType{"F32", 4, convert<float>},
    SafetensorsType{"F64", 8, convert<double>},
    SafetensorsType{"F16", 2, convert_16<half_to_float>},
    SafetensorsType{"BF16", 2, convert_16<bfloat16_to_float>},
    SafetensorsType{"I64", 8, convert<std::int64_t>},
    SafetensorsType{"I32", 4, convert<std::int32_t>},
    SafetensorsType{"I16", 2, convert<std::int16_t>},
    SafetensorsType{"I8", 1, convert<std::int8_t>},
    SafetensorsType{"U64", 8, convert<std::uint64_t>},
    SafetensorsType{"U32", 4, convert<std::uint32_t>},
    SafetensorsType{"U16", 2, convert<std::uint16_t>},
    SafetensorsType{"U8", 1, convert<std::uint8_t>},
    SafetensorsType{"BOOL", 1, convert<std::uint8_t>},
};

}  // namespace

const SafetensorsType* safetensors_type(std::string_view key) {
  for (const SafetensorsType& type : types)
    if (type.key == key) return &type;
  return nullptr;
}

float half_to_float(std::uint16_t bits) {
  const float sign = bits & 0x8000 ? -1.0f : 1.0f;
  const int exponent = bits >> 10 & 0x1f, fraction = bits & 0x3ff;
  if (exponent == 0x1f && fraction != 0) return std::numeric_limits<float>::quiet_NaN();
  if (exponent == 0x1f) return sign * std::numeric_limits<float>::infinity();
  if (exponent == 0) return sign * std::ldexp(float(fraction), -24);
  return sign * std::ldexp(float(fraction + 0x400), exponent - 25);
}

float bfloat16_to_float(std::uint16_t bits) {
  return std::bit_cast<float>(std::uint32_t{bits} << 16);
}

}  // namespace goodfit
