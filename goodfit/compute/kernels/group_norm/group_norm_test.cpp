#include "goodfit/compute/kernels/group_norm/group_norm.hpp"

#include "goodfit/compute/kernels/group_norm/group_norm_reference.hpp"
#include "goodfit/compute/kernels/kernel_testing.hpp"

namespace goodfit::kernels {
namespace {

using namespace reference;

// Rows (layer norm), images in groups, single channels and one group; groups that share vectors
// and groups wider than the scratch.
std::vector<Grouping> groupings() {
  std::vector<Grouping> all;
  for (const bool centred : {true, false}) {
    for (Size c = 1; c <= 40; ++c) all.push_back({1, c, 1, 1e-5, centred});
    for (const Size c : {64, 65, 70, 300}) all.push_back({1, c, 1, 1e-5, centred});
    for (const Size positions : {1, 2, 5, 64, 67})
      for (const auto& [channels, groups] : std::vector<std::pair<Size, Size>>{{1, 1},
                                                                               {6, 2},
                                                                               {6, 3},
                                                                               {8, 8},
                                                                               {12, 2},
                                                                               {16, 4},
                                                                               {21, 3},
                                                                               {17, 1},
                                                                               {33, 33},
                                                                               {34, 2}})
        all.push_back({positions, channels, groups, 1e-3, centred});
    for (const auto& [channels, groups] :
         std::vector<std::pair<Size, Size>>{{270, 1}, {270, 2}, {270, 3}, {540, 270}, {600, 2}})
      all.push_back({3, channels, groups, 1e-3, centred});
  }
  return all;
}

// Statistics of x and what is made with them, for any number type.
template <class T>
struct Normed {
  Normed(const Grouping& grouping, const T* of, Size count)
      : g(grouping), x(of), samples(count), statistics(std::size_t(3 * g.groups * count), T(0)) {
    group_statistics(g, x, statistics.data(), samples);
  }
  void forward(const T* gamma, const T* beta, T* y, bool relu = false, bool far = false) const {
    group_norm(g, x, statistics.data(), gamma, beta, y, samples, relu, far);
  }
  void backward(const T* gamma, const T* dy, T* dx, bool far = false) const {
    group_norm_backward(g, x, statistics.data(), gamma, dy, dx, samples, far);
  }
  void backward_parameters(const T* dy, T* dgamma, T* dbeta) const {
    group_norm_backward_parameters(g, x, statistics.data(), dy, samples, dgamma, dbeta);
  }
  Grouping g;
  const T* x;
  Size samples;
  std::vector<T> statistics;
};
template <class T>
Normed<T> normed(const Grouping& g, const T* x, Size samples) {
  return {g, x, samples};
}

std::string text(const Grouping& g) {
  return std::to_string(g.positions) + " positions, " + std::to_string(g.channels) +
         " channels in " + std::to_string(g.groups) + (g.centred ? "" : ", not centred");
}

TEST(GroupNorm, AgreesWithTheReference) {
  for (const Grouping& g : groupings()) {
    SCOPED_TRACE(text(g));
    const Size samples = 1 + g.channels % 3, n = samples * g.sample_floats();
    const Numbers x = some_numbers(n, 1), dy = some_numbers(n, 2);
    const Numbers gamma = some_numbers(g.channels, 3), beta = some_numbers(g.channels, 4);
    const Numbers out(x.size());
    const bool relu = g.channels % 2 == 0, far = g.channels % 4 < 2;  // far changes no number
    expect_like_reference({x, gamma, beta}, {out}, [&](auto in, auto to) {
      normed(g, in[0], samples).forward(in[1], in[2], to[0], relu, far);
    });
    expect_like_reference({x, gamma, dy}, {out}, [&](auto in, auto to) {
      normed(g, in[0], samples).backward(in[1], in[2], to[0], far);
    });
  }
}

TEST(GroupNorm, GradientsOfParametersAgreeWithTheReference) {
  for (const Grouping& g : groupings()) {
    for (const Size samples : {0, 1, 3, 65, 130}) {
      if (samples * g.sample_floats() > 20000) continue;
      SCOPED_TRACE(text(g));
      const Size n = samples * g.sample_floats();
      const Numbers x = some_numbers(n, 1), dy = some_numbers(n, 2);
      const Numbers out(std::size_t(g.channels), 3.0f);
      expect_like_reference({x, dy}, {out, out}, [&](auto in, auto to) {
        normed(g, in[0], samples).backward_parameters(in[1], to[0], to[1]);
      });
    }
  }
}

TEST(GroupNorm, ABlockOfOneElementBecomesBeta) {
  on_every_target([] {
    const Numbers x{5, -3}, gamma{2}, beta{0.25f};
    Numbers y(2);
    normed({1, 1, 1, 1e-5, true}, x.data(), 2).forward(gamma.data(), beta.data(), y.data());
    EXPECT_EQ(y, (Numbers{0.25f, 0.25f}));
  });
}

// Adding 2²⁰ to multiples of 1/8 is exact, so the block is the same as without.
TEST(GroupNorm, ALargeMeanCostsNoDigits) {
  for (const Grouping& g : {Grouping{1, 50, 1, 1e-5, true}, Grouping{9, 12, 3, 1e-5, true},
                            Grouping{70, 4, 4, 1e-5, true}, Grouping{7, 300, 1, 1e-5, true}}) {
    const Size n = g.sample_floats();
    Numbers x = some_numbers(n);
    for (float& v : x) v = std::round(v * 8) / 8;
    Numbers far = x;
    for (float& v : far) v += 0x1p20f;
    const std::size_t channels = std::size_t(g.channels);
    const Numbers gamma(channels, 1.0f), beta(channels);
    std::vector<Rounded> exact(x.begin(), x.end()), ones(channels, 1.0), none(channels, 0.0);
    std::vector<Rounded> want(exact.size());
    normed<Rounded>(g, exact.data(), 1).forward(ones.data(), none.data(), want.data());
    on_every_target([&] {
      Numbers y(x.size());
      normed<float>(g, far.data(), 1).forward(gamma.data(), beta.data(), y.data());
      expect_close(y, want);
    });
  }
}

TEST(GroupNorm, MayWriteOverAnInput) {
  for (const Grouping& g : {Grouping{1, 21, 1, 1e-5, true}, Grouping{6, 12, 4, 1e-5, true},
                            Grouping{3, 270, 3, 1e-5, false}}) {
    const Size n = 5 * g.sample_floats();
    const Numbers x = some_numbers(n, 1), dy = some_numbers(n, 2);
    const Numbers gamma = some_numbers(g.channels, 3), beta = some_numbers(g.channels, 4);
    expect_in_place({x, gamma, beta}, n,
                    [&](auto in, auto out) { normed(g, in[0], 5).forward(in[1], in[2], out[0]); });
    expect_in_place({x, gamma, dy}, n,
                    [&](auto in, auto out) { normed(g, in[0], 5).backward(in[1], in[2], out[0]); });
  }
}

TEST(GroupNorm, GivesTheSameBitsHoweverSamplesAreCut) {
  for (const Grouping& g : {Grouping{1, 37, 1, 1e-5, true}, Grouping{5, 8, 2, 1e-5, true}}) {
    const Size samples = 9, c = g.sample_floats();
    const Numbers x = some_numbers(samples * c, 1), dy = some_numbers(samples * c, 2);
    const Numbers gamma = some_numbers(g.channels, 3), beta = some_numbers(g.channels, 4);
    expect_cut_free(samples, c, [&](Size begin, Size end, float* out) {
      normed(g, x.data() + begin * c, end - begin).forward(gamma.data(), beta.data(), out);
    });
    expect_cut_free(samples, c, [&](Size begin, Size end, float* out) {
      normed(g, x.data() + begin * c, end - begin)
          .backward(gamma.data(), dy.data() + begin * c, out);
    });
  }
}

TEST(GroupNorm, NanStaysInItsBlock) {
  on_every_target([] {
    Numbers x = some_numbers(3 * 20), one(4, 1.0f), none(4), y(60);
    x[25] = not_a_number;  // sample 1, position 1, channel 1
    normed({5, 4, 2, 1e-5, true}, x.data(), 3).forward(one.data(), none.data(), y.data());
    for (std::size_t i = 0; i < 60; ++i) EXPECT_EQ(std::isnan(y[i]), i / 20 == 1 && i % 4 < 2) << i;
  });
}

}  // namespace
}  // namespace goodfit::kernels
