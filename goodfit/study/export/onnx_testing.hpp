// ONNX testing: a reader of Protocol Buffers, and the Python that runs exported models.
#pragma once
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace goodfit {

struct ProtoField {
  std::int64_t number = 0;
  std::uint64_t whole = 0;
  std::string_view bytes = {};
};

// Fields of a message, which outlives them.
inline std::vector<ProtoField> proto_fields(std::string_view message) {
  std::size_t at = 0;
  const auto varint = [&] {
    std::uint64_t value = 0;
    for (int shift = 0;; shift += 7) {
      const auto byte = static_cast<unsigned char>(message.at(at++));
      value |= std::uint64_t(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  std::vector<ProtoField> fields;
  while (at < message.size()) {
    const std::uint64_t key = varint();
    ProtoField field{std::int64_t(key >> 3)};
    const std::uint64_t kind = key & 7;
    if (kind == 0) {
      field.whole = varint();
    } else {
      const std::size_t length = kind == 2 ? varint() : kind == 5 ? 4 : 8;
      field.bytes = message.substr(at, length);
      at += length;
    }
    fields.push_back(field);
  }
  return fields;
}

// What a command line prints.
inline std::string output_of(const std::string& command) {
  std::string text;
  FILE* pipe = popen(command.c_str(), "r");
  for (int c; pipe && (c = std::fgetc(pipe)) != EOF;) text += char(c);
  if (pipe) pclose(pipe);
  return text;
}

// Empty where there is none.
inline std::string onnx_python() {
  const char* named = std::getenv("GOODFIT_ONNX_PYTHON");
  const std::string python = named ? named : "python3";
  const std::string probe = python + " -c 'import onnx, onnxruntime; print(1)' 2>/dev/null";
  return output_of(probe) == "1\n" ? python : "";
}

}  // namespace goodfit
