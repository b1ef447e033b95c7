#include "goodfit/compute/kernels/pooling/pooling.hpp"

#include "goodfit/compute/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "goodfit/compute/kernels/pooling/pooling.cpp"
#include <hwy/foreach_target.h>

#include "goodfit/compute/kernels/pooling/largest-inl.hpp"
#include "goodfit/compute/kernels/reductions-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels {
namespace HWY_NAMESPACE {

// A window of an image: visit(pixel's floats, number) in the order of the sums.
struct Window {
  const Pooling& g;
  Size top, bottom, left, right;

  template <class Visit>
  HWY_INLINE void each_pixel(const Visit& visit) const {
    Size number = 0;
    for (Size i = top; i < bottom; ++i) {
      for (Size j = left; j < right; ++j) visit((i * g.width.in + j) * g.channels, number++);
    }
  }
};

// The same of 2 × 2 pixels, which most have: without a loop.
struct Square {
  Size first, right, below;  // floats: of the first pixel, and to its neighbors

  template <class Visit>
  HWY_INLINE void each_pixel(const Visit& visit) const {
    visit(first, Size{0});
    visit(first + right, Size{1});
    visit(first + below, Size{2});
    visit(first + below + right, Size{3});
  }
};

// body(window, output's floats) for the windows of a sample.
template <class Body>
void windows(const Pooling& g, const Body& body) {
  const Size line = g.width.in * g.channels;
  each_window(g, [&](Size output, Size top, Size bottom, Size left, Size right) HWY_ATTR {
    if (bottom - top == 2 && right - left == 2) {
      body(Square{top * line + left * g.channels, g.channels, line}, output * g.channels);
    } else {
      body(Window{g, top, bottom, left, right}, output * g.channels);
    }
  });
}

// What windows give back to the pixels of a sample: added up, or just stored where no two meet.
struct Gradient {
  float* dx;
  bool apart;  // no pixel lies in two windows

