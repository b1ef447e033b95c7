#include "goodfit/compute/kernels/update/update.hpp"

#include "goodfit/compute/kernels/kernel_testing.hpp"
#include "goodfit/compute/kernels/update/update_reference.hpp"

namespace goodfit::kernels {
namespace {

using namespace reference;

// Settings whose floats are exact, so that kernel and reference start from the same numbers.
constexpr double lr = 0x1p-6, decay = 0x1p-4, momentum = 0.875, eps = 0x1p-20;

AdamStep adam_step(bool decoupled) {
  return {.lr = lr,
          .beta1 = 0.875,
          .beta2 = 0.9375,
          .eps = eps,
          .weight_decay = decay,
          .decoupled = decoupled,
          .bias1 = 0.25,
          .bias2 = 0.0625};
}

Numbers some_squares(Size n, unsigned seed) {
  Numbers numbers = some_numbers(n, seed);
  for (float& x : numbers) x = x * x + 4;
  return numbers;
}

// test(call, memory): call(in, out, n) with in = {g} and out = {w, memory…}
template <class Test>
void each_update(Size n, const Test& test) {
  const Numbers m = some_numbers(n, 3), small = some_numbers(n, 4), s = some_squares(n, 5);
  using Memory = std::vector<Numbers>;
  test([](auto in, auto out, Size k) { sgd(out[0], in[0], k, lr, decay); }, Memory{});
  for (const bool nesterov : {false, true}) {
    for (const bool first : {false, true}) {
      test(
          [=](auto in, auto out, Size k) {
            sgd_momentum(out[0], in[0], out[1], k, lr, momentum, 0.25, decay, nesterov, first);
          },
          Memory{m});
    }
  }
  test([](auto in, auto out, Size k) { adagrad(out[0], in[0], out[1], k, lr, eps, decay); },
       Memory{s});
  test([](auto in, auto out,
          Size k) { rmsprop(out[0], in[0], out[1], nullptr, nullptr, k, lr, 0.75, eps, decay, 0); },
       Memory{s});
  test(
      [](auto in, auto out, Size k) {
        rmsprop(out[0], in[0], out[1], out[2], nullptr, k, lr, 0.75, eps, decay, momentum);
      },
      Memory{s, m});
  test([](auto in, auto out,
          Size k) { rmsprop(out[0], in[0], out[1], nullptr, out[2], k, lr, 0.75, eps, decay, 0); },
       Memory{s, small});
  test(
      [](auto in, auto out, Size k) {
        rmsprop(out[0], in[0], out[1], out[2], out[3], k, lr, 0.75, eps, decay, momentum);
      },
      Memory{s, m, small});
  for (const bool decoupled : {false, true}) {
    test([=](auto in, auto out,
             Size k) { adam(out[0], in[0], out[1], out[2], k, adam_step(decoupled)); },
         Memory{m, s});
  }
}

TEST(Update, AgreesWithTheReference) {
  for (const Size n : lengths()) {
    const Numbers w = some_numbers(n, 1), g = some_numbers(n, 2);
    each_update(n, [&](auto call, const std::vector<Numbers>& memory) {
      std::vector<Numbers> out{w};
      out.insert(out.end(), memory.begin(), memory.end());
      expect_like_reference({g}, out, [&](auto in, auto to) { call(in, to, n); });
    });
  }
}

TEST(Update, GivesTheSameBitsWhereverItIsCut) {
  const Size n = 67;
  const Numbers w = some_numbers(n, 1), g = some_numbers(n, 2);
  each_update(n, [&](auto call, const std::vector<Numbers>& memory) {
    expect_cut_free(n, 1, [&](Size begin, Size end, float* out) {
      std::copy(w.begin() + begin, w.begin() + end, out);
      std::vector<Numbers> kept = memory;
      std::vector<float*> to{out};
      for (Numbers& numbers : kept) to.push_back(numbers.data() + begin);
      const float* const from[] = {g.data() + begin};
      call(from, to.data(), end - begin);
    });
  });
}

TEST(Update, HandlesSpecialValues) {
  const Numbers g{0.0f, 1e-40f, -1e18f, infinity, -infinity, not_a_number, 1e-20f};
  const Size n = static_cast<Size>(g.size());
  each_update(n, [&](auto call, const std::vector<Numbers>& memory) {
    std::vector<Numbers> out{some_numbers(n, 1)};
    out.insert(out.end(), memory.begin(), memory.end());
    expect_like_reference({g}, out, [&](auto in, auto to) { call(in, to, n); });
  });
}

TEST(Update, ByHand) {
  on_every_target([] {
    // m = g + 0.5 w = 3;  nesterov: d + 0.5 m = 4.5;  w = 2 - 0.25 · 4.5
    Numbers w{2}, g{2}, m{9};
    sgd_momentum(w.data(), g.data(), m.data(), 1, 0.25, 0.5, 0.25, 0.5, true, true);
    EXPECT_EQ(m[0], 3);
    EXPECT_EQ(w[0], 0.875f);
    // m = 0.5 · 8 = 4, v = 0.25 · 64 = 16;  4 / (4 / 0.5 + 0) = 0.5;  w = 2 · 0.75 - 1 · 0.5
    Numbers weight{2}, slope{8}, first{0}, second{0};
    adam(weight.data(), slope.data(), first.data(), second.data(), 1,
         {.lr = 0.5,
          .beta1 = 0.5,
          .beta2 = 0.75,
          .eps = 0,
          .weight_decay = 0.5,
          .decoupled = true,
          .bias1 = 0.5,
          .bias2 = 0.25});
    EXPECT_EQ(first[0], 4);
    EXPECT_EQ(second[0], 16);
    EXPECT_EQ(weight[0], 1);
  });
}

TEST(Update, CentredRmspropStaysFiniteUnderAConstantGradient) {
  on_every_target([] {
    Numbers w(16), g(16), square(16), mean(16);
    for (std::size_t i = 0; i < 16; ++i) g[i] = 0.1f + 0.37f * static_cast<float>(i);
    for (int step = 0; step < 3000; ++step)
      rmsprop(w.data(), g.data(), square.data(), nullptr, mean.data(), 16, 1e-6, 0.99, 1e-8, 0, 0);
    for (const float weight : w) EXPECT_TRUE(std::isfinite(weight));
  });
}

}  // namespace
}  // namespace goodfit::kernels
