#include "goodfit/train/record/safetensors.hpp"

#include <cmath>
#include <cstring>

#include "goodfit/base/files.hpp"
#include "goodfit/parts/datasets/testing.hpp"
#include "goodfit/train/record/safetensors_types.hpp"

namespace goodfit {
namespace {

using namespace std::string_literals;

const TensorFile sample{{{"w", {2, 3}, {1, 2, 3, 4, 5, 6}},
                         {"b", {3}, {-1, 0.5f, 1e-40f}},
                         {"empty", {0, 4}, {}},
                         {"scalar", {}, {7}}},
                        {{"version", "1"}, {"note", "a \"quote\" and ü"}}};

std::string framed(const std::string& header, const std::string& values = "") {
  std::string bytes(8, '\0');
  const std::uint64_t size = header.size();
  std::memcpy(bytes.data(), &size, 8);
  return bytes + header + values;
}

std::string error(const std::string& header, const std::string& values = "") {
  return error_of([&] { read_safetensors(framed(header, values), "f"); });
}

std::string tensor(const std::string& type, const std::string& shape, const std::string& offsets) {
  return R"({"dtype":")" + type + R"(","shape":)" + shape + R"(,"data_offsets":)" + offsets + "}";
}

std::string bytes_of(const TensorFile& tensors) {
  const TemporaryFolder folder;
  write_safetensors(folder.path() + "/f", tensors);
  return read_file(folder.path() + "/f");
}

}  // namespace

TEST(Safetensors, WhatIsWrittenIsReadInTheSameOrder) {
  EXPECT_EQ(read_safetensors(bytes_of(sample), "f"), sample);
  EXPECT_EQ(read_safetensors(bytes_of({}), "f"), TensorFile{});
  EXPECT_EQ(sample.find("b")->data[1], 0.5f);
  EXPECT_EQ(sample.find("c"), nullptr);
}

TEST(Safetensors, TheBytesAreAsTheFormatSays) {
  const std::string header = R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})";
  const std::string padded = header + std::string(8 - header.size() % 8, ' ');
  EXPECT_EQ(bytes_of({{{"w", {1}, {1}}}, {}}), framed(padded, "\0\0\x80\x3f"s));
}

