#include "goodfit/compute/kernels/gemm/gemm.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "goodfit/compute/kernels/gemm/gemm_reference.hpp"
#include "goodfit/compute/kernels/targets.hpp"

namespace goodfit::kernels {
namespace {

using Activation = Epilogue::Activation;
constexpr double eps = std::numeric_limits<float>::epsilon();
constexpr float canary = 12345.0f;

// A matrix one float off any alignment, its rows `gap` floats apart, canaries everywhere else.
struct Matrix {
  Size rows, columns, stride;
  std::vector<float> memory;

  Matrix(Size r, Size c, Size gap = 3)
      : rows(r), columns(c), stride(c + gap), memory(std::size_t(r * stride + 65), canary) {}
  float* data() { return memory.data() + 1; }
  const float* data() const { return memory.data() + 1; }
  float& operator()(Size r, Size c) { return data()[r * stride + c]; }
  float operator()(Size r, Size c) const { return data()[r * stride + c]; }

  template <class Make>
  Matrix& fill(Make make) {
    for (Size r = 0; r < rows; ++r) {
      for (Size c = 0; c < columns; ++c) (*this)(r, c) = make();
    }
    return *this;
  }
  bool canaries_live() const {
    std::vector<bool> inside(memory.size(), false);
    for (Size r = 0; r < rows; ++r) {
      for (Size c = 0; c < columns; ++c) inside[std::size_t(1 + r * stride + c)] = true;
    }
    for (std::size_t i = 0; i < memory.size(); ++i) {
      if (!inside[i] && memory[i] != canary) return false;
    }
    return true;
  }
};

struct Noise {
  std::mt19937 engine{7};
  float operator()() { return std::uniform_real_distribution<float>(-1, 1)(engine); }
};
struct Integers {
  std::mt19937 engine{7};
  float operator()() { return float(std::uniform_int_distribution<int>(-8, 8)(engine)); }
};

Size panels(Size n) { return (n + panel_columns() - 1) / panel_columns(); }

std::vector<float> packed(const Matrix& b, Size k, Size n, bool transposed) {
  std::vector<float> to(std::size_t(packed_floats(k, n)) + 1, canary);
  pack_panels(b.data(), k, n, b.stride, transposed, to.data(), 0, panels(n));
  EXPECT_EQ(to.back(), canary);
  return to;
}

ReferenceOperand<float> operand(const Matrix& m, bool transposed = false) {
  return {m.data(), m.stride, transposed};
}

Matrix absolute(const Matrix& m) {
  Matrix result = m;
  return result.fill([&, i = Size{0}]() mutable {
    const Size at = i++;
    return std::fabs(m(at / m.columns, at % m.columns));
  });
}

// |C − exact| ≤ (k + 2) eps Σ|a||b| for every element; with bound 0, equal.
void expect_near(const Matrix& c, const std::vector<double>& exact,
                 const std::vector<double>& weight, Size k, bool integers) {
  for (Size i = 0; i < c.rows; ++i) {
    for (Size j = 0; j < c.columns; ++j) {
      const auto at = std::size_t(i * c.columns + j);
      const double bound = integers ? 0 : double(k + 2) * eps * weight[at];
      ASSERT_LE(std::fabs(double(c(i, j)) - exact[at]), bound)
          << "row " << i << " column " << j << " of " << c.rows << " x " << k << " x " << c.columns;
    }
  }
}

template <class Fill>
void check_forward(Size rows, Size k, Size n, bool transposed, bool with_bias, bool relu) {
  Fill fill;
  const Matrix a = Matrix(rows, k).fill(fill), bias = Matrix(1, n).fill(fill);
  const Matrix b = (transposed ? Matrix(n, k) : Matrix(k, n)).fill(fill);
  const Epilogue epilogue{.bias = with_bias ? bias.data() : nullptr,
                          .activation = relu ? Activation::relu : Activation::none};
  Matrix c(rows, n);
  gemm_packed(a.data(), a.stride, packed(b, k, n, transposed).data(), rows, k, n, c.data(),
              c.stride, epilogue);

  std::vector<double> exact(std::size_t(rows * n)), weight(exact.size());
  const Matrix a_size = absolute(a), b_size = absolute(b), bias_size = absolute(bias);
  gemm_reference(operand(a), operand(b, transposed), rows, k, n, exact.data(), n, epilogue.bias,
                 relu);
  gemm_reference(operand(a_size), operand(b_size, transposed), rows, k, n, weight.data(), n,
                 with_bias ? bias_size.data() : nullptr);
  expect_near(c, exact, weight, k, std::is_same_v<Fill, Integers>);
  EXPECT_TRUE(c.canaries_live()) << rows << " x " << k << " x " << n;
}

template <class Fill>
void check_gradient(Size k, Size m, Size n, bool accumulate) {
  Fill fill;
  const Matrix a = Matrix(k, m).fill(fill), b = Matrix(k, n).fill(fill);
  Matrix c = Matrix(m, n).fill(fill);
  const Matrix before = c;
  gemm_transposed_a(a.data(), a.stride, b.data(), b.stride, k, 0, m, n, c.data(), c.stride,
                    accumulate);

  std::vector<double> exact(std::size_t(m * n)), weight(exact.size());
  const Matrix a_size = absolute(a), b_size = absolute(b);
  gemm_reference(operand(a, true), operand(b), m, k, n, exact.data(), n);
  gemm_reference(operand(a_size, true), operand(b_size), m, k, n, weight.data(), n);
  for (Size i = 0; accumulate && i < m * n; ++i) {
    exact[std::size_t(i)] += double(before(i / n, i % n));
    weight[std::size_t(i)] += std::fabs(double(before(i / n, i % n)));
  }
  expect_near(c, exact, weight, k, std::is_same_v<Fill, Integers>);
  EXPECT_TRUE(c.canaries_live()) << k << " x " << m << " x " << n;
}

// Every test runs once per compiled target that the machine has.
class Gemm : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { use_target(GetParam()); }
  void TearDown() override { use_target(""); }
};

const auto all_targets = targets();

// Columns of the panels that take n, unless there are more than so many steps.
Size width_for(Size k, Size n, Size most_steps) {
  const bool has_256_bits = std::count(all_targets.begin(), all_targets.end(), "AVX2") > 0;
  const bool halved = has_256_bits && panel_columns() == 32 && n == 8 && k <= most_steps;
  return halved ? 16 : panel_columns();
}
Size width_packed(Size k, Size n) { return width_for(k, n, 128); }
Size width_in_place(Size k, Size n) { return width_for(k, n, 1023); }

// Whether column j of n lies beyond the whole panels, with so many others at most, or half as many
// where k is small.
bool is_narrow(Size k, Size j, Size n, Size width, Size most) {
  const Size left = n % width;
  if (k < 32) most = std::min(most, width / 4);
  return width >= 8 && left <= most && j >= n - left;
}

// Row i of A times column j of B, in the order of the contract.
float sum(const Matrix& a, const Matrix& b, Size i, Size j, bool narrow, bool fused) {
  float total = 0;
  for (Size begin = 0; begin < a.columns; begin += 256) {
    float part[4] = {narrow ? 0 : total};
    for (Size r = begin; r < std::min(begin + 256, a.columns); ++r) {
      float& to = part[narrow ? r % 4 : 0];
      to = fused ? std::fma(a(i, r), b(r, j), to) : to + a(i, r) * b(r, j);
    }
    total = narrow ? total + ((part[0] + part[2]) + (part[1] + part[3])) : part[0];
  }
  return total;
}

TEST_P(Gemm, ForwardIsWithinTheBoundForEveryNumberOfRows) {
  for (Size rows = 1; rows <= 40; ++rows) {
    for (const Size k : {1, 2, 3, 4, 5, 17, 64, 70}) {
      for (const Size n : {1, 3, 8, 10, 33}) {
        check_forward<Noise>(rows, k, n, rows % 2 == 0, k % 2 == 0, n % 2 == 0);
      }
    }
  }
}

TEST_P(Gemm, ForwardIsWithinTheBoundForEveryNumberOfColumns) {
  for (Size n = 1; n <= 140; ++n) {
    for (const Size rows : {1, 2, 3, 4, 7, 13}) {
      check_forward<Noise>(rows, 9, n, n % 2 == 0, n % 3 == 0, rows % 2 == 0);
    }
  }
}

TEST_P(Gemm, ForwardIsWithinTheBoundAcrossBlocksOfK) {
  for (const Size k : {127, 128, 129, 255, 257, 600, 2049}) {
    for (const Size rows : {1, 3, 14, 32}) check_forward<Noise>(rows, k, 37, true, true, false);
  }
}

TEST_P(Gemm, ForwardIsWithinTheBoundWhenRowsSpanTheCache) {
  check_forward<Noise>(150, 1021, 5, true, true, true);
}

TEST_P(Gemm, ForwardOfIntegersIsExact) {
  for (const Size rows : {1, 2, 5, 12, 13, 29}) {
    for (const Size k : {1, 7, 70, 300}) {
      for (const Size n : {3, 16, 32, 70, 128}) {
        for (const bool transposed : {false, true}) {
          check_forward<Integers>(rows, k, n, transposed, true, transposed);
        }
      }
    }
  }
}

TEST_P(Gemm, RowsFourKibibytesApartAreNoSpecialCase) {
  Noise noise;
  const Size rows = 13, k = 20, n = 40;
  const Matrix near = Matrix(rows, k).fill(noise), b = Matrix(n, k).fill(noise);
  Matrix far(rows, k, 1024 - k);
  for (Size i = 0; i < rows; ++i) std::memcpy(&far(i, 0), &near.data()[i * near.stride], k * 4);
  const auto weights = packed(b, k, n, true);
  Matrix c(rows, n), d(rows, n);
  gemm_packed(near.data(), near.stride, weights.data(), rows, k, n, c.data(), c.stride, {});
  gemm_packed(far.data(), far.stride, weights.data(), rows, k, n, d.data(), d.stride, {});
  EXPECT_EQ(c.memory, d.memory);
}

TEST_P(Gemm, ForwardBitsDoNotDependOnHowRowsAreCut) {
  Noise noise;
  for (const Size k : {5, 300}) {
    const Size rows = 33, n = 75;
    const Matrix a = Matrix(rows, k).fill(noise), b = Matrix(n, k).fill(noise);
    const Matrix bias = Matrix(1, n).fill(noise);
    const auto weights = packed(b, k, n, true);
    const Epilogue epilogue{.bias = bias.data(), .activation = Activation::relu};
    Matrix whole(rows, n);
    gemm_packed(a.data(), a.stride, weights.data(), rows, k, n, whole.data(), whole.stride,
                epilogue);
    for (Size cut = 1; cut < rows; ++cut) {
      Matrix parts(rows, n);
      for (Size row = 0; row < rows; row += cut) {
        gemm_packed(a.data() + row * a.stride, a.stride, weights.data(), std::min(cut, rows - row),
                    k, n, &parts(row, 0), parts.stride, epilogue);
      }
      ASSERT_EQ(parts.memory, whole.memory) << "rows cut by " << cut << ", k = " << k;
    }
  }
}

TEST_P(Gemm, BitsAreThoseOfTheContract) {
  Noise noise;
  const bool fused = GetParam() != "SCALAR" && GetParam() != "EMU128";
  for (const Size rows : {1, 2, 3, 13, 32}) {
    for (const Size k : {1, 9, 31, 32, 128, 129, 603, 1023, 1024}) {
      for (const Size n : {1, 2, 7, 8, 11, 16, 17, 32, 40, 100}) {
        const Matrix a = Matrix(rows, k).fill(noise);
        Matrix b = Matrix(k, n).fill(noise);
        b.memory.resize(std::size_t(1 + (k - 1) * b.stride + n));  // nothing after its last element
        Matrix c(rows, n), d(rows, n), packed_bits(rows, n), bits(rows, n);
        gemm_packed(a.data(), a.stride, packed(b, k, n, false).data(), rows, k, n, c.data(),
                    c.stride, {});
        gemm_in_place(a.data(), a.stride, b.data(), b.stride, rows, k, n, d.data(), d.stride);
        for (Size i = 0; i < rows; ++i) {
          for (Size j = 0; j < n; ++j) {
            const Size width = width_packed(k, n), other = width_in_place(k, n);
            packed_bits(i, j) = sum(a, b, i, j, is_narrow(k, j, n, width, width / 2), fused);
            bits(i, j) = sum(a, b, i, j, is_narrow(k, j, n, other, other / 4), fused);
          }
        }
        ASSERT_EQ(c.memory, packed_bits.memory) << rows << " x " << k << " x " << n;
        ASSERT_EQ(d.memory, bits.memory) << rows << " x " << k << " x " << n << ", in place";
      }
    }
  }
}

TEST_P(Gemm, TransposedAIsWithinTheBound) {
  for (const Size k : {1, 2, 3, 4, 5, 31, 32, 127, 129, 300}) {
    for (const Size m : {1, 2, 3, 7, 13, 40}) {
      for (const Size n : {1, 3, 10, 16, 33, 64, 70}) check_gradient<Noise>(k, m, n, n % 2 == 0);
    }
  }
  for (Size m = 1; m <= 40; ++m) check_gradient<Noise>(9, m, 37, m % 2 == 0);
  for (Size n = 1; n <= 70; ++n) check_gradient<Noise>(9, 5, n, n % 2 == 0);
  for (Size n = 32; n <= 48; ++n) check_gradient<Noise>(9, 299, n, n % 2 == 0);
}

TEST_P(Gemm, TransposedAFourKibibytesApartIsNoSpecialCase) {
  Noise noise;
  const Size k = 300, m = 113, n = 300;  // blocks of k, and more tiles than are copied at once
  const Matrix a = Matrix(k, m).fill(noise), b = Matrix(k, n).fill(noise);
  const auto product = [&](const Matrix& left, const Matrix& right) {
    Matrix c(m, n);
    gemm_transposed_a(left.data(), left.stride, right.data(), right.stride, k, 0, m, n, c.data(),
                      c.stride, false);
    return c.memory;
  };
  const auto far = [](const Matrix& from) {
    Matrix to(from.rows, from.columns, 1024 - from.columns);
    for (Size r = 0; r < from.rows; ++r)
      std::memcpy(&to(r, 0), &from.data()[r * from.stride], std::size_t(from.columns) * 4);
    return to;
  };
  const auto wanted = product(a, b);
  EXPECT_EQ(product(far(a), b), wanted);
  EXPECT_EQ(product(a, far(b)), wanted);
  EXPECT_EQ(product(far(a), far(b)), wanted);
}

TEST_P(Gemm, TransposedAOfIntegersIsExact) {
  for (const Size k : {1, 32, 270}) {
    for (const bool accumulate : {false, true}) check_gradient<Integers>(k, 29, 45, accumulate);
  }
}

void check_cuts_of_m(Size k, Size m, Size n, bool accumulate) {
  Noise noise;
  const Matrix a = Matrix(k, m).fill(noise), b = Matrix(k, n).fill(noise);
  const Matrix start = Matrix(m, n).fill(noise);
  Matrix whole = start;
  gemm_transposed_a(a.data(), a.stride, b.data(), b.stride, k, 0, m, n, whole.data(), whole.stride,
                    accumulate);
  for (Size cut = 1; cut < m; ++cut) {
    Matrix parts = start;
    for (Size begin = 0; begin < m; begin += cut) {
      gemm_transposed_a(a.data(), a.stride, b.data(), b.stride, k, begin, std::min(m, begin + cut),
                        n, parts.data(), parts.stride, accumulate);
    }
    ASSERT_EQ(parts.memory, whole.memory) << "m cut by " << cut;
  }
}

TEST_P(Gemm, TransposedABitsDoNotDependOnHowMIsCut) {
  for (const bool accumulate : {false, true}) {
    check_cuts_of_m(300, 41, 75, accumulate);
    for (const Size few : {1, 2, 3, 6}) check_cuts_of_m(30, 150, 64 + few, accumulate);
  }
}

TEST_P(Gemm, TransposedATouchesItsRowsAlone) {
  for (const Size k : {4, 9}) {
    const Matrix a = Matrix(k, 20).fill(Integers()), b = Matrix(k, 9).fill(Integers());
    Matrix c(20, 9);
    gemm_transposed_a(a.data(), a.stride, b.data(), b.stride, k, 5, 12, 9, c.data(), c.stride,
                      false);
    for (Size i = 0; i < 20; ++i) {
      for (Size j = 0; j < 9; ++j) EXPECT_EQ(c(i, j) == canary, i < 5 || i >= 12) << i << " " << j;
    }
  }
}

TEST_P(Gemm, PanelsHoldEveryElementAtItsPlaceAndZerosBeyond) {
  for (const bool transposed : {false, true}) {
    for (const Size k : {1, 3, 4, 7, 16, 70, 128, 129}) {
      for (Size n = 1; n <= 70; ++n) {
        const Size width = width_packed(k, n);
        const Matrix b = (transposed ? Matrix(n, k) : Matrix(k, n)).fill(Noise());
        const auto now = packed(b, k, n, transposed);
        for (Size i = 0; i < packed_floats(k, n); ++i) {
          Size row = i / width % k, column = i / (width * k) * width + i % width;
          if (const Size first = n / width * width;
              is_narrow(k, n - 1, n, width, width / 2) && i >= first * k) {
            const Size at = i - first * k, vector = width / 8;  // columns side by side in one
            const Size columns = (n - first + vector - 1) / vector * vector;
            row = at / (4 * columns) * 4 + at % 4;
            column = first + at / 4 % columns;
          }
          const float expected = column >= n || row >= k ? 0
                                 : transposed            ? b(column, row)
                                                         : b(row, column);
          ASSERT_EQ(now[std::size_t(i)], expected) << "k " << k << " n " << n << " at " << i;
        }
      }
    }
  }
}

TEST_P(Gemm, PanelsPackedInPartsEqualPanelsPackedAtOnce) {
  const Size k = 11, n = 4 * panel_columns() + 1;
  const Matrix b = Matrix(n, k).fill(Noise());
  const auto whole = packed(b, k, n, true);
  std::vector<float> parts(whole.size(), canary);
  pack_panels(b.data(), k, n, b.stride, true, parts.data(), 1, 3);
  EXPECT_EQ(parts[std::size_t(k * panel_columns() - 1)], canary);
  EXPECT_EQ(parts[std::size_t(3 * k * panel_columns())], canary);
  pack_panels(b.data(), k, n, b.stride, true, parts.data(), 3, 5);
  pack_panels(b.data(), k, n, b.stride, true, parts.data(), 0, 1);
  EXPECT_EQ(parts, whole);
}

TEST_P(Gemm, EmptySumIsTheEpilogueOfZero) {
  const std::vector<float> bias{1, -2, 3};
  Matrix c(5, 3);
  gemm_packed(nullptr, 0, nullptr, 5, 0, 3, c.data(), c.stride,
              {.bias = bias.data(), .activation = Activation::relu});
  for (Size i = 0; i < 5; ++i) {
    EXPECT_EQ(c(i, 0), 1);
    EXPECT_EQ(c(i, 1), 0);
    EXPECT_EQ(c(i, 2), 3);
  }
  gemm_transposed_a(nullptr, 0, nullptr, 0, 0, 0, 5, 3, c.data(), c.stride, true);
  EXPECT_EQ(c(4, 2), 3);
  gemm_transposed_a(nullptr, 0, nullptr, 0, 0, 0, 5, 3, c.data(), c.stride, false);
  EXPECT_EQ(c(4, 2), 0);
  EXPECT_TRUE(c.canaries_live());
}

TEST_P(Gemm, NothingIsWrittenWithoutRowsOrColumns) {
  Matrix c(2, 2);
  gemm_packed(nullptr, 0, nullptr, 0, 4, 2, c.data(), c.stride, {});
  gemm_packed(nullptr, 0, nullptr, 2, 4, 0, c.data(), c.stride, {});
  gemm_transposed_a(nullptr, 0, nullptr, 0, 4, 1, 1, 2, c.data(), c.stride, false);
  for (const float value : c.memory) EXPECT_EQ(value, canary);
}

TEST_P(Gemm, NanAndInfinityPassThroughRelu) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const float infinity = std::numeric_limits<float>::infinity();
  Matrix a(3, 1), b(1, 2);
  a(0, 0) = nan, a(1, 0) = infinity, a(2, 0) = -infinity;
  b(0, 0) = 1, b(0, 1) = -1;
  Matrix c(3, 2);
  gemm_packed(a.data(), a.stride, packed(b, 1, 2, false).data(), 3, 1, 2, c.data(), c.stride,
              {.activation = Activation::relu});
  EXPECT_TRUE(std::isnan(c(0, 0)) && std::isnan(c(0, 1)));
  EXPECT_EQ(c(1, 0), infinity);
  EXPECT_EQ(c(2, 0), 0);
  EXPECT_EQ(c(2, 1), infinity);
}

INSTANTIATE_TEST_SUITE_P(EveryTarget, Gemm, testing::ValuesIn(all_targets),
                         [](const auto& info) { return info.param; });

TEST(Targets, TheBestOneIsUsedAgainAfterATest) {
  const Size best = panel_columns();
  const auto known = targets();
  ASSERT_FALSE(known.empty());
  use_target(known.front());
  EXPECT_EQ(panel_columns(), best);
  use_target(known.back());
  EXPECT_EQ(panel_columns() == best, known.size() == 1);
  use_target("");
  EXPECT_EQ(panel_columns(), best);
}

}  // namespace
}  // namespace goodfit::kernels
