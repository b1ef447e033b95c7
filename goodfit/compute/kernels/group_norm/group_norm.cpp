#include "goodfit/compute/kernels/group_norm/group_norm.hpp"

#include <cmath>

#include "goodfit/compute/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "goodfit/compute/kernels/group_norm/group_norm.cpp"
#include <hwy/foreach_target.h>

#include "goodfit/compute/kernels/group_norm/row_norm-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels {
namespace HWY_NAMESPACE {

// Groups are taken in bundles that fit a scratch of this many channels; a larger group is alone.
inline constexpr Size bundle_channels = 256;

// A number for each group of a bundle: that of a lone group, or copies for its every channel.
struct Lone {
  float of = 0;
  HWY_INLINE void set_group(Size, Size, float value) { of = value; }
  template <class At>
  HWY_INLINE V load(const At&, Size) const {
    return set(of);
  }
};
struct Several {
  HWY_ALIGN float of[bundle_channels];
  HWY_INLINE void set_group(Size group, Size width, float value) {
    std::fill_n(of + group * width, width, value);
  }
  template <class At>
  HWY_INLINE V load(const At& at, Size j) const {
    return at.load(of + j);
  }
};

// The blocks of a bundle in one sample: positions × `width` channels in `count` groups.
struct Bundle {
  Size positions, stride, count, group_width;
  Size width() const { return count * group_width; }
};

// give(group, sums) with the S sums over each block of what term(part, position, channel) returns.
template <std::size_t S, class Term, class Give>
HWY_INLINE void sum_blocks(const Bundle& b, const Term& term, const Give& give) {
  if (b.positions == 1) {
    for (Size k = 0; k < b.count; ++k) {
      give(k, sum_vectors<S>(b.group_width, [&](const auto& at, Size j) HWY_ATTR {
             return term(at, Size{0}, k * b.group_width + j);
           }));
    }
    return;
  }
  HWY_ALIGN float columns[S][bundle_channels];
  std::array<float*, S> to;
  for (std::size_t s = 0; s < S; ++s) to[s] = columns[s];
  const auto sum = [&](Size from, Size count) HWY_ATTR {
    return sum_vectors<S>(count, [&](const auto& at, Size j) HWY_ATTR {
      std::array<V, S> sums;
      for (std::size_t s = 0; s < S; ++s) sums[s] = at.load(columns[s] + from + j);
      return sums;
    });
  };
  std::array<float, S> lone{};
  for (Size from = 0; from < b.width(); from += bundle_channels) {
    const Size count = std::min(bundle_channels, b.width() - from);
    sum_columns<S>(b.positions, count, to, false,
                   [&](const auto& at, Size p, Size j) HWY_ATTR { return term(at, p, from + j); });
    if (b.count == 1) {
      const std::array<float, S> part = sum(0, count);
      for (std::size_t s = 0; s < S; ++s) lone[s] += part[s];
    } else {
      for (Size k = 0; k < b.count; ++k) give(k, sum(k * b.group_width, b.group_width));
    }
  }
  if (b.count == 1) give(0, lone);
}

// Mean and Σ (x − mean)² of one block, counted from its first element; and of parts of it, merged.
struct BlockMoments {
  float count = 0, mean = 0, m2 = 0;
  HWY_INLINE void merge(float its_count, float its_mean, float its_m2) {
    const float apart = its_mean - mean, share = its_count / (count + its_count);
    m2 += its_m2 + apart * apart * count * share;
    mean += apart * share;
    count += its_count;
  }
};

// Mean and Σ (x − mean)² of `count` columns together, of `positions` numbers each.
std::array<float, 2> together(const float* mean, const float* m2, Size count, Size positions) {
  const float share = 1.0f / static_cast<float>(count);
  const float middle = share * sum_vectors<1>(count, [&](const auto& at, Size j) HWY_ATTR {
                         return std::array<V, 1>{at.load(mean + j)};
                       })[0];
  const auto spread = sum_vectors<2>(count, [&](const auto& at, Size j) HWY_ATTR {
    const V d = hn::Sub(at.load(mean + j), set(middle));
    return std::array<V, 2>{hn::Mul(d, d), at.load(m2 + j)};
  });
  return {middle, spread[1] + static_cast<float>(positions) * spread[0]};
}

// Of the blocks of a bundle: channel by channel down the positions, then over a group's channels.
template <class PerGroup, class Give>
HWY_INLINE void block_moments(const Bundle& b, const float* x, const Give& give) {
  PerGroup origin;
  for (Size k = 0; k < b.count; ++k) origin.set_group(k, b.group_width, x[k * b.group_width]);
  HWY_ALIGN float mean[bundle_channels], m2[bundle_channels];
  BlockMoments lone;
  for (Size from = 0; from < b.width(); from += bundle_channels) {
    const Size count = std::min(bundle_channels, b.width() - from);
    moments_of_columns(
        b.positions, count, mean, m2, [&](const auto& part, Size p, Size j) HWY_ATTR {
          const Size column = from + j;
          return hn::Sub(part.load(x + p * b.stride + column), origin.load(part, column));
        });
    if (b.count == 1) {
      const auto part = together(mean, m2, count, b.positions);
      lone.merge(static_cast<float>(count * b.positions), part[0], part[1]);
    } else if (b.group_width == 1) {
      for (Size k = 0; k < b.count; ++k) give(k, mean[k], m2[k]);
    } else {
      for (Size k = 0; k < b.count; ++k) {
        const Size first = k * b.group_width;
        const auto whole = together(mean + first, m2 + first, b.group_width, b.positions);
        give(k, whole[0], whole[1]);
      }
    }
  }
  if (b.count == 1) give(0, lone.mean, lone.m2);
}

// body.template operator()<PerGroup>(bundle, first channel) for all channels.
template <class Body>
HWY_INLINE void each_bundle(const Grouping& g, const Body& body) {
  const Size width = g.group_channels(), most = std::max<Size>(1, bundle_channels / width);
  for (Size k = 0; k < g.groups; k += most) {
    const Bundle bundle{g.positions, g.channels, std::min(most, g.groups - k), width};
    if (bundle.count == 1) {
      body.template operator()<Lone>(bundle, k * width);
    } else {
      body.template operator()<Several>(bundle, k * width);
    }
  }
}

void group_statistics(const Grouping& g, const float* x, float* statistics, Size samples) {
  const V share = set(1.0f / static_cast<float>(g.block_floats())), eps = set(float(g.eps));
  const Size width = g.group_channels();
  for (Size n = 0; n < samples; ++n, x += g.sample_floats(), statistics += 3 * g.groups) {
    float *origin = statistics, *rest = origin + g.groups, *inverse = rest + g.groups;
    for (Size k = 0; k < g.groups; ++k) origin[k] = g.centred ? x[k * width] : 0.0f;
    each_bundle(g, [&]<class PerGroup>(const Bundle& b, Size from) HWY_ATTR {
      const Size first = from / width;
      const auto give = [&](Size k, float mean, float m2) HWY_ATTR {
        rest[first + k] = mean;
        inverse[first + k] = m2;
      };
      if (!g.centred) {
        sum_blocks<1>(
            b,
            [&](const auto& at, Size p, Size j) HWY_ATTR {
              const V value = at.load(x + from + p * b.stride + j);
              return std::array<V, 1>{hn::Mul(value, value)};
            },
            [&](Size k, const std::array<float, 1>& sum) HWY_ATTR { give(k, 0.0f, sum[0]); });
      } else if (b.positions == 1) {
        for (Size k = 0; k < b.count; ++k) {
          const auto [mean, m2] = row_moments(x + from + k * width, width);
          give(k, mean, m2);
        }
      } else {
        block_moments<PerGroup>(b, x + from, give);
      }
    });
    each_vector(g.groups, [&](const auto& at, Size k) HWY_ATTR {
      const V variance = hn::MulAdd(at.load(inverse + k), share, eps);
      at.store(hn::Div(set(1.0f), hn::Sqrt(variance)), inverse + k);
    });
  }
}

// The statistics of a bundle's groups, for its every channel.
template <class PerGroup>
struct Statistics {
  HWY_INLINE Statistics(const Grouping& g, const Bundle& b, const float* of_sample, Size from) {
    const float* own = of_sample + from / b.group_width;
    for (Size k = 0; k < b.count; ++k) {
      origin.set_group(k, b.group_width, own[k]);
      rest.set_group(k, b.group_width, own[g.groups + k]);
      inverse.set_group(k, b.group_width, own[2 * g.groups + k]);
    }
  }
  template <class At>
  HWY_INLINE V xhat(const At& at, V x, Size j) const {
    const V centred = hn::Sub(hn::Sub(x, origin.load(at, j)), rest.load(at, j));
    return hn::Mul(centred, inverse.load(at, j));
  }

