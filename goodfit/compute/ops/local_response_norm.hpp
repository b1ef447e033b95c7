// Local response norm: y[c] = x[c] / (k + α s[c] / n)^β, with s the sum of squares over n channels
// around c.
//
//   s[c] = Σ x[j]² for j = c − ⌊n/2⌋ … c + ⌊(n − 1)/2⌋, those that there are
//   d = k + α s / n    dx[c] = dy[c] d[c]^−β − 2 α β / n · x[c] Σ dy[j] x[j] d[j]^(−β−1)
//                      over the j whose window holds c
//
// As PyTorch counts it: α is divided by n even where a window is cut.
// Source: Krizhevsky, Sutskever & Hinton 2012, "ImageNet Classification with Deep Convolutional
// Neural Networks", section 3.3.
#pragma once
#include <cmath>

#include "goodfit/base/text.hpp"
#include "goodfit/compute/graph/graph.hpp"

namespace goodfit {

struct LocalResponse {
  Size size = 5;
  double alpha = 1e-4, beta = 0.75, k = 1;
  std::string text() const { return formatted("{} {} {} {}", size, alpha, beta, k); }

  template <class T>
  T scale(T sum) const {
    return T(k) + T(alpha / double(size)) * sum;
  }
};

// s of x; or of anything the sum without squares, as the gradient needs it. `before` and `after`:
// channels of the window on both sides.
struct WindowSumOp final : PlainOp<WindowSumOp> {
  WindowSumOp(Size channels_before, Size channels_after, bool of_squares)
      : before(channels_before), after(channels_after), squares(of_squares) {}
  Size before, after;
  bool squares;
  std::string_view name() const override { return "window_sum"; }
  std::string settings() const override {
    return formatted("{} {}{}", before, after, squares ? " squares" : "");
  }
  Shape shape(const Shapes& in) const override { return in[0]; }
  template <class T>
  void work(const Call<T>& c) const {
    const Size width = c.channels(0);
    const T* x = c.batch(0);
    T* out = c.out + c.first();
    for (Size r = 0; r < c.vectors(0); ++r, x += width, out += width)
      for (Size j = 0; j < width; ++j) {
        T sum(0);
        for (Size i = std::max<Size>(0, j - before); i <= std::min(width - 1, j + after); ++i)
          sum += squares ? x[i] * x[i] : x[i];
        out[j] = sum;
      }
  }
};

// Inputs x, s, dy → dy x d^(−β−1): what the windows' sums of squares get.
struct LocalResponseShareOp final : PlainOp<LocalResponseShareOp> {
  explicit LocalResponseShareOp(const LocalResponse& how) : norm(how) {}
  LocalResponse norm;
  std::string_view name() const override { return "local_response_share"; }
  std::string settings() const override { return norm.text(); }
  Shape shape(const Shapes& in) const override { return in[0]; }
  bool may_overwrite(int) const override { return true; }
  template <class T>
  void work(const Call<T>& c) const {
    for (Size i = c.first(); i < c.first() + c.count(); ++i)
      c.out[i] = c.in[2][i] * c.in[0][i] * std::pow(norm.scale(c.in[1][i]), T(-norm.beta - 1));
  }
};

// Inputs x, s, dy, the shares summed over windows → dx.
struct LocalResponseBackwardOp final : PlainOp<LocalResponseBackwardOp> {
  explicit LocalResponseBackwardOp(const LocalResponse& how) : norm(how) {}
  LocalResponse norm;
  std::string_view name() const override { return "local_response_backward"; }
  std::string settings() const override { return norm.text(); }
  Shape shape(const Shapes& in) const override { return in[0]; }
  bool may_overwrite(int) const override { return true; }
  template <class T>
  void work(const Call<T>& c) const {
    const T factor = T(2 * norm.alpha * norm.beta / double(norm.size));
    for (Size i = c.first(); i < c.first() + c.count(); ++i)
      c.out[i] = c.in[2][i] * std::pow(norm.scale(c.in[1][i]), T(-norm.beta)) -
                 factor * c.in[0][i] * c.in[3][i];
  }
};

// Inputs x, s. The gradient of x holds the path through s.
struct LocalResponseOp final : PlainOp<LocalResponseOp> {
  explicit LocalResponseOp(const LocalResponse& how) : norm(how) {}
  LocalResponse norm;
  std::string_view name() const override { return "local_response_norm"; }
  std::string settings() const override { return norm.text(); }
  Shape shape(const Shapes& in) const override { return in[0]; }
  bool may_overwrite(int) const override { return true; }
  template <class T>
  void work(const Call<T>& c) const {
    for (Size i = c.first(); i < c.first() + c.count(); ++i)
      c.out[i] = c.in[0][i] * std::pow(norm.scale(c.in[1][i]), T(-norm.beta));
  }
  Values gradient(const Values& in, Value, Value dy) const override {
    Graph& graph = *dy.graph;
    const Value shares = graph.add(LocalResponseShareOp(norm), {in[0], in[1], dy});
    const Value around =
        graph.add(WindowSumOp((norm.size - 1) / 2, norm.size / 2, false), {shares});
    return {graph.add(LocalResponseBackwardOp(norm), {in[0], in[1], dy, around}), {}};
  }
};

inline Value local_response_norm(Value x, const LocalResponse& how) {
  const Value sums = x.graph->add(WindowSumOp(how.size / 2, (how.size - 1) / 2, true), {x});
  return x.graph->add(LocalResponseOp(how), {x, sums});
}

}  // namespace goodfit
