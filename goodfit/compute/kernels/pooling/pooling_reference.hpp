// Pooling reference: the formulas of pooling.hpp in T.
#pragma once
#include "goodfit/compute/kernels/pooling/pooling.hpp"

namespace goodfit::kernels::reference {

// The pixel of a window with the first largest element of a channel.
template <class T>
Size largest_in(const Pooling& g, const T* x, Size c, Size top, Size bottom, Size left,
                Size right) {
  Size best = top * g.width.in + left;
  for (Size i = top; i < bottom; ++i)
    for (Size j = left; j < right; ++j) {
      const T here = x[(i * g.width.in + j) * g.channels + c];
      if (here > x[best * g.channels + c] || !(here == here)) best = i * g.width.in + j;
    }
  return best;
}

template <class T>
void max_pool(const Pooling& g, const T* x, Size samples, T* y) {
  for (Size n = 0; n < samples; ++n, x += g.input_floats(), y += g.output_floats())
    each_window(g, [&](Size output, Size top, Size bottom, Size left, Size right) {
      for (Size c = 0; c < g.channels; ++c)
        y[output * g.channels + c] =
            x[largest_in(g, x, c, top, bottom, left, right) * g.channels + c];
    });
}

template <class T>
void max_pool_backward(const Pooling& g, const T* x, const T* dy, Size samples, T* dx) {
  for (Size i = 0; i < samples * g.input_floats(); ++i) dx[i] = 0;
  for (Size n = 0; n < samples; ++n) {
    each_window(g, [&](Size output, Size top, Size bottom, Size left, Size right) {
      for (Size c = 0; c < g.channels; ++c)
        dx[largest_in(g, x, c, top, bottom, left, right) * g.channels + c] +=
            dy[output * g.channels + c];
    });
    x += g.input_floats(), dx += g.input_floats(), dy += g.output_floats();
  }
}

template <class T>
void avg_pool(const Pooling& g, const T* x, Size samples, T* y) {
  for (Size n = 0; n < samples; ++n, x += g.input_floats(), y += g.output_floats())
    each_window(g, [&](Size output, Size top, Size bottom, Size left, Size right) {
      for (Size c = 0; c < g.channels; ++c) {
        T sum = 0;
        for (Size i = top; i < bottom; ++i)
          for (Size j = left; j < right; ++j) sum += x[(i * g.width.in + j) * g.channels + c];
        y[output * g.channels + c] = sum / T(double(g.area()));
      }
    });
}

template <class T>
void avg_pool_backward(const Pooling& g, const T* dy, Size samples, T* dx) {
  for (Size i = 0; i < samples * g.input_floats(); ++i) dx[i] = 0;
  for (Size n = 0; n < samples; ++n, dx += g.input_floats(), dy += g.output_floats())
    each_window(g, [&](Size output, Size top, Size bottom, Size left, Size right) {
      for (Size c = 0; c < g.channels; ++c)
        for (Size i = top; i < bottom; ++i)
          for (Size j = left; j < right; ++j)
            dx[(i * g.width.in + j) * g.channels + c] +=
                dy[output * g.channels + c] / T(double(g.area()));
    });
}

template <class T>
void mean_positions(const T* x, Size samples, Size positions, Size c, T* y) {
  for (Size n = 0; n < samples; ++n)
    for (Size j = 0; j < c; ++j) {
      T sum = 0;
      for (Size p = 0; p < positions; ++p) sum += x[(n * positions + p) * c + j];
      y[n * c + j] = sum / T(double(positions));
    }
}

template <class T>
void mean_positions_backward(const T* dy, Size samples, Size positions, Size c, T* dx) {
  for (Size i = 0; i < samples * positions * c; ++i)
    dx[i] = dy[i / (positions * c) * c + i % c] / T(double(positions));
}

}  // namespace goodfit::kernels::reference