  PerGroup origin, rest, inverse;
};

template <bool relu>
HWY_INLINE void normalize(const Grouping& g, const float* x, const float* statistics,
                          const float* gamma, const float* beta, float* y, bool far) {
  if (g.is_row()) return normalize_row<relu>(g.channels, x, statistics, gamma, beta, y, far);
  each_bundle(g, [&]<class PerGroup>(const Bundle& b, Size from) HWY_ATTR {
    const Statistics<PerGroup> own(g, b, statistics, from);
    each_row(
        b.positions, b.width(), b.stride,
        [&](const auto& at, Size j) HWY_ATTR {
          const V factor = hn::Mul(own.inverse.load(at, j), at.load(gamma + from + j));
          return std::array<V, 4>{own.origin.load(at, j), own.rest.load(at, j), factor,
                                  at.load(beta + from + j)};
        },
        [&](const auto& at, const std::array<V, 4>& column, Size i) HWY_ATTR {
          const V centred = hn::Sub(hn::Sub(at.load(x + from + i), column[0]), column[1]);
          const V out = hn::MulAdd(centred, column[2], column[3]);
          at.store(relu ? rectified(out) : out, y + from + i, far);
        });
  });
}

void group_norm(const Grouping& g, const float* x, const float* statistics, const float* gamma,
                const float* beta, float* y, Size samples, bool relu, bool far) {
  const Size step = g.sample_floats();
  for (Size n = 0; n < samples; ++n, x += step, y += step, statistics += 3 * g.groups) {
    if (relu) {
      normalize<true>(g, x, statistics, gamma, beta, y, far);
    } else {
      normalize<false>(g, x, statistics, gamma, beta, y, far);
    }
  }
}

void group_norm_backward(const Grouping& g, const float* x, const float* statistics,
                         const float* gamma, const float* dy, float* dx, Size samples, bool far) {
  const float share = 1.0f / static_cast<float>(g.block_floats());
  const Size step = g.sample_floats();
  for (Size n = 0; n < samples;
       ++n, x += step, dy += step, dx += step, statistics += 3 * g.groups) {
    if (g.is_row()) {
      row_backward(g, x, statistics, gamma, dy, dx, far);
      continue;
    }
    each_bundle(g, [&]<class PerGroup>(const Bundle& b, Size from) HWY_ATTR {
      const Statistics<PerGroup> own(g, b, statistics, from);
      PerGroup mean, mean_xhat;
      sum_blocks<2>(
          b,
          [&](const auto& at, Size p, Size j) HWY_ATTR {
            const Size i = p * b.stride + from + j;
            const V slope = hn::Mul(at.load(dy + i), at.load(gamma + from + j));
            return std::array<V, 2>{slope, hn::Mul(slope, own.xhat(at, at.load(x + i), j))};
          },
          [&](Size k, const std::array<float, 2>& sums) HWY_ATTR {
            mean.set_group(k, b.group_width, g.centred ? sums[0] * share : 0.0f);
            mean_xhat.set_group(k, b.group_width, sums[1] * share);
          });
      each_row(
          b.positions, b.width(), b.stride,
          [&](const auto& at, Size j) HWY_ATTR {
            return std::array<V, 6>{own.origin.load(at, j),  own.rest.load(at, j),
                                    own.inverse.load(at, j), at.load(gamma + from + j),
                                    mean.load(at, j),        mean_xhat.load(at, j)};
          },
          [&](const auto& at, const std::array<V, 6>& column, Size i) HWY_ATTR {
            const V centred = hn::Sub(hn::Sub(at.load(x + from + i), column[0]), column[1]);
            const V slope = hn::MulSub(at.load(dy + from + i), column[3], column[4]);
            const V xhat = hn::Mul(centred, column[2]);
            at.store(hn::Mul(column[2], hn::NegMulAdd(xhat, column[5], slope)), dx + from + i, far);
          });
    });
  }
}

void group_norm_backward_parameters(const Grouping& g, const float* x, const float* statistics,
                                    const float* dy, Size samples, float* dgamma, float* dbeta) {
  if (g.is_row()) {
    rows_backward_parameters(g.channels, x, statistics, dy, samples, dgamma, dbeta);
  } else if (samples == 0) {
    std::fill_n(dgamma, g.channels, 0.0f);
    std::fill_n(dbeta, g.channels, 0.0f);
  } else {
    const Size step = g.sample_floats();
    for (Size n = 0; n < samples; ++n, x += step, dy += step, statistics += 3 * g.groups) {
      each_bundle(g, [&]<class PerGroup>(const Bundle& b, Size from) HWY_ATTR {
        const Statistics<PerGroup> own(g, b, statistics, from);
        sum_columns<2>(b.positions, b.width(), {dgamma + from, dbeta + from}, n > 0,
                       [&](const auto& at, Size p, Size j) HWY_ATTR {
                         const Size i = p * b.stride + from + j;
                         const V d = at.load(dy + i);
                         return std::array<V, 2>{hn::Mul(d, own.xhat(at, at.load(x + i), j)), d};
                       });
      });
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace goodfit::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace goodfit::kernels {

HWY_EXPORT(group_statistics);
HWY_EXPORT(group_norm);
HWY_EXPORT(group_norm_backward);
HWY_EXPORT(group_norm_backward_parameters);

void group_statistics(const Grouping& g, const float* x, float* statistics, Size samples) {
  HWY_DYNAMIC_DISPATCH(group_statistics)(g, x, statistics, samples);
}

void group_norm(const Grouping& g, const float* x, const float* statistics, const float* gamma,
                const float* beta, float* y, Size samples, bool relu, bool far) {
  HWY_DYNAMIC_DISPATCH(group_norm)(g, x, statistics, gamma, beta, y, samples, relu, far);
}

void group_norm_backward(const Grouping& g, const float* x, const float* statistics,
                         const float* gamma, const float* dy, float* dx, Size samples, bool far) {
  HWY_DYNAMIC_DISPATCH(group_norm_backward)(g, x, statistics, gamma, dy, dx, samples, far);
}

void group_norm_backward_parameters(const Grouping& g, const float* x, const float* statistics,
                                    const float* dy, Size samples, float* dgamma, float* dbeta) {
  HWY_DYNAMIC_DISPATCH(group_norm_backward_parameters)
  (g, x, statistics, dy, samples, dgamma, dbeta);
}

}  // namespace goodfit::kernels
#endif
