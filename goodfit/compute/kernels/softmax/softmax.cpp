#include "goodfit/compute/kernels/softmax/softmax.hpp"

#include <cmath>
#include <limits>

#include "goodfit/compute/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "goodfit/compute/kernels/softmax/softmax.cpp"
#include <hwy/foreach_target.h>

#include "goodfit/compute/kernels/exponential-inl.hpp"
#include "goodfit/compute/kernels/vectors-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels {
namespace HWY_NAMESPACE {

// A row of one or two vectors stays in registers from its first load to its last store; a longer
// one keeps e^z in `out`. Both offer the same: the largest logit, the sum, and e^z to `use` or kept
// in `out`.
template <Size K>
class ShortRow {
 public:
  HWY_INLINE ShortRow(const float* x, float* out, Size, const Some& last)
      : last_(last), out_(out), begin_((K - 1) * lanes) {
    const V lowest = set(-std::numeric_limits<float>::infinity());
    V z[K];
    V most = z[K - 1] = last.keep(last.load(x + begin_), lowest);
    if constexpr (K == 2) most = hn::Max(most, z[0] = Whole{}.load(x));
    const V largest = hn::MaxOfLanes(floats, most);
    V sum = zero();
    HWY_UNROLL(2) for (Size k = 0; k < K; ++k) {
      e_[k] = exponential(hn::Sub(z[k], largest));
      sum = hn::Add(sum, k + 1 < K ? e_[k] : last.keep(e_[k]));
    }
    max_ = hn::GetLane(largest);
    sum_ = hn::GetLane(hn::SumOfLanes(floats, sum));
  }

  HWY_INLINE float max() const { return max_; }
  HWY_INLINE float sum() const { return sum_; }
  HWY_INLINE void keep() const {
    each([&](const auto& at, V e, Size j) HWY_ATTR { at.store(e, out_ + j); });
  }
  template <class Use>
  HWY_INLINE void each(const Use& use) const {
    if constexpr (K == 2) use(Whole{}, e_[0], Size{0});
    use(last_, e_[K - 1], begin_);
  }

 private:
  const Some& last_;
  float* out_;
  Size begin_;
  V e_[K];
  float max_, sum_;
};

// The largest of each lane, in four chains, to hide the latency of a comparison.
HWY_INLINE V most_of(const float* x, Size c) {
  V most[4];
  HWY_UNROLL(4) for (Size k = 0; k < 4; ++k) most[k] = set(-std::numeric_limits<float>::infinity());
  Size j = 0;
  for (; j + 4 * lanes <= c; j += 4 * lanes) {
    HWY_UNROLL(4)
    for (Size k = 0; k < 4; ++k) most[k] = hn::Max(most[k], hn::LoadU(floats, x + j + k * lanes));
  }
  each_vector(c - j, [&](const auto& at, Size i) HWY_ATTR {
    most[0] = hn::Max(most[0], at.keep(at.load(x + j + i), most[0]));
  });
  return hn::Max(hn::Max(most[0], most[1]), hn::Max(most[2], most[3]));
}

class LongRow {
 public:
  HWY_INLINE LongRow(const float* x, float* out, Size c, const Some&) : out_(out), c_(c) {
    fetch_row<Next::is_read>(x + c, c);
    fetch_row<Next::is_written>(out + c, c);
    const V largest = hn::MaxOfLanes(floats, most_of(x, c));
    max_ = hn::GetLane(largest);
    sum_ = sum_vectors<1>(c, [&](const auto& at, Size j) HWY_ATTR {
      const V e = exponential(hn::Sub(at.load(x + j), largest));
      at.store(e, out + j);
      return std::array<V, 1>{e};
    })[0];
  }

  HWY_INLINE float max() const { return max_; }
  HWY_INLINE float sum() const { return sum_; }
  HWY_INLINE void keep() const {}
  template <class Use>
  HWY_INLINE void each(const Use& use) const {
    each_vector(c_, [&](const auto& at, Size j) HWY_ATTR { use(at, at.load(out_ + j), j); });
  }

