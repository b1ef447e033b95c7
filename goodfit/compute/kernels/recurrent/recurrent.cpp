#include "goodfit/compute/kernels/recurrent/recurrent.hpp"

#include "goodfit/compute/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "goodfit/compute/kernels/recurrent/recurrent.cpp"
#include <hwy/foreach_target.h>

#include "goodfit/compute/kernels/exponential-inl.hpp"
#include "goodfit/compute/kernels/vectors-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels {
namespace HWY_NAMESPACE {

HWY_INLINE V one_less(V x) { return hn::Sub(set(1.0f), x); }
HWY_INLINE V one_less_square(V x) { return hn::NegMulAdd(x, x, set(1.0f)); }
HWY_INLINE V sigmoid_slope(V y) { return hn::Mul(y, one_less(y)); }

template <class Part>
HWY_INLINE V sum(const Part& at, const float* a, const float* b) {
  return hn::Add(at.load(a), at.load(b));
}
// Number j of a row, or nothing when there is none.
template <class Part>
HWY_INLINE V given(const Part& at, const float* row, Size j) {
  return row ? at.load(row + j) : zero();
}

void rnn_forward(const float* x, float* now, Size rows, Size h, const RecurrentStrides& by,
                 bool is_relu) {
  for (Size r = 0; r < rows; ++r, x += by.x, now += by.now)
    each_vector(h, [&](const auto& at, Size j) HWY_ATTR {
      const V a = sum(at, now + j, x + j);
      at.store(is_relu ? hn::IfThenZeroElse(hn::Lt(a, zero()), a) : hyperbolic_tangent(a), now + j);
    });
}

void rnn_backward(const float* now, const float* dy, float* d, bool is_last, Size rows, Size h,
                  const RecurrentStrides& by, bool is_relu) {
  for (Size r = 0; r < rows; ++r, now += by.now, dy += dy ? by.dy : 0, d += by.d) {
    const float* later = is_last ? nullptr : d;
    each_vector(h, [&](const auto& at, Size j) HWY_ATTR {
      const V y = at.load(now + j), dh = hn::Add(given(at, dy, j), given(at, later, j));
      at.store(
          is_relu ? hn::IfThenElseZero(hn::Gt(y, zero()), dh) : hn::Mul(dh, one_less_square(y)),
          d + j);
    });
  }
}

void lstm_forward(const float* x, const float* before, float* now, Size rows, Size h,
                  const RecurrentStrides& by) {
  for (Size r = 0; r < rows; ++r, x += by.x, now += by.now, before += before ? by.now : 0)
    each_vector(h, [&](const auto& at, Size j) HWY_ATTR {
      const V i = logistic(sum(at, now + j, x + j));
      const V f = logistic(sum(at, now + h + j, x + h + j));
      const V g = hyperbolic_tangent(sum(at, now + 2 * h + j, x + 2 * h + j));
      const V o = logistic(sum(at, now + 3 * h + j, x + 3 * h + j));
      const V fresh = hn::Mul(i, g);
      const V c = before ? hn::MulAdd(f, at.load(before + 4 * h + j), fresh) : fresh;
      at.store(i, now + j);
      at.store(f, now + h + j);
      at.store(g, now + 2 * h + j);
      at.store(o, now + 3 * h + j);
      at.store(c, now + 4 * h + j);
      at.store(hn::Mul(o, hyperbolic_tangent(c)), now + 5 * h + j);
    });
}

void lstm_backward(const float* now, const float* before, const float* dy, float* d, float* carried,
                   bool is_last, Size rows, Size h, const RecurrentStrides& by) {
  for (Size r = 0; r < rows; ++r) {
    const float* later = is_last ? nullptr : d;
    each_vector(h, [&](const auto& at, Size j) HWY_ATTR {
      const V i = at.load(now + j), f = at.load(now + h + j), g = at.load(now + 2 * h + j);
      const V o = at.load(now + 3 * h + j), tanh_c = hyperbolic_tangent(at.load(now + 4 * h + j));
      const V dh = hn::Add(given(at, dy, j), given(at, later, j));
      const V dc = hn::MulAdd(hn::Mul(dh, o), one_less_square(tanh_c), given(at, later, h + j));
      at.store(hn::Mul(hn::Mul(dc, g), sigmoid_slope(i)), d + j);
      const V older = before ? at.load(before + 4 * h + j) : zero();
      at.store(hn::Mul(hn::Mul(dc, older), sigmoid_slope(f)), d + h + j);
      at.store(hn::Mul(hn::Mul(dc, i), one_less_square(g)), d + 2 * h + j);
      at.store(hn::Mul(hn::Mul(dh, tanh_c), sigmoid_slope(o)), d + 3 * h + j);
      if (before) at.store(hn::Mul(dc, f), carried + j);
    });
    now += by.now, dy += dy ? by.dy : 0, d += by.d;
    if (before) before += by.now, carried += by.d;
  }
}

void gru_forward(const float* x, const float* before, float* now, Size rows, Size h,
                 const RecurrentStrides& by) {
  for (Size row = 0; row < rows; ++row, x += by.x, now += by.now, before += before ? by.now : 0)
    each_vector(h, [&](const auto& at, Size j) HWY_ATTR {
      const V r = logistic(sum(at, now + j, x + j));
      const V z = logistic(sum(at, now + h + j, x + h + j));
      const V q = at.load(now + 2 * h + j);
      const V n = hyperbolic_tangent(hn::MulAdd(r, q, at.load(x + 2 * h + j)));
      const V fresh = hn::Mul(one_less(z), n);
      at.store(r, now + j);
      at.store(z, now + h + j);
      at.store(n, now + 3 * h + j);
      at.store(before ? hn::MulAdd(z, at.load(before + 4 * h + j), fresh) : fresh, now + 4 * h + j);
    });
}

void gru_backward(const float* now, const float* before, const float* dy, float* d, float* carried,
                  bool is_last, Size rows, Size h, const RecurrentStrides& by) {
  for (Size row = 0; row < rows; ++row) {
    const float* later = is_last ? nullptr : d;
    each_vector(h, [&](const auto& at, Size j) HWY_ATTR {
      const V r = at.load(now + j), z = at.load(now + h + j), q = at.load(now + 2 * h + j);
      const V n = at.load(now + 3 * h + j);
      const V dh = hn::Add(hn::Add(given(at, dy, j), given(at, later, j)), given(at, later, h + j));
      const V dn = hn::Mul(hn::Mul(dh, one_less(z)), one_less_square(n));
      const V older = before ? hn::Sub(at.load(before + 4 * h + j), n) : hn::Neg(n);
      at.store(hn::Mul(hn::Mul(dn, q), sigmoid_slope(r)), d + j);
      at.store(hn::Mul(hn::Mul(dh, older), sigmoid_slope(z)), d + h + j);
      at.store(hn::Mul(dn, r), d + 2 * h + j);
      at.store(dn, d + 3 * h + j);
      if (before) at.store(hn::Mul(dh, z), carried + j);
    });
    now += by.now, dy += dy ? by.dy : 0, d += by.d;
    if (before) before += by.now, carried += by.d;
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace goodfit::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace goodfit::kernels {

HWY_EXPORT(rnn_forward);
HWY_EXPORT(rnn_backward);
HWY_EXPORT(lstm_forward);
HWY_EXPORT(lstm_backward);
HWY_EXPORT(gru_forward);
HWY_EXPORT(gru_backward);

void rnn_forward(const float* x, float* now, Size rows, Size h, const RecurrentStrides& strides,
                 bool is_relu) {
  HWY_DYNAMIC_DISPATCH(rnn_forward)(x, now, rows, h, strides, is_relu);
}

void rnn_backward(const float* now, const float* dy, float* d, bool is_last, Size rows, Size h,
                  const RecurrentStrides& strides, bool is_relu) {
  HWY_DYNAMIC_DISPATCH(rnn_backward)(now, dy, d, is_last, rows, h, strides, is_relu);
}

void lstm_forward(const float* x, const float* before, float* now, Size rows, Size h,
                  const RecurrentStrides& strides) {
  HWY_DYNAMIC_DISPATCH(lstm_forward)(x, before, now, rows, h, strides);
}

void lstm_backward(const float* now, const float* before, const float* dy, float* d, float* carried,
                   bool is_last, Size rows, Size h, const RecurrentStrides& strides) {
  HWY_DYNAMIC_DISPATCH(lstm_backward)
  (now, before, dy, d, carried, is_last, rows, h, strides);
}

void gru_forward(const float* x, const float* before, float* now, Size rows, Size h,
                 const RecurrentStrides& strides) {
  HWY_DYNAMIC_DISPATCH(gru_forward)(x, before, now, rows, h, strides);
}

void gru_backward(const float* now, const float* before, const float* dy, float* d, float* carried,
                  bool is_last, Size rows, Size h, const RecurrentStrides& strides) {
  HWY_DYNAMIC_DISPATCH(gru_backward)
  (now, before, dy, d, carried, is_last, rows, h, strides);
}

}  // namespace goodfit::kernels
#endif
