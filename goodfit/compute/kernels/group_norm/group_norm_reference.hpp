// Group norm: the formulas of group_norm.hpp, one element at a time.
#pragma once
#include <cmath>

#include "goodfit/compute/kernels/group_norm/group_norm.hpp"

namespace goodfit::kernels::reference {

// visit(element, channel, its statistics: origin, rest and inv are G apart) in each sample.
template <class T, class Visit>
void each_of_group(const Grouping& g, const T* statistics, Size n, Size group, const Visit& visit) {
  const Size width = g.group_channels(), sample = n * g.sample_floats();
  const T* own = statistics + n * 3 * g.groups + group;
  const auto xhat = [&](T x) { return (x - own[0] - own[g.groups]) * own[2 * g.groups]; };
  for (Size p = 0; p < g.positions; ++p)
    for (Size c = group * width; c < (group + 1) * width; ++c)
      visit(sample + p * g.channels + c, c, xhat);
}
template <class T, class Visit>
void each_group(const Grouping& g, const T* statistics, Size samples, const Visit& visit) {
  for (Size n = 0; n < samples; ++n)
    for (Size k = 0; k < g.groups; ++k)
      visit([&, n, k](const auto& element) { each_of_group(g, statistics, n, k, element); },
            statistics[(n * 3 + 2) * g.groups + k]);
}

template <class T>
void group_statistics(const Grouping& g, const T* x, T* statistics, Size samples) {
  using std::sqrt;
  const T count(double(g.block_floats()));
  for (Size n = 0; n < samples; ++n)
    for (Size k = 0; k < g.groups; ++k) {
      T* own = statistics + n * 3 * g.groups + k;
      const auto each = [&](const auto& visit) {
        each_of_group(g, statistics, n, k, [&](Size i, Size, const auto&) { visit(x[i]); });
      };
      const Size first = n * g.sample_floats() + k * g.group_channels();
      const T origin = g.centred ? x[first] : T(0);
      T sum(0), squares(0);
      if (g.centred) each([&](T value) { sum += value - origin; });
      const T rest = sum / count;
      each([&](T value) { squares += (value - origin - rest) * (value - origin - rest); });
      own[0] = origin, own[g.groups] = rest;
      own[2 * g.groups] = T(1) / sqrt(squares / count + T(g.eps));
    }
}

template <class T>
void group_norm(const Grouping& g, const T* x, const T* statistics, const T* gamma, const T* beta,
                T* y, Size samples, bool relu, bool = false) {
  each_group(g, statistics, samples, [&](const auto& each, T) {
    each([&](Size i, Size c, const auto& xhat) {
      const T out = xhat(x[i]) * gamma[c] + beta[c];
      y[i] = relu && out < T(0) ? T(0) : out;
    });
  });
}

template <class T>
void group_norm_backward(const Grouping& g, const T* x, const T* statistics, const T* gamma,
                         const T* dy, T* dx, Size samples, bool = false) {
  const T count(double(g.block_floats()));
  each_group(g, statistics, samples, [&](const auto& each, T inverse) {
    T sum(0), sum_xhat(0);
    each([&](Size i, Size c, const auto& xhat) {
      if (g.centred) sum += dy[i] * gamma[c];
      sum_xhat += dy[i] * gamma[c] * xhat(x[i]);
    });
    each([&](Size i, Size c, const auto& xhat) {
      dx[i] = inverse * (dy[i] * gamma[c] - sum / count - xhat(x[i]) * (sum_xhat / count));
    });
  });
}

template <class T>
void group_norm_backward_parameters(const Grouping& g, const T* x, const T* statistics, const T* dy,
                                    Size samples, T* dgamma, T* dbeta) {
  for (Size c = 0; c < g.channels; ++c) dgamma[c] = dbeta[c] = T(0);
  each_group(g, statistics, samples, [&](const auto& each, T) {
    each([&](Size i, Size c, const auto& xhat) {
      dgamma[c] += dy[i] * xhat(x[i]);
      dbeta[c] += dy[i];
    });
  });
}

}  // namespace goodfit::kernels::reference
