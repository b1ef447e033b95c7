#include "goodfit/compute/kernels/elementwise/elementwise.hpp"

#include "goodfit/compute/kernels/elementwise/elementwise_reference.hpp"
#include "goodfit/compute/kernels/kernel_testing.hpp"

namespace goodfit::kernels {
namespace {

using namespace reference;

const auto one_input = [](auto test) {
  test([](auto in, auto out, Size n) { relu(in[0], out[0], n); });
  test([](auto in, auto out, Size n) { sigmoid(in[0], out[0], n); });
  test([](auto in, auto out, Size n) { tanh_forward(in[0], out[0], n); });
  test([](auto in, auto out, Size n) { scale(in[0], 0.3f, out[0], n); });
};

const auto two_inputs = [](auto test) {
  test([](auto in, auto out, Size n) { relu_backward(in[0], in[1], out[0], n); });
  test([](auto in, auto out, Size n) { relu_backward(in[0], in[1], out[0], n, 1.25); });
  test([](auto in, auto out, Size n) { sigmoid_backward(in[0], in[1], out[0], n); });
  test([](auto in, auto out, Size n) { tanh_backward(in[0], in[1], out[0], n); });
  test([](auto in, auto out, Size n) { add(in[0], in[1], out[0], n); });
  test([](auto in, auto out, Size n) { multiply(in[0], in[1], out[0], n); });
  test([](auto in, auto out, Size n) { add_scaled(in[0], -0.7f, in[1], out[0], n); });
  test([](auto in, auto out, Size n) { sign_scaled_add(in[0], 0.1f, in[1], out[0], n); });
};

TEST(Elementwise, AgreesWithTheReferenceAtEveryLength) {
  for (const Size n : lengths()) {
    const Numbers a = some_numbers(n, 1), b = some_numbers(n, 2), empty(a.size());
    one_input([&](auto call) {
      expect_like_reference({a}, {empty}, [&](auto in, auto out) { call(in, out, n); });
    });
    two_inputs([&](auto call) {
      expect_like_reference({a, b}, {empty}, [&](auto in, auto out) { call(in, out, n); });
    });
  }
}

TEST(Elementwise, MayWriteOverAnInput) {
  const Size n = 83;
  const Numbers a = some_numbers(n, 1), b = some_numbers(n, 2);
  one_input(
      [&](auto call) { expect_in_place({a}, n, [&](auto in, auto out) { call(in, out, n); }); });
  two_inputs([&](auto call) {
    expect_in_place({a, b}, n, [&](auto in, auto out) { call(in, out, n); });
  });
}

TEST(Elementwise, GivesTheSameBitsWhereverItIsCut) {
  const Size n = 77;
  const Numbers a = some_numbers(n, 1), b = some_numbers(n, 2);
  two_inputs([&](auto call) {
    expect_cut_free(n, 1, [&](Size begin, Size end, float* out) {
      const float* const in[] = {a.data() + begin, b.data() + begin};
      call(in, &out, end - begin);
    });
  });
}

TEST(Elementwise, HandlesSpecialValues) {
  const Numbers special{0.0f,    -0.0f,   infinity, -infinity, not_a_number, 1e30f,  -1e30f,
                        1e-40f,  -1e-40f, 1e-45f,   88.5f,     -88.5f,       -95.0f, -103.0f,
                        -104.5f, 104.5f,  9.1f,     -9.1f,     1e-8f,        0.3f,   -20.0f};
  const Size n = static_cast<Size>(special.size());
  const Numbers empty(special.size()), ones(special.size(), 1.0f);
  one_input([&](auto call) {
    expect_like_reference({special}, {empty}, [&](auto in, auto out) { call(in, out, n); });
  });
  two_inputs([&](auto call) {
    expect_like_reference({ones, special}, {empty}, [&](auto in, auto out) { call(in, out, n); });
  });
}

TEST(Elementwise, SaturatesExactly) {
  on_every_target([] {
    const Numbers x{1e30f, -1e30f, infinity, -infinity};
    Numbers y(4);
    sigmoid(x.data(), y.data(), 4);
    EXPECT_EQ(y, (Numbers{1, 0, 1, 0}));
    tanh_forward(x.data(), y.data(), 4);
    EXPECT_EQ(y, (Numbers{1, -1, 1, -1}));
  });
}

double units_in_the_last_place(float got, double want) {
  const float near = std::abs(static_cast<float>(want));
  return std::abs(double(got) - want) / (double(std::nextafter(near, infinity)) - double(near));
}

TEST(Elementwise, KeepsTheStatedAccuracy) {
  Numbers x;
  for (float v = 1e-40f; v < 110.0f; v *= 1.0003f) x.insert(x.end(), {v, -v});
  const Size n = static_cast<Size>(x.size());
  on_every_target([&] {
    Numbers y(x.size());
    double worst = 0;
    sigmoid(x.data(), y.data(), n);
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double want = 1 / (1 + std::exp(-double(x[i])));
      if (want < 0x1.001p-126)
        EXPECT_LE(y[i], 0x1.001p-126f);
      else
        worst = std::max(worst, units_in_the_last_place(y[i], want));
    }
    EXPECT_LE(worst, sigmoid_max_ulp);
    worst = 0;
    tanh_forward(x.data(), y.data(), n);
    for (std::size_t i = 0; i < x.size(); ++i)
      worst = std::max(worst, units_in_the_last_place(y[i], std::tanh(double(x[i]))));
    EXPECT_LE(worst, tanh_max_ulp);
  });
}

}  // namespace
}  // namespace goodfit::kernels
