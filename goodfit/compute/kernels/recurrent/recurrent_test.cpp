#include "goodfit/compute/kernels/recurrent/recurrent.hpp"

#include "goodfit/compute/kernels/kernel_testing.hpp"
#include "goodfit/compute/kernels/recurrent/recurrent_reference.hpp"

namespace goodfit::kernels {
namespace {

using namespace reference;

constexpr Size rows = 3;

// Shares of gates and the like, as a forward step keeps them.
Numbers kept_numbers(Size n) {
  Numbers numbers = some_numbers(n, 5);
  for (float& x : numbers) x = x / 4 + 0.5f;
  return numbers;
}

// Strides of rows that lie apart, as those of one step do; for rows of x, `keeps` and `gives` wide.
RecurrentStrides apart(Size x, Size keeps, Size gives, Size h) {
  return {.x = x * h + 2, .now = keeps * h + 1, .dy = h + 3, .d = gives * h + 4};
}

struct Step {
  Step(Size x_width, Size keeps, Size gives, Size h)
      : by(apart(x_width, keeps, gives, h)),
        x(some_numbers(rows * by.x, 1)),
        before(some_numbers(rows * by.now, 2)),
        product(some_numbers(rows * by.now, 3)),
        now(kept_numbers(rows * by.now)),
        dy(some_numbers(rows * by.dy, 4)),
        d(some_numbers(rows * by.d, 6)),
        carried(some_numbers(rows * by.d, 7)) {}
  RecurrentStrides by;
  Numbers x, before, product, now, dy, d, carried;
};

// A pointer, or none of its type.
template <class P>
P unless(bool none, P pointer) {
  return none ? P(nullptr) : pointer;
}

}  // namespace

TEST(Recurrent, RnnAgreesWithTheReference) {
  for (const Size h : lengths())
    for (const bool is_relu : {false, true}) {
      const Step s(1, 1, 1, h);
      expect_like_reference({s.x}, {s.product}, [&](auto in, auto out) {
        rnn_forward(in[0], out[0], rows, h, s.by, is_relu);
      });
      for (const bool last : {false, true})
        expect_like_reference({s.now, s.dy}, {s.d}, [&](auto in, auto out) {
          rnn_backward(in[0], in[1], out[0], last, rows, h, s.by, is_relu);
        });
    }
}

TEST(Recurrent, LstmAgreesWithTheReference) {
  for (const Size h : lengths())
    for (const bool first : {false, true}) {
      const Step s(4, 6, 4, h);
      expect_like_reference({s.x, s.before}, {s.product}, [&](auto in, auto out) {
        lstm_forward(in[0], unless(first, in[1]), out[0], rows, h, s.by);
      });
      for (const bool last : {false, true})
        expect_like_reference({s.now, s.before, s.dy}, {s.d, s.carried}, [&](auto in, auto out) {
          lstm_backward(in[0], unless(first, in[1]), in[2], out[0], unless(first, out[1]), last,
                        rows, h, s.by);
        });
    }
}

TEST(Recurrent, GruAgreesWithTheReference) {
  for (const Size h : lengths())
    for (const bool first : {false, true}) {
      const Step s(3, 5, 4, h);
      expect_like_reference({s.x, s.before}, {s.product}, [&](auto in, auto out) {
        gru_forward(in[0], unless(first, in[1]), out[0], rows, h, s.by);
      });
      for (const bool last : {false, true})
        expect_like_reference({s.now, s.before, s.dy}, {s.d, s.carried}, [&](auto in, auto out) {
          gru_backward(in[0], unless(first, in[1]), in[2], out[0], unless(first, out[1]), last,
                       rows, h, s.by);
        });
    }
}

TEST(Recurrent, NothingIsGivenToAStepThatNobodyWants) {
  const Size h = 9;
  const Step s(4, 6, 4, h);
  on_every_target([&] {
    const Numbers none(s.dy.size());
    Numbers zeros = s.d, null = s.d, carried = s.carried;
    lstm_backward(s.now.data(), s.before.data(), none.data(), zeros.data(), carried.data(), false,
                  rows, h, s.by);
    lstm_backward(s.now.data(), s.before.data(), nullptr, null.data(), carried.data(), false, rows,
                  h, s.by);
    EXPECT_TRUE(same_bits(zeros, null));
  });
}

TEST(Recurrent, ANumberDependsOnItsOwnInputsAlone) {
  // Row by row gives the same bits as all rows at once.
  const Size h = 37;
  const Step s(4, 6, 4, h);
  on_every_target([&] {
    Numbers whole = s.product, cut = s.product;
    lstm_forward(s.x.data(), s.before.data(), whole.data(), rows, h, s.by);
    for (Size r = 0; r < rows; ++r)
      lstm_forward(s.x.data() + r * s.by.x, s.before.data() + r * s.by.now,
                   cut.data() + r * s.by.now, 1, h, s.by);
    EXPECT_TRUE(same_bits(whole, cut));
  });
}

TEST(Recurrent, ANumberThatIsNoneStaysOne) {
  on_every_target([] {
    const Numbers x(4, not_a_number);
    Numbers now(6, 0.0f);
    lstm_forward(x.data(), nullptr, now.data(), 1, 1, {});
    EXPECT_TRUE(std::isnan(now[5]));
  });
}

}  // namespace goodfit::kernels
