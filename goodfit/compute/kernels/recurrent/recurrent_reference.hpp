// Recurrent: the formulas of recurrent.hpp, one number at a time.
//
// T is float, double, or a number of the tests that follows rounding errors.
#pragma once
#include "goodfit/compute/kernels/elementwise/elementwise_reference.hpp"
#include "goodfit/compute/kernels/recurrent/recurrent.hpp"

namespace goodfit::kernels::reference {

template <class T>
T sigmoid_of(T x) {
  sigmoid(&x, &x, 1);
  return x;
}
template <class T>
T tanh_of(T x) {
  tanh_forward(&x, &x, 1);
  return x;
}

// Number j of a row, or nothing when there is none.
template <class T>
T given(const T* row, Size j) {
  return row ? row[j] : T(0);
}

template <class T>
void rnn_forward(const T* x, T* now, Size rows, Size h, const RecurrentStrides& by, bool is_relu) {
  for (Size r = 0; r < rows; ++r, x += by.x, now += by.now)
    for (Size j = 0; j < h; ++j) {
      const T a = now[j] + x[j];
      now[j] = !is_relu ? tanh_of(a) : a < T(0) ? T(0) : a;
    }
}

template <class T>
void rnn_backward(const T* now, const T* dy, T* d, bool is_last, Size rows, Size h,
                  const RecurrentStrides& by, bool is_relu) {
  for (Size r = 0; r < rows; ++r, now += by.now, dy += dy ? by.dy : 0, d += by.d) {
    const T* later = is_last ? nullptr : d;
    for (Size j = 0; j < h; ++j) {
      const T dh = given(dy, j) + given(later, j);
      d[j] = !is_relu ? dh * (T(1) - now[j] * now[j]) : now[j] > T(0) ? dh : T(0);
    }
  }
}

template <class T>
void lstm_forward(const T* x, const T* before, T* now, Size rows, Size h,
                  const RecurrentStrides& by) {
  for (Size r = 0; r < rows; ++r, x += by.x, now += by.now, before += before ? by.now : 0)
    for (Size j = 0; j < h; ++j) {
      const auto a = [&](Size gate) { return now[gate * h + j] + x[gate * h + j]; };
      const T i = sigmoid_of(a(0)), f = sigmoid_of(a(1)), g = tanh_of(a(2)), o = sigmoid_of(a(3));
      const T c = before ? f * before[4 * h + j] + i * g : i * g;
      const T kept[] = {i, f, g, o, c, o * tanh_of(c)};
      for (Size k = 0; k < 6; ++k) now[k * h + j] = kept[k];
    }
}

template <class T>
void lstm_backward(const T* now, const T* before, const T* dy, T* d, T* carried, bool is_last,
                   Size rows, Size h, const RecurrentStrides& by) {
  for (Size r = 0; r < rows; ++r) {
    const T* later = is_last ? nullptr : d;
    for (Size j = 0; j < h; ++j) {
      const T i = now[j], f = now[h + j], g = now[2 * h + j], o = now[3 * h + j];
      const T tanh_c = tanh_of(now[4 * h + j]);
      const T dh = given(dy, j) + given(later, j);
      const T dc = given(later, h + j) + dh * o * (T(1) - tanh_c * tanh_c);
      d[j] = dc * g * i * (T(1) - i);
      d[h + j] = before ? dc * before[4 * h + j] * f * (T(1) - f) : T(0);
      d[2 * h + j] = dc * i * (T(1) - g * g);
      d[3 * h + j] = dh * tanh_c * o * (T(1) - o);
      if (before) carried[j] = dc * f;
    }
    now += by.now, dy += dy ? by.dy : 0, d += by.d;
    if (before) before += by.now, carried += by.d;
  }
}

template <class T>
void gru_forward(const T* x, const T* before, T* now, Size rows, Size h,
                 const RecurrentStrides& by) {
  for (Size row = 0; row < rows; ++row, x += by.x, now += by.now, before += before ? by.now : 0)
    for (Size j = 0; j < h; ++j) {
      const T r = sigmoid_of(now[j] + x[j]), z = sigmoid_of(now[h + j] + x[h + j]);
      const T n = tanh_of(x[2 * h + j] + r * now[2 * h + j]);
      const T fresh = (T(1) - z) * n;
      now[j] = r, now[h + j] = z, now[3 * h + j] = n;
      now[4 * h + j] = before ? fresh + z * before[4 * h + j] : fresh;
    }
}

template <class T>
void gru_backward(const T* now, const T* before, const T* dy, T* d, T* carried, bool is_last,
                  Size rows, Size h, const RecurrentStrides& by) {
  for (Size row = 0; row < rows; ++row) {
    const T* later = is_last ? nullptr : d;
    for (Size j = 0; j < h; ++j) {
      const T r = now[j], z = now[h + j], q = now[2 * h + j], n = now[3 * h + j];
      const T dh = given(dy, j) + given(later, j) + given(later, h + j);
      const T dn = dh * (T(1) - z) * (T(1) - n * n);
      const T older = before ? before[4 * h + j] - n : -n;
      d[j] = dn * q * r * (T(1) - r);
      d[h + j] = dh * older * z * (T(1) - z);
      d[2 * h + j] = dn * r;
      d[3 * h + j] = dn;
      if (before) carried[j] = dh * z;
    }
    now += by.now, dy += dy ? by.dy : 0, d += by.d;
    if (before) before += by.now, carried += by.d;
  }
}

}  // namespace goodfit::kernels::reference
