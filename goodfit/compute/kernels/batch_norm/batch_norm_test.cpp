#include "goodfit/compute/kernels/batch_norm/batch_norm.hpp"

#include "goodfit/compute/kernels/batch_norm/batch_norm_reference.hpp"
#include "goodfit/compute/kernels/kernel_testing.hpp"

namespace goodfit::kernels {
namespace {

using namespace reference;

struct Case {
  Case(Size rows, Size c) : matrix(std::size_t(rows * c)), row(std::size_t(c)) {
    for (unsigned k = 0; k < 2; ++k) matrices.push_back(some_numbers(rows * c, 10 + k));
    for (unsigned k = 0; k < 6; ++k) vectors.push_back(some_numbers(c, 20 + k));
    for (float& inverse : vectors[1]) inverse = std::abs(inverse) + 0.1f;
  }
  std::vector<Numbers> matrices, vectors;
  Numbers matrix, row;  // outputs
};

TEST(BatchNorm, AgreesWithTheReference) {
  for (const Size rows : {0, 1, 3, 4, 6, 64, 70}) {
    for (const Size c : {0, 1, 3, 7, 8, 9, 15, 16, 17, 31, 33, 48, 64, 65, 70, 129}) {
      const Case k(rows, c);
      const auto &x = k.matrices[0], &dy = k.matrices[1];
      const auto& v = k.vectors;
      for (const bool relu : {false, true}) {
        const bool far = relu;  // which changes no number
        expect_like_reference({x, v[0], v[1], v[2], v[3]}, {k.matrix}, [&](auto in, auto out) {
          batch_norm_normalize(in[0], in[1], in[2], in[3], in[4], out[0], rows, c, relu);
        });
        expect_like_reference({x, v[0], v[1], v[2], v[3], dy}, {k.matrix}, [&](auto in, auto out) {
          batch_norm_normalize(in[0], in[1], in[2], in[3], in[4], out[0], rows, c, relu, in[5],
                               far);
        });
        expect_like_reference({v[1]}, {k.row}, [&](auto in, auto out) {
          inverse_deviations(in[0], 0.25f, out[0], c);
        });
        expect_like_reference(
            {x, dy, v[0], v[1], v[2], v[3]}, {k.row, k.row}, [&](auto in, auto out) {
              batch_norm_backward_sums(in[0], in[1], in[2], in[3], relu ? in[4] : nullptr,
                                       relu ? in[5] : nullptr, rows, c, out[0], out[1]);
            });
        expect_like_reference(
            {x, dy, v[0], v[1], v[2], v[3], v[4], v[5]}, {k.matrix}, [&](auto in, auto out) {
              batch_norm_backward(in[0], in[1], in[2], in[3], in[4], relu ? in[5] : nullptr, in[6],
                                  in[7], rows + 5, out[0], rows, c, far);
            });
      }
    }
  }
}

TEST(BatchNorm, MayWriteOverAnInput) {
  const Size rows = 6, c = 21;
  const Case k(rows, c);
  const auto& v = k.vectors;
  expect_in_place({k.matrices[0], v[0], v[1], v[2], v[3]}, rows * c, [&](auto in, auto out) {
    batch_norm_normalize(in[0], in[1], in[2], in[3], in[4], out[0], rows, c, true);
  });
  expect_in_place(
      {k.matrices[0], v[0], v[1], v[2], v[3], k.matrices[1]}, rows * c, [&](auto in, auto out) {
        batch_norm_normalize(in[0], in[1], in[2], in[3], in[4], out[0], rows, c, true, in[5]);
      });
  expect_in_place({k.matrices[0], k.matrices[1], v[0], v[1], v[2], v[3], v[4], v[5]}, rows * c,
                  [&](auto in, auto out) {
                    batch_norm_backward(in[0], in[1], in[2], in[3], in[4], in[5], in[6], in[7], 9,
                                        out[0], rows, c);
                  });
}

TEST(BatchNorm, GivesTheSameBitsHoweverRowsAreCut) {
  const Size rows = 11, c = 37;
  const Case k(rows, c);
  const auto& v = k.vectors;
  const auto from = [&](int matrix, Size row) {
    return k.matrices[std::size_t(matrix)].data() + row * c;
  };
  expect_cut_free(rows, c, [&](Size begin, Size end, float* out) {
    batch_norm_normalize(from(0, begin), v[0].data(), v[1].data(), v[2].data(), v[3].data(), out,
                         end - begin, c, true);
  });
  expect_cut_free(rows, c, [&](Size begin, Size end, float* out) {
    batch_norm_backward(from(0, begin), from(1, begin), v[0].data(), v[1].data(), v[2].data(),
                        v[3].data(), v[4].data(), v[5].data(), rows, out, end - begin, c);
  });
}

TEST(BatchNorm, KeepsTheDigitsOfSmallDifferencesFromALargeMean) {
  on_every_target([] {
    const Numbers x{1000000.5f, 999999.5f}, mean{1e6f}, one{1}, none{0};
    Numbers y(2);
    batch_norm_normalize(x.data(), mean.data(), one.data(), one.data(), none.data(), y.data(), 2, 1,
                         false);
    EXPECT_EQ(y, (Numbers{0.5f, -0.5f}));
  });
}

TEST(BatchNorm, ReluPassesNanOn) {
  on_every_target([] {
    const Numbers x{not_a_number, -1, 1}, one{1}, none{0};
    Numbers y(3);
    batch_norm_normalize(x.data(), none.data(), one.data(), one.data(), none.data(), y.data(), 3, 1,
                         true);
    EXPECT_TRUE(std::isnan(y[0]));
    EXPECT_EQ(y[1], 0);
    EXPECT_EQ(y[2], 1);
  });
}

}  // namespace
}  // namespace goodfit::kernels
