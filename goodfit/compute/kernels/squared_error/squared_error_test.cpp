#include "goodfit/compute/kernels/squared_error/squared_error.hpp"

#include "goodfit/compute/kernels/kernel_testing.hpp"
#include "goodfit/compute/kernels/squared_error/squared_error_reference.hpp"

namespace goodfit::kernels {
namespace {

using namespace reference;

TEST(SquaredError, AgreesWithTheReference) {
  for (const Size rows : {0, 1, 3, 40}) {
    for (const Size c : lengths()) {
      if (c == 0) continue;
      const Numbers x = some_numbers(rows * c, 1), target = some_numbers(rows * c, 2);
      const Numbers dloss = some_numbers(rows, 3);
      expect_like_reference({x, target}, {dloss}, [&](auto in, auto out) {
        squared_error(in[0], in[1], out[0], rows, c);
      });
      expect_like_reference({x, target, dloss}, {x}, [&](auto in, auto out) {
        squared_error_backward(in[0], in[1], in[2], out[0], rows, c);
      });
    }
  }
}

TEST(SquaredError, HandlesSpecialValues) {
  const Numbers x{1e10f, -1e10f, infinity, not_a_number, 1e-40f, 0}, target(6), ones(6, 1.0f);
  for (const Size c : {1, 2, 6}) {
    expect_like_reference({x, target}, {Numbers(std::size_t(6 / c))}, [&](auto in, auto out) {
      squared_error(in[0], in[1], out[0], 6 / c, c);
    });
    expect_like_reference({x, target, ones}, {x}, [&](auto in, auto out) {
      squared_error_backward(in[0], in[1], in[2], out[0], 6 / c, c);
    });
  }
}

TEST(SquaredError, MayWriteOverAnInput) {
  for (const Size c : {1, 21}) {
    const Numbers x = some_numbers(22 * c, 1), t = some_numbers(22 * c, 2), d = some_numbers(22, 3);
    expect_in_place({x, t, d}, 22 * c, [&](auto in, auto out) {
      squared_error_backward(in[0], in[1], in[2], out[0], 22, c);
    });
  }
}

TEST(SquaredError, GivesTheSameBitsHoweverRowsAreCut) {
  for (const Size c : {1, 37}) {
    const Numbers x = some_numbers(40 * c, 1), t = some_numbers(40 * c, 2), d = some_numbers(40, 3);
    expect_cut_free(40, 1, [&](Size begin, Size end, float* out) {
      squared_error(x.data() + begin * c, t.data() + begin * c, out, end - begin, c);
    });
    expect_cut_free(40, c, [&](Size begin, Size end, float* out) {
      squared_error_backward(x.data() + begin * c, t.data() + begin * c, d.data() + begin, out,
                             end - begin, c);
    });
  }
}

}  // namespace
}  // namespace goodfit::kernels
