#include "goodfit/compute/kernels/softmax/softmax.hpp"

#include "goodfit/compute/kernels/kernel_testing.hpp"
#include "goodfit/compute/kernels/softmax/softmax_reference.hpp"

namespace goodfit::kernels {
namespace {

using namespace reference;

// The terms that cross entropy takes, of all logits.
Numbers terms_of(const Numbers& x, Size rows, Size c) {
  Numbers terms(std::size_t(rows * softmax_terms_floats(c)));
  softmax_terms(x.data(), terms.data(), rows, c);
  return terms;
}

Numbers some_classes(Size rows, Size c) {
  Numbers classes(static_cast<std::size_t>(rows));
  for (Size r = 0; r < rows; ++r) classes[std::size_t(r)] = static_cast<float>((5 * r + 2) % c);
  return classes;
}

TEST(Softmax, AgreesWithTheReference) {
  for (const Size c : lengths()) {
    if (c == 0) continue;
    const Size rows = c % 5;
    Numbers x = some_numbers(rows * c, 1);
    for (float& v : x) v *= 5;
    const Numbers target = some_classes(rows, c), dloss = some_numbers(rows, 3);
    expect_like_reference({x}, {x}, [&](auto in, auto out) { softmax(in[0], out[0], rows, c); });
    const Numbers terms = terms_of(x, rows, c);
    expect_like_reference({x}, {terms},
                          [&](auto in, auto out) { softmax_terms(in[0], out[0], rows, c); });
    const Numbers shares = some_numbers(rows * c, 2);
    expect_like_reference({shares, x}, {x}, [&](auto in, auto out) {
      softmax_backward(in[0], in[1], 0.75f, out[0], rows, c);
    });
    for (const float smoothing : {0.0f, 0.125f, 1.0f}) {
      expect_like_reference({x, target, terms}, {dloss}, [&](auto in, auto out) {
        cross_entropy(in[0], in[1], in[2], smoothing, out[0], rows, c);
      });
      expect_like_reference({terms, target, dloss}, {x}, [&](auto in, auto out) {
        cross_entropy_backward(in[0], in[1], in[2], smoothing, out[0], rows, c);
      });
    }
  }
}

TEST(Softmax, HandlesLogitsOfAnySize) {
  for (const Size c : {3, 20, 40, 100}) {
    Numbers x(std::size_t(4 * c), -3.0f), one(4, 1.0f);
    x[0] = 1e30f, x[1] = -1e30f, x[2] = 1e30f;
    x[std::size_t(c)] = -1e30f, x[std::size_t(c) + 1] = 80, x[std::size_t(c) + 2] = 1e-40f;
    x[std::size_t(2 * c)] = -infinity;
    x[std::size_t(3 * c) + 1] = not_a_number;
    const Numbers target{1, 0, 2, 2};
    expect_like_reference({x}, {x}, [&](auto in, auto out) { softmax(in[0], out[0], 4, c); });
    const Numbers terms = terms_of(x, 4, c);
    expect_like_reference({x}, {terms},
                          [&](auto in, auto out) { softmax_terms(in[0], out[0], 4, c); });
    expect_like_reference({x, target, terms}, {one}, [&](auto in, auto out) {
      cross_entropy(in[0], in[1], in[2], 0, out[0], 4, c);
    });
    expect_like_reference({terms, target, one}, {x}, [&](auto in, auto out) {
      cross_entropy_backward(in[0], in[1], in[2], 0, out[0], 4, c);
    });
  }
}

TEST(Softmax, CrossEntropyByHand) {
  on_every_target([] {
    const Numbers x{0, 0, 0, 0}, target{3};
    Numbers loss(1);
    cross_entropy(x.data(), target.data(), terms_of(x, 1, 4).data(), 0.1f, loss.data(), 1, 4);
    EXPECT_FLOAT_EQ(loss[0], std::log(4.0f));
  });
}

TEST(Softmax, MayWriteOverWhatItReads) {
  for (const Size c : {10, 20, 70}) {
    const Numbers x = some_numbers(5 * c), other = some_numbers(5 * c, 2);
    expect_in_place({x}, 5 * c, [&](auto in, auto out) { softmax(in[0], out[0], 5, c); });
    expect_in_place({x, other}, 5 * c,
                    [&](auto in, auto out) { softmax_backward(in[0], in[1], 2, out[0], 5, c); });
    expect_in_place({x, other}, 5 * c,
                    [&](auto in, auto out) { softmax_backward(in[1], in[0], 2, out[0], 5, c); });
  }
}

TEST(Softmax, GivesTheSameBitsHoweverRowsAreCut) {
  for (const Size c : {1, 10, 37}) {
    const Numbers x = some_numbers(9 * c), target = some_classes(9, c), dloss = some_numbers(9, 3);
    expect_cut_free(9, c, [&](Size begin, Size end, float* out) {
      softmax(x.data() + begin * c, out, end - begin, c);
    });
    expect_cut_free(9, c, [&](Size begin, Size end, float* out) {
      softmax_backward(x.data() + begin * c, x.data() + begin * c, 2, out, end - begin, c);
    });
    const Size step = softmax_terms_floats(c);
    const Numbers terms = terms_of(x, 9, c);
    expect_cut_free(9, step, [&](Size begin, Size end, float* out) {
      softmax_terms(x.data() + begin * c, out, end - begin, c);
    });
    expect_cut_free(9, 1, [&](Size begin, Size end, float* out) {
      cross_entropy(x.data() + begin * c, target.data() + begin, terms.data() + begin * step, 0.1f,
                    out, end - begin, c);
    });
    expect_cut_free(9, c, [&](Size begin, Size end, float* out) {
      cross_entropy_backward(terms.data() + begin * step, target.data() + begin,
                             dloss.data() + begin, 0.1f, out, end - begin, c);
    });
  }
}

}  // namespace
}  // namespace goodfit::kernels
