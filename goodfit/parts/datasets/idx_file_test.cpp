#include "goodfit/parts/datasets/idx_file.hpp"

#include "goodfit/parts/datasets/testing.hpp"

namespace goodfit {

using namespace std::string_literals;

TEST(IdxFile, UnsignedBytesKeepTheirShape) {
  const IdxFile file = read_idx("\0\0\x08\x02\0\0\0\x02\0\0\0\x03\0\x01\x7f\x80\xfe\xff"s, "x");
  EXPECT_EQ(file.shape, (Shape{2, 3}));
  EXPECT_EQ(file.values, (Floats{0, 1, 127, 128, 254, 255}));
}

TEST(IdxFile, EveryTypeIsReadHighByteFirst) {
  const auto values = [](const std::string& type, const std::string& bytes) {
    return read_idx("\0\0"s + type + "\x01\0\0\0\x02"s + bytes, "x").values;
  };
  EXPECT_EQ(values("\x09", "\x80\x7f"), (Floats{-128, 127}));
  EXPECT_EQ(values("\x0b", "\x01\x02\xff\xfe"), (Floats{258, -2}));
  EXPECT_EQ(values("\x0c", "\0\x01\0\0\xff\xff\xff\xff"s), (Floats{65536, -1}));
  EXPECT_EQ(values("\x0d", "\x3f\xc0\0\0\xc0\0\0\0"s), (Floats{1.5f, -2}));
  EXPECT_EQ(values("\x0e", "\x3f\xf8\0\0\0\0\0\0\xc0\0\0\0\0\0\0\0"s), (Floats{1.5f, -2}));
}

TEST(IdxFile, AFileOfAnotherLengthThanItsHeaderSaysIsRefused) {
  const std::string whole = "\0\0\x08\x01\0\0\0\x03\x01\x02\x03"s;
  EXPECT_EQ(error_of([&] { read_idx(whole.substr(0, 10), "f"); }),
            "f: the IDX header says shape [3], expected 11 bytes, found 10; the file is cut off");
  EXPECT_EQ(error_of([&] { read_idx(whole + "x", "f"); }),
            "f: the IDX header says shape [3], expected 11 bytes, found 12; the file is too long");
  EXPECT_EQ(error_of([&] { read_idx(whole.substr(0, 6), "f"); }),
            "f: the IDX header is cut off: expected 8 bytes, found 6");
  EXPECT_TRUE(says(error_of([&] { read_idx("\0\0"s, "f"); }), "expected at least 4 bytes"));
}

TEST(IdxFile, AHeaderThatPromisesTooMuchIsRefusedBeforeAnythingIsAllocated) {
  const std::string most = "\xff\xff\xff\xff"s;
  EXPECT_TRUE(says(error_of([&] { read_idx("\0\0\x0e\x04"s + most + most + most + most, "f"); }),
                   "f: the IDX header says more values than a file can hold"));
  // 2^31 × 2^30 doubles are 2^64 bytes: a product that wraps around to nothing.
  EXPECT_TRUE(says(error_of([] { read_idx("\0\0\x0e\x02\x80\0\0\0\x40\0\0\0"s, "f"); }),
                   "more values than a file can hold"));
  EXPECT_TRUE(says(error_of([&] { read_idx("\0\0\x0e\x01"s + most, "f"); }),
                   "expected 34359738368 bytes, found 8"));
}

TEST(IdxFile, OtherFilesAreRefused) {
  EXPECT_TRUE(says(error_of([] { read_idx("1,2,3", "f"); }), "must begin with two zero"));
  EXPECT_TRUE(says(error_of([] { read_idx("\0\0\x0a\x01"s, "f"); }), "type 0x0a"));
  EXPECT_TRUE(says(error_of([] { read_idx("\0\0\x08\0"s, "f"); }), "rank 0"));
  EXPECT_TRUE(says(error_of([] { read_idx("\0\0\x08\x05"s, "f"); }), "rank 5"));
}

TEST(IdxFile, DamagedBytesNeverCrash) {
  const std::string bytes = "\0\0\x0b\x02\0\0\0\x02\0\0\0\x02\x01\x02\x03\x04\x05\x06\x07\x08"s;
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_NE(error_of([&] { read_idx(bytes.substr(0, size), "f"); }), "");
  EXPECT_GT(mutate(bytes, 20000, [](const std::string& b) { read_idx(b, "f"); }), 10000);
}

}  // namespace goodfit
