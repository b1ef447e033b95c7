// Safetensors types: the numbers a file may hold, and how each becomes a float.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace goodfit {

struct SafetensorsType {
  std::string_view key;  // "F32"
  std::uint64_t width;   // bytes of one number
  void (*convert)(const char* from, std::vector<float>& to);
};

// nullptr for a type that is not known.
const SafetensorsType* safetensors_type(std::string_view key);

float half_to_float(std::uint16_t bits);      // IEEE 754 binary16
float bfloat16_to_float(std::uint16_t bits);  // the upper half of a float

}  // namespace goodfit
