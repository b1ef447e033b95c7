// Kernel testing: runs a kernel on every target and compares it with its reference.
//
// A test hands over one generic call; with floats it reaches the kernel, with Rounded numbers the
// reference of the same name.
#pragma once
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "goodfit/base/size.hpp"
#include "goodfit/compute/kernels/rounded.hpp"
#include "goodfit/compute/kernels/targets.hpp"

namespace goodfit::kernels {

using Numbers = std::vector<float>;

inline constexpr float infinity = std::numeric_limits<float>::infinity();
inline constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();

// Values in ±2, the same for the same seed.
inline Numbers some_numbers(Size n, unsigned seed = 1) {
  std::mt19937 engine(seed);
  Numbers numbers(static_cast<std::size_t>(n));
  for (float& x : numbers) x = static_cast<float>(engine()) * 0x1p-30f - 2.0f;
  return numbers;
}

// Every length a tail can have on every target, and some with many vectors.
inline std::vector<Size> lengths() {
  std::vector<Size> all(71);
  for (Size n = 0; n <= 70; ++n) all[static_cast<std::size_t>(n)] = n;
  all.insert(all.end(), {127, 1000, 4099});
  return all;
}

template <class Body>
void on_every_target(const Body& body) {
  for (const std::string& name : targets()) {
    SCOPED_TRACE(name);
    use_target(name);
    body();
  }
  use_target("");
}

// Numbers between canaries, `offset` floats past the start of the block.
class Guarded {
 public:
  Guarded(const Numbers& numbers, Size offset)
      : offset_(guard + offset), size_(static_cast<Size>(numbers.size())) {
    all_.assign(numbers.size() + static_cast<std::size_t>(2 * guard + offset), canary);
    std::copy(numbers.begin(), numbers.end(), all_.begin() + offset_);
  }

  float* data() { return all_.data() + offset_; }
  Numbers numbers() const {
    return Numbers(all_.begin() + offset_, all_.begin() + offset_ + size_);
  }
  bool intact() const {
    const auto whole = [](float x) { return x == canary; };
    return std::all_of(all_.begin(), all_.begin() + offset_, whole) &&
           std::all_of(all_.begin() + offset_ + size_, all_.end(), whole);
  }

 private:
  static constexpr Size guard = 16;
  static constexpr float canary = -12345.678f;
  Numbers all_;
  Size offset_, size_;
};

inline bool same_bits(const Numbers& a, const Numbers& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](float x, float y) {
    return std::bit_cast<std::uint32_t>(x) == std::bit_cast<std::uint32_t>(y);
  });
}

inline bool close(float got, Rounded want) {
  if (std::isnan(want.value)) return std::isnan(got);
  if (std::isinf(want.value)) return double(got) == want.value;
  return std::abs(double(got) - want.value) <= want.error;
}

inline void expect_close(const Numbers& got, const std::vector<Rounded>& want) {
  ASSERT_EQ(got.size(), want.size());
  for (std::size_t i = 0; i < got.size(); ++i) {
    ASSERT_TRUE(close(got[i], want[i]))
        << "element " << i << " of " << got.size() << " is " << got[i] << ", not " << want[i].value
        << " ± " << want[i].error;
  }
}

// call(in, out) with arrays of pointers; `out` holds what the outputs contain before the call.
template <class Call>
void expect_like_reference(const std::vector<Numbers>& in, const std::vector<Numbers>& out,
                           const Call& call) {
  std::vector<std::vector<Rounded>> exact_in, exact_out;
  for (const Numbers& x : in) exact_in.emplace_back(x.begin(), x.end());
  for (const Numbers& x : out) exact_out.emplace_back(x.begin(), x.end());
  std::vector<const Rounded*> from;
  std::vector<Rounded*> to;
  for (auto& x : exact_in) from.push_back(x.data());
  for (auto& x : exact_out) to.push_back(x.data());
  call(from.data(), to.data());

  on_every_target([&] {
    for (Size offset = 0; offset < 3; ++offset) {
      std::vector<Guarded> inputs, outputs;
      for (const Numbers& x : in) inputs.emplace_back(x, offset);
      for (const Numbers& x : out) outputs.emplace_back(x, (offset + 1) % 3);
      std::vector<const float*> sources;
      std::vector<float*> targets;
      for (Guarded& x : inputs) sources.push_back(x.data());
      for (Guarded& x : outputs) targets.push_back(x.data());
      call(sources.data(), targets.data());
      for (std::size_t k = 0; k < in.size(); ++k)
        ASSERT_TRUE(inputs[k].intact() && same_bits(inputs[k].numbers(), in[k])) << "input " << k;
      for (std::size_t k = 0; k < out.size(); ++k) {
        SCOPED_TRACE("output " + std::to_string(k));
        ASSERT_TRUE(outputs[k].intact());
        ASSERT_NO_FATAL_FAILURE(expect_close(outputs[k].numbers(), exact_out[k]));
      }
    }
  });
}

// The single output of call(in, out), `size` long, may be each of the inputs with that length.
template <class Call>
void expect_in_place(const std::vector<Numbers>& in, Size size, const Call& call) {
  const auto run = [&](std::size_t shared) {
    std::vector<Numbers> inputs = in;
    Numbers output(static_cast<std::size_t>(size));
    std::vector<const float*> sources;
    for (Numbers& x : inputs) sources.push_back(x.data());
    Numbers& result = shared < in.size() ? inputs[shared] : output;
    float* const to[] = {result.data()};
    call(sources.data(), to);
    return result;
  };
  on_every_target([&] {
    const Numbers apart = run(in.size());
    for (std::size_t k = 0; k < in.size(); ++k) {
      if (static_cast<Size>(in[k].size()) != size) continue;
      ASSERT_TRUE(same_bits(run(k), apart)) << "output on input " << k;
    }
  });
}

// Rows 0 … rows-1 give the same bits whole and cut in two anywhere. piece(begin, end, out) computes
// these rows into their place of the output, whose rows are `width` long.
template <class Piece>
void expect_cut_free(Size rows, Size width, const Piece& piece) {
  on_every_target([&] {
    Numbers whole(static_cast<std::size_t>(rows * width)), cut = whole;
    piece(Size{0}, rows, whole.data());
    for (Size at = 0; at <= rows; ++at) {
      std::fill(cut.begin(), cut.end(), 0.0f);
      piece(Size{0}, at, cut.data());
      piece(at, rows, cut.data() + at * width);
      ASSERT_TRUE(same_bits(whole, cut)) << "cut at row " << at;
    }
  });
}

}  // namespace goodfit::kernels
