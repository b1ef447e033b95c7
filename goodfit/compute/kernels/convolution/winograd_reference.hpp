// Winograd reference: the matrices of winograd.hpp, multiplied out for a tile at a time, in T.
//
// With Rounded numbers it bounds the error of this algorithm, which is not that of a plain sum.
#pragma once
#include <array>
#include <vector>

#include "goodfit/compute/kernels/convolution/convolution_reference.hpp"

namespace goodfit::kernels::reference {

template <class T, std::size_t Rows, std::size_t Columns>
using Matrix = std::array<std::array<T, Columns>, Rows>;

template <class T, std::size_t Rows, std::size_t Columns>
Matrix<T, Columns, Rows> transposed(const Matrix<T, Rows, Columns>& a) {
  Matrix<T, Columns, Rows> turned;
  for (std::size_t i = 0; i < Rows; ++i)
    for (std::size_t j = 0; j < Columns; ++j) turned[j][i] = a[i][j];
  return turned;
}

template <class T, std::size_t Rows, std::size_t Inner, std::size_t Columns>
Matrix<T, Rows, Columns> product(const Matrix<T, Rows, Inner>& a,
                                 const Matrix<T, Inner, Columns>& b) {
  Matrix<T, Rows, Columns> c{};
  for (std::size_t i = 0; i < Rows; ++i)
    for (std::size_t j = 0; j < Columns; ++j)
      for (std::size_t k = 0; k < Inner; ++k) c[i][j] += a[i][k] * b[k][j];
  return c;
}

// A X Aᵀ, rounded as a kernel does it: columns first.
template <class T, std::size_t To, std::size_t From>
Matrix<T, To, To> around(const Matrix<T, To, From>& a, const Matrix<T, From, From>& x) {
  return product(product(a, x), transposed(a));
}

template <class T>
Matrix<T, 6, 6> winograd_input() {
  const T a = 5.0 / 8, b = 3.0 / 2, a2 = a * a, b2 = b * b;
  return {{{a2 * b2, 0, -(a2 + b2), 0, 1, 0},
           {0, -a * b2, -b2, a, 1, 0},
           {0, a * b2, -b2, -a, 1, 0},
           {0, -a2 * b, -a2, b, 1, 0},
           {0, a2 * b, -a2, -b, 1, 0},
           {0, a2 * b2, 0, -(a2 + b2), 0, 1}}};
}

template <class T>
Matrix<T, 6, 3> winograd_weight() {
  const T a = 5.0 / 8, b = 3.0 / 2, a2 = a * a, b2 = b * b;
  const T at_a = T(1) / (T(2) * a2 * (a2 - b2)), at_b = T(1) / (T(2) * b2 * (b2 - a2));
  return {{{T(1) / (a2 * b2), 0, 0},
           {at_a, a * at_a, a2 * at_a},
           {at_a, -a * at_a, a2 * at_a},
           {at_b, b * at_b, b2 * at_b},
           {at_b, -b * at_b, b2 * at_b},
           {0, 0, 1}}};
}

template <class T>
Matrix<T, 4, 6> winograd_output() {
  const T a = 5.0 / 8, b = 3.0 / 2;
  return {{{1, 1, 1, 1, 1, 0},
           {0, a, -a, b, -b, 0},
           {0, a * a, a * a, b * b, b * b, 0},
           {0, a * a * a, -a * a * a, b * b * b, -b * b * b, 1}}};
}

// The N × N pixels of one channel from (row, column) on, zeros outside the image.
template <std::size_t N, class T>
Matrix<T, N, N> pixels(const T* image, Size height, Size width, Size channels, Size row,
                       Size column, Size channel) {
  Matrix<T, N, N> found{};
  for (std::size_t i = 0; i < N; ++i)
    for (std::size_t j = 0; j < N; ++j) {
      const Size r = row + Size(i), c = column + Size(j);
      if (r >= 0 && r < height && c >= 0 && c < width)
        found[i][j] = image[(r * width + c) * channels + channel];
    }
  return found;
}

template <class T>
Matrix<T, 3, 3> taps_of(const Convolution& g, const T* weight, Size channel, Size unit) {
  Matrix<T, 3, 3> taps;
  for (Size r = 0; r < 3; ++r)
    for (Size s = 0; s < 3; ++s)
      taps[std::size_t(r)][std::size_t(s)] = weight[weight_at(g, 0, r, s, channel, unit)];
  return taps;
}

// visit(sample, row, column of its first output)
template <class Visit>
void each_winograd_tile(const Convolution& g, Size samples, const Visit& visit) {
  for (Size n = 0; n < samples; ++n)
    for (Size row = 0; row < g.height.out; row += 4)
      for (Size column = 0; column < g.width.out; column += 4) visit(n, row, column);
}

template <class T>
using Points = Matrix<T, 6, 6>;

template <class T>
void add_products(const Points<T>& a, const Points<T>& b, Points<T>& sums) {
  for (std::size_t i = 0; i < 6; ++i)
    for (std::size_t j = 0; j < 6; ++j) sums[i][j] += a[i][j] * b[i][j];
}

// Bᵀ x B of a tile, channel by channel, and A dy Aᵀ, unit by unit.
template <class T>
std::vector<Points<T>> input_points(const Convolution& g, const T* x, Size n, Size row,
                                    Size column) {
  std::vector<Points<T>> all;
  for (Size c = 0; c < g.channels; ++c)
    all.push_back(around(winograd_input<T>(),
                         pixels<6>(x + n * g.input_floats(), g.height.in, g.width.in, g.channels,
                                   row - g.height.pad, column - g.width.pad, c)));
  return all;
}
template <class T>
std::vector<Points<T>> output_points(const Convolution& g, const T* dy, Size n, Size row,
                                     Size column) {
  std::vector<Points<T>> all;
  for (Size unit = 0; unit < g.units; ++unit)
    all.push_back(around(transposed(winograd_output<T>()),
                         pixels<4>(dy + n * g.output_floats(), g.height.out, g.width.out, g.units,
                                   row, column, unit)));
  return all;
}

template <class T>
void winograd(const Convolution& g, const T* x, const T* weight, Size samples, T* y, const T* bias,
              bool relu) {
  std::vector<Points<T>> weights;
  for (Size unit = 0; unit < g.units; ++unit)
    for (Size c = 0; c < g.channels; ++c)
      weights.push_back(around(winograd_weight<T>(), taps_of(g, weight, c, unit)));
  each_winograd_tile(g, samples, [&](Size n, Size row, Size column) {
    const auto inputs = input_points(g, x, n, row, column);
    for (Size unit = 0; unit < g.units; ++unit) {
      Points<T> sums{};
      for (Size c = 0; c < g.channels; ++c)
        add_products(inputs[std::size_t(c)], weights[std::size_t(unit * g.channels + c)], sums);
      const auto outputs = around(winograd_output<T>(), sums);
      for (Size i = 0; i < std::min<Size>(4, g.height.out - row); ++i)
        for (Size j = 0; j < std::min<Size>(4, g.width.out - column); ++j) {
          T value = outputs[std::size_t(i)][std::size_t(j)];
          if (bias) value = value + bias[unit];
          y[((n * g.height.out + row + i) * g.width.out + column + j) * g.units + unit] =
              relu && value < T(0) ? T(0) : value;
        }
    }
  });
}

// Slots of some shards, `samples` each, merged into dw.
template <class T>
void winograd_weight_gradient(const Convolution& g, const T* x, const T* dy, Size shards,
                              Size samples, T* dw) {
  std::vector<Points<T>> sums(std::size_t(g.units * g.channels));
  each_winograd_tile(g, shards * samples, [&](Size n, Size row, Size column) {
    const auto inputs = input_points(g, x, n, row, column);
    const auto gradients = output_points(g, dy, n, row, column);
    for (std::size_t i = 0; i < sums.size(); ++i)
      add_products(inputs[i % inputs.size()], gradients[i / inputs.size()], sums[i]);
  });
  for (std::size_t i = 0; i < sums.size(); ++i) {
    const auto taps = around(transposed(winograd_weight<T>()), sums[i]);
    for (std::size_t tap = 0; tap < 9; ++tap) dw[i * 9 + tap] = taps[tap / 3][tap % 3];
  }
}

}  // namespace goodfit::kernels::reference
