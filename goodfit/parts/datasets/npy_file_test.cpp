#include "goodfit/parts/datasets/npy_file.hpp"

#include <fmt/core.h>

#include <cmath>

#include "goodfit/parts/datasets/npy_testing.hpp"

namespace goodfit {
namespace {

NpyFile npy_read(const std::string& bytes) { return read_npy(bytes, "a.npy"); }
std::string npy_error(const std::string& bytes) {
  return error_of([&] { npy_read(bytes); });
}

template <class Number>
Floats npy_numbers(const std::string& descr, std::vector<Number> numbers) {
  const std::string bytes(reinterpret_cast<const char*>(numbers.data()),
                          numbers.size() * sizeof(Number));
  return npy_read(npy_of(npy_header(descr, fmt::format("({},)", numbers.size())), bytes)).values;
}

}  // namespace

TEST(NpyFile, NumbersOfEveryTypeAreRead) {
  EXPECT_EQ(npy_numbers<float>("<f4", {1.5f, -2}), (Floats{1.5, -2}));
  EXPECT_EQ(npy_numbers<double>("<f8", {1.5, -2}), (Floats{1.5, -2}));
  EXPECT_EQ(npy_numbers<std::uint8_t>("|u1", {0, 255}), (Floats{0, 255}));
  EXPECT_EQ(npy_numbers<std::int8_t>("|i1", {-128, 127}), (Floats{-128, 127}));
  EXPECT_EQ(npy_numbers<std::int16_t>("<i2", {-300, 300}), (Floats{-300, 300}));
  EXPECT_EQ(npy_numbers<std::uint16_t>("<u2", {65535}), (Floats{65535}));
  EXPECT_EQ(npy_numbers<std::int32_t>("<i4", {-70000}), (Floats{-70000}));
  EXPECT_EQ(npy_numbers<std::uint32_t>("<u4", {70000}), (Floats{70000}));
  EXPECT_EQ(npy_numbers<std::int64_t>("<i8", {-5}), (Floats{-5}));
  EXPECT_EQ(npy_numbers<std::uint64_t>("<u8", {5}), (Floats{5}));
  EXPECT_EQ(npy_numbers<char>("|b1", {0, 1}), (Floats{0, 1}));
  const Floats halves =
      npy_numbers<std::uint16_t>("<f2", {0x3c00, 0xc500, 0x0001, 0x7bff, 0x7c00, 0x7e00});
  EXPECT_EQ((Floats{halves.begin(), halves.begin() + 4}), (Floats{1, -5, 0x1p-24f, 65504}));
  EXPECT_TRUE(std::isinf(halves[4]) && std::isnan(halves[5]));
}

TEST(NpyFile, ShapesAndVersionsAreRead) {
  const std::string six(6, '\1');
  for (const int version : {1, 2, 3}) {
    const NpyFile file = npy_read(npy_of(npy_header("|u1", "(3, 2)"), six, version));
    EXPECT_EQ(file.shape, (Shape{3, 2}));
    EXPECT_EQ(file.values, (Floats{1, 1, 1, 1, 1, 1}));
  }
  EXPECT_EQ(npy_read(npy_of(npy_header("|u1", "()"), "\7")).shape, Shape{});
  EXPECT_EQ(npy_read(npy_of(npy_header("|u1", "(6,)", "True"), six)).shape, Shape{6});
  EXPECT_EQ(npy_read(npy_of(npy_header("|u1", "(0, 4)"), "")).values, Floats{});
}

TEST(NpyFile, WhatIsNotAllowedIsNamed) {
  EXPECT_EQ(npy_error("hello"), "a.npy: is no NPY file: must begin with \\x93NUMPY");
  EXPECT_TRUE(says(npy_error(npy_of("", "", 9)), "version 9 of the NPY form is not allowed"));
  EXPECT_TRUE(says(npy_error(npy_of(npy_header(">f4", "(1,)"), "1234")), "big-endian (\">f4\")"));
  EXPECT_TRUE(says(npy_error(npy_of(npy_header("|O", "(1,)"), "1234")), "Python objects (\"|O\")"));
  EXPECT_TRUE(says(npy_error(npy_of(npy_header("<U5", "(1,)"), "1234")),
                   "the type \"<U5\" is not allowed: must be bool, an integer or a float"));
  EXPECT_TRUE(says(npy_error(npy_of(npy_header("<c8", "(1,)"), "12345678")), "\"<c8\""));
  EXPECT_TRUE(says(npy_error(npy_of("{'descr': [('a', '<f4')], 'fortran_order': False}", "")),
                   "holds records with named fields"));
  EXPECT_TRUE(says(npy_error(npy_of(npy_header("|u1", "(2, 2)", "True"), "1234")),
                   "(Fortran order); save it as numpy.ascontiguousarray(x)"));
  EXPECT_TRUE(
      says(npy_error(npy_of(npy_header("|u1", "(1,1,1,1,1,1,1)"), "1")), "more than 6 axes"));
}

TEST(NpyFile, ALyingHeaderIsNamed) {
  EXPECT_EQ(npy_error(npy_of(npy_header("<f4", "(3, 2)"), "1234")),
            fmt::format("a.npy: the NPY header says shape [3, 2], expected {} bytes, found {}; the "
                        "file is cut off",
                        10 + npy_header("<f4", "(3, 2)").size() + 24,
                        10 + npy_header("<f4", "(3, 2)").size() + 4));
  EXPECT_TRUE(says(npy_error(npy_of(npy_header("|u1", "(1,)"), "1234")), "the file is too long"));
  EXPECT_TRUE(says(npy_error(npy_of(npy_header("|u1", "(9999999999, 9999999999)"), "1")),
                   "more values than a file can hold"));
  EXPECT_TRUE(says(npy_error(npy_of(npy_header("|u1", "(-1,)"), "1")), "an extent of its shape"));
  EXPECT_TRUE(says(npy_error(npy_of("{'shape': (1,)}", "1")), "it does not say descr"));
  EXPECT_TRUE(says(npy_error(npy_of(npy_header("|u1", "3"), "123")), "its shape is no tuple"));
  EXPECT_TRUE(says(npy_error("\x93NUMPY\1"), "the NPY header is cut off"));
}

TEST(NpyFile, DamagedFilesEndInOneLineOrInAnArray) {
  const std::string bytes = npy_floats("(2, 3)", {1, 2, 3, 4, 5, 6});
  EXPECT_GE(mutate(bytes, 2000, [](const std::string& b) { npy_read(b); }), int(bytes.size()));
}

}  // namespace goodfit