 private:
  float* out_;
  Size c_;
  float max_, sum_;
};

// `use` is called with each row and its place in `out`, whose rows are `step` floats apart.
template <class Row, class Use>
HWY_INLINE void each_row_as(const float* x, float* out, Size step, Size rows, Size c,
                            const Some& last, const Use& use) {
  for (Size r = 0; r < rows; ++r, x += c, out += step) use(Row(x, out, c, last), out);
}

template <class Use>
HWY_INLINE void each_softmax_row(const float* x, float* out, Size step, Size rows, Size c,
                                 const Use& use) {
  if (c <= lanes) return each_row_as<ShortRow<1>>(x, out, step, rows, c, Some(c), use);
  if (c <= 2 * lanes) return each_row_as<ShortRow<2>>(x, out, step, rows, c, Some(c - lanes), use);
  each_row_as<LongRow>(x, out, step, rows, c, Some(0), use);
}

void softmax(const float* x, float* y, Size rows, Size c) {
  each_softmax_row(x, y, c, rows, c, [&](const auto& row, float* to) HWY_ATTR {
    const V share = set(1.0f / row.sum());
    row.each([&](const auto& at, V e, Size j) HWY_ATTR { at.store(hn::Mul(e, share), to + j); });
  });
}

void softmax_backward(const float* p, const float* dp, float factor, float* dx, Size rows, Size c) {
  for (Size r = 0; r < rows; ++r, p += c, dp += c, dx += c) {
    const V mean = set(sum_vectors<1>(c, [&](const auto& at, Size j) HWY_ATTR {
      return std::array<V, 1>{hn::Mul(at.load(p + j), at.load(dp + j))};
    })[0]);
    each_vector(c, [&](const auto& at, Size j) HWY_ATTR {
      const V away = hn::Sub(at.load(dp + j), mean);
      at.store(hn::Mul(hn::Mul(at.load(p + j), away), set(factor)), dx + j);
    });
  }
}

void softmax_terms(const float* logits, float* terms, Size rows, Size c) {
  const Size step = softmax_terms_floats(c);
  each_softmax_row(logits, terms, step, rows, c, [&](const auto& row, float* to) HWY_ATTR {
    row.keep();
    to[c] = row.max();
    to[c + 1] = row.sum();
  });
}

void cross_entropy(const float* logits, const float* target, const float* terms, float smoothing,
                   float* loss, Size rows, Size c) {
  for (Size r = 0; r < rows; ++r, logits += c, terms += softmax_terms_floats(c)) {
    const float max = terms[c], z = logits[static_cast<Size>(target[r])] - max;
    float expected = z;
    if (smoothing > 0) {  // else an infinite z elsewhere would count 0 times
      const float sum = sum_vectors<1>(c, [&](const auto& at, Size j) HWY_ATTR {
        return std::array<V, 1>{hn::Sub(at.load(logits + j), set(max))};
      })[0];
      expected = (1 - smoothing) * z + smoothing * (sum / static_cast<float>(c));
    }
    loss[r] = std::log(terms[c + 1]) - expected;
  }
}

void cross_entropy_backward(const float* terms, const float* target, const float* dloss,
                            float smoothing, float* dlogits, Size rows, Size c) {
  const V spread = set(smoothing / static_cast<float>(c)), first = hn::Iota(floats, 0.0f);
  for (Size r = 0; r < rows; ++r, terms += softmax_terms_floats(c), dlogits += c) {
    const V share = set(1.0f / terms[c + 1]), factor = set(dloss[r]);
    const V own = set(dloss[r] * (1 - smoothing));
    // The target's own part joins in the register: to read back what a masked store has just
    // written would wait for it to reach the cache.
    each_vector(c, [&](const auto& at, Size j) HWY_ATTR {
      const V d = hn::Mul(factor, hn::Sub(hn::Mul(at.load(terms + j), share), spread));
      const auto hit = hn::Eq(first, set(target[r] - static_cast<float>(j)));
      at.store(hn::Sub(d, hn::IfThenElseZero(hit, own)), dlogits + j);
    });
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace goodfit::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace goodfit::kernels {

HWY_EXPORT(softmax);
HWY_EXPORT(softmax_backward);
HWY_EXPORT(softmax_terms);
HWY_EXPORT(cross_entropy);
HWY_EXPORT(cross_entropy_backward);

void softmax(const float* x, float* y, Size rows, Size c) {
  HWY_DYNAMIC_DISPATCH(softmax)(x, y, rows, c);
}

void softmax_backward(const float* p, const float* dp, float factor, float* dx, Size rows, Size c) {
  HWY_DYNAMIC_DISPATCH(softmax_backward)(p, dp, factor, dx, rows, c);
}

void softmax_terms(const float* logits, float* terms, Size rows, Size c) {
  HWY_DYNAMIC_DISPATCH(softmax_terms)(logits, terms, rows, c);
}

void cross_entropy(const float* logits, const float* target, const float* terms, float smoothing,
                   float* loss, Size rows, Size c) {
  HWY_DYNAMIC_DISPATCH(cross_entropy)(logits, target, terms, smoothing, loss, rows, c);
}

void cross_entropy_backward(const float* terms, const float* target, const float* dloss,
                            float smoothing, float* dlogits, Size rows, Size c) {
  HWY_DYNAMIC_DISPATCH(cross_entropy_backward)(terms, target, dloss, smoothing, dlogits, rows, c);
}

}  // namespace goodfit::kernels
#endif