  Gradient(const Pooling& g, float* sample)
      : dx(sample), apart(g.height.up >= g.height.kernel && g.width.up >= g.width.kernel) {
    const auto covered = [](const ConvolutionAxis& axis) {
      return axis.up == axis.kernel && axis.out * axis.up - axis.pad >= axis.in;
    };
    if (!apart || !covered(g.height) || !covered(g.width))
      std::memset(dx, 0, std::size_t(g.input_floats()) * sizeof(float));
  }
  template <class At>
  HWY_INLINE void give(const At& at, V slope, Size to) const {
    at.store(apart ? slope : hn::Add(at.load(dx + to), slope), dx + to);
  }
};

// The largest pixel of a window, marked by its number; the window `below` is fetched beforehand.
template <class At, class In>
HWY_INLINE Largest largest(const At& at, const In& window, const float* x, Size below) {
  Largest most(zero(), zero());
  window.each_pixel([&](Size pixel, Size number) HWY_ATTR {
    fetch<Next::is_read>(x + pixel + below);
    const V here = at.load(x + pixel);
    if (number == 0) {
      most.value = here;
    } else {
      most.see(here, set(static_cast<float>(number)));
    }
  });
  return most;
}

void max_pool(const Pooling& g, const float* x, Size samples, float* y) {
  const Size below = g.height.up * g.width.in * g.channels;  // to the windows below
  for (Size n = 0; n < samples; ++n, x += g.input_floats(), y += g.output_floats()) {
    windows(g, [&](const auto& window, Size output) HWY_ATTR {
      each_vector(g.channels, [&](const auto& at, Size c) HWY_ATTR {
        at.store(largest(at, window, x + c, below).value, y + output + c);
      });
    });
  }
}

void max_pool_backward(const Pooling& g, const float* x, const float* dy, Size samples, float* dx) {
  const Size below = g.height.up * g.width.in * g.channels;  // to the windows below
  for (Size n = 0; n < samples; ++n) {
    const Gradient gradient(g, dx);
    windows(g, [&](const auto& window, Size output) HWY_ATTR {
      each_vector(g.channels, [&](const auto& at, Size c) HWY_ATTR {
        const V number_of_largest = largest(at, window, x + c, below).mark;
        const V slope = at.load(dy + output + c);
        window.each_pixel([&](Size pixel, Size number) HWY_ATTR {
          fetch<Next::is_written>(dx + pixel + c + below);
          const auto here = hn::Eq(number_of_largest, set(static_cast<float>(number)));
          gradient.give(at, hn::IfThenElseZero(here, slope), pixel + c);
        });
      });
    });
    x += g.input_floats(), dx += g.input_floats(), dy += g.output_floats();
  }
}

void avg_pool(const Pooling& g, const float* x, Size samples, float* y) {
  const V area = set(float(g.area()));
  for (Size n = 0; n < samples; ++n, x += g.input_floats(), y += g.output_floats()) {
    windows(g, [&](const auto& window, Size output) HWY_ATTR {
      each_vector(g.channels, [&](const auto& at, Size c) HWY_ATTR {
        V sum = zero();
        window.each_pixel([&](Size pixel, Size)
                              HWY_ATTR { sum = hn::Add(sum, at.load(x + pixel + c)); });
        at.store(hn::Div(sum, area), y + output + c);
      });
    });
  }
}

void avg_pool_backward(const Pooling& g, const float* dy, Size samples, float* dx) {
  const V area = set(float(g.area()));
  for (Size n = 0; n < samples; ++n, dx += g.input_floats(), dy += g.output_floats()) {
    const Gradient gradient(g, dx);
    windows(g, [&](const auto& window, Size output) HWY_ATTR {
      each_vector(g.channels, [&](const auto& at, Size c) HWY_ATTR {
        const V slope = hn::Div(at.load(dy + output + c), area);
        window.each_pixel([&](Size pixel, Size) HWY_ATTR { gradient.give(at, slope, pixel + c); });
      });
    });
  }
}

void mean_positions(const float* x, Size samples, Size positions, Size c, float* y) {
  const V count = set(float(positions));
  for (Size n = 0; n < samples; ++n, x += positions * c, y += c) {
    sum_columns<1>(positions, c, {y}, false, [&](const auto& at, Size p, Size j) HWY_ATTR {
      return std::array<V, 1>{at.load(x + p * c + j)};
    });
    each_vector(c, [&](const auto& at, Size j)
                       HWY_ATTR { at.store(hn::Div(at.load(y + j), count), y + j); });
  }
}

void mean_positions_backward(const float* dy, Size samples, Size positions, Size c, float* dx) {
  const V count = set(float(positions));
  for (Size n = 0; n < samples; ++n, dy += c) {
    for (Size p = 0; p < positions; ++p, dx += c) {
      each_vector(c, [&](const auto& at, Size j)
                         HWY_ATTR { at.store(hn::Div(at.load(dy + j), count), dx + j); });
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace goodfit::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace goodfit::kernels {

HWY_EXPORT(max_pool);
HWY_EXPORT(max_pool_backward);
HWY_EXPORT(avg_pool);
HWY_EXPORT(avg_pool_backward);
HWY_EXPORT(mean_positions);
HWY_EXPORT(mean_positions_backward);

void max_pool(const Pooling& g, const float* x, Size samples, float* y) {
  HWY_DYNAMIC_DISPATCH(max_pool)(g, x, samples, y);
}

void max_pool_backward(const Pooling& g, const float* x, const float* dy, Size samples, float* dx) {
  HWY_DYNAMIC_DISPATCH(max_pool_backward)(g, x, dy, samples, dx);
}

void avg_pool(const Pooling& g, const float* x, Size samples, float* y) {
  HWY_DYNAMIC_DISPATCH(avg_pool)(g, x, samples, y);
}

void avg_pool_backward(const Pooling& g, const float* dy, Size samples, float* dx) {
  HWY_DYNAMIC_DISPATCH(avg_pool_backward)(g, dy, samples, dx);
}

void mean_positions(const float* x, Size samples, Size positions, Size c, float* y) {
  HWY_DYNAMIC_DISPATCH(mean_positions)(x, samples, positions, c, y);
}

void mean_positions_backward(const float* dy, Size samples, Size positions, Size c, float* dx) {
  HWY_DYNAMIC_DISPATCH(mean_positions_backward)(dy, samples, positions, c, dx);
}

}  // namespace goodfit::kernels
#endif