TEST(Safetensors, TheOfficialLibrarysFileIsRead) {
  std::ifstream stream("tests/golden/reference.safetensors", std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
  ASSERT_FALSE(bytes.empty()) << "tests/golden/reference.safetensors is missing";
  const TensorFile file = read_safetensors(bytes, "reference");
  EXPECT_EQ(file.metadata.at("made_by"), "safetensors");
  ASSERT_EQ(file.tensors.size(), 5u);
  EXPECT_EQ(file.find("weight")->shape, (Shape{2, 3}));
  EXPECT_EQ(file.find("weight")->data, (Floats{0, 0.5f, 1, 1.5f, 2, 2.5f}));
  EXPECT_EQ(file.find("double")->data, (Floats{-1.25f, 1e10f}));
  EXPECT_EQ(file.find("half")->data, (Floats{1.5f, -0.25f, 65504, std::ldexp(1.0f, -24)}));
  EXPECT_EQ(file.find("steps")->data, (Floats{-3, 1 << 20}));
  EXPECT_EQ(file.find("scalar")->shape, Shape{});
}

TEST(Safetensors, SixteenBitNumbersBecomeFloats) {
  EXPECT_EQ(half_to_float(0x3c00), 1);
  EXPECT_EQ(half_to_float(0xc100), -2.5f);
  EXPECT_EQ(half_to_float(0x0001), std::ldexp(1.0f, -24));
  EXPECT_EQ(half_to_float(0xfc00), -INFINITY);
  EXPECT_TRUE(std::isnan(half_to_float(0x7e00)));
  EXPECT_EQ(bfloat16_to_float(0xc020), -2.5f);
}

TEST(Safetensors, AHeaderBeyondTheFileIsRefused) {
  EXPECT_EQ(error_of([] { read_safetensors("abc", "f"); }),
            "f: is too short for a safetensors file: found 3 bytes");
  EXPECT_TRUE(says(error_of([] { read_safetensors(std::string(16, '\xff'), "f"); }),
                   "f: the header of 18446744073709551615 bytes goes beyond the file of 16"));
}

TEST(Safetensors, AHeaderThatIsNoTableIsRefused) {
  EXPECT_TRUE(says(error("{\"a\":"), "f: the header is not valid JSON"));
  EXPECT_TRUE(says(error("{} x"), "f: the header is not valid JSON"));
  EXPECT_TRUE(says(error("[1]"), "f: the header is not a JSON object"));
  EXPECT_TRUE(says(error(std::string(100000, '[')), "f: the header is nested too deeply"));
  EXPECT_TRUE(says(error(R"({"__metadata__":{"a":1}})"), "__metadata__ \"a\" must be a text"));
  EXPECT_TRUE(says(error(R"({"__metadata__":3})"), "__metadata__ must be a table of texts"));
}

TEST(Safetensors, NamesThatComeTwiceAreRefused) {
  const std::string w = R"("w":)" + tensor("F32", "[1]", "[0,4]");
  EXPECT_EQ(error("{" + w + "," + w + "}", "1234"), "f: the header names \"w\" twice");
  EXPECT_EQ(error(R"({"w":{"dtype":"F32","dtype":"F32"}})"), "f: the header names \"dtype\" twice");
}

TEST(Safetensors, ATensorThatLiesIsNamed) {
  const auto one = [](const std::string& type, const std::string& shape, const std::string& at) {
    return error(R"({"w":)" + tensor(type, shape, at) + "}", "12345678");
  };
  EXPECT_EQ(one("F32", "[2]", "[0,8]"), "");
  EXPECT_TRUE(says(one("F99", "[2]", "[0,8]"), "f: tensor \"w\": the dtype \"F99\" is not known"));
  EXPECT_TRUE(
      says(one("F64", "[2]", "[0,8]"), "shape [2] of F64 does not fit data_offsets 0 to 8"));
  EXPECT_TRUE(says(one("F32", "[2]", "[0,80]"), "data_offsets 0 to 80 lie outside the 8 bytes"));
  EXPECT_TRUE(says(one("F32", "[2]", "[8,0]"), "data_offsets 8 to 0 lie outside"));
  EXPECT_TRUE(says(one("F32", "[2]", "[-8,0]"), "data_offsets must be two whole numbers"));
  EXPECT_TRUE(says(one("F32", "[2]", "[0]"), "data_offsets must be two whole numbers"));
  EXPECT_TRUE(says(one("F32", "[-2]", "[0,8]"), "the extent -2 is not allowed"));
  EXPECT_TRUE(says(one("F32", "[2.0]", "[0,8]"), "the extent 2.0 is not allowed"));
  EXPECT_TRUE(says(one("F32", "[1,1,1,1,1,1,2]", "[0,8]"), "a list of at most 6"));
  EXPECT_TRUE(says(one("F32", "[4294967296,4294967296]", "[0,8]"), "larger than any file"));
  EXPECT_TRUE(says(one("F32", "[281474976710656,16384]", "[0,8]"), "does not fit data_offsets"));
  EXPECT_TRUE(says(one("F32", "[0,99999999999999999]", "[0,0]"), "larger than any file"));
  EXPECT_TRUE(says(error(R"({"w":{"dtype":"F32"}})"), "must have dtype, shape and data_offsets"));
  EXPECT_TRUE(says(error(R"({"w":3})"), "f: tensor \"w\": must have dtype"));
}

TEST(Safetensors, ValuesMustLieEndToEnd) {
  const auto two = [](const std::string& first, const std::string& second) {
    return error(
        R"({"a":)" + tensor("F32", "[1]", first) + R"(,"b":)" + tensor("F32", "[1]", second) + "}",
        "123456789012");
  };
  EXPECT_EQ(two("[0,4]", "[0,4]"), "f: the values of two tensors overlap at byte 0");
  EXPECT_EQ(two("[0,4]", "[8,12]"), "f: the values of two tensors leave a gap at byte 4");
  EXPECT_EQ(two("[4,8]", "[0,4]"), "f: 4 bytes follow the values of the last tensor");
  EXPECT_EQ(two("[4,8]", "[8,12]"), "f: the values of two tensors leave a gap at byte 0");
}

TEST(Safetensors, EveryTruncationIsRefused) {
  const std::string bytes = bytes_of(sample);
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_NE(error_of([&] { read_safetensors(bytes.substr(0, size), "f"); }), "") << size;
}

TEST(Safetensors, DamagedBytesNeverCrash) {
  EXPECT_GT(mutate(bytes_of(sample), 10000,
                   [](const std::string& bytes) { read_safetensors(bytes, "f"); }),
            5000);
}

}  // namespace goodfit
