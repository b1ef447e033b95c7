// Protobuf: messages of Protocol Buffers, written field by field; as much as TensorBoard's files
// take, which needs no library.
//
//   key = field · 8 + kind      kind 0: varint   1: eight bytes   2: length and bytes   5: four
//   bytes varint: seven bits a byte, the lowest first; the high bit says that more follow
//
// Source: Google, "Protocol Buffers: Encoding", protobuf.dev/programming-guides/encoding.
#pragma once
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace goodfit {

class Message {
 public:
  Message& whole(int field, std::int64_t value) {
    key(field, 0);
    varint(std::uint64_t(value));
    return *this;
  }
  Message& real(int field, double value) {
    key(field, 1);
    raw(value);
    return *this;
  }
  Message& real32(int field, float value) {
    key(field, 5);
    raw(value);
    return *this;
  }
  Message& text(int field, std::string_view bytes) {
    key(field, 2);
    varint(bytes.size());
    bytes_ += bytes;
    return *this;
  }
  Message& message(int field, const Message& inner) { return text(field, inner.bytes_); }
  Message& reals(int field, const std::vector<double>& packed) {
    Message inner;
    for (const double value : packed) inner.raw(value);
    return message(field, inner);
  }

  const std::string& bytes() const { return bytes_; }

 private:
  void key(int field, int kind) { varint(std::uint64_t(field) << 3 | std::uint64_t(kind)); }
  void varint(std::uint64_t value) {
    for (; value > 127; value >>= 7) bytes_ += char((value & 127) | 128);
    bytes_ += char(value);
  }
  // As in memory, which is little-endian on every machine that goodfit runs on.
  template <class T>
  void raw(T value) {
    char bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value);
    bytes_.append(bytes, sizeof value);
  }
  std::string bytes_;
};

}  // namespace goodfit
