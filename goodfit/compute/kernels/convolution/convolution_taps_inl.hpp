// Convolution taps: a tile of outputs that see the same taps, compiled once per target; included by
// kernel sources alone.
#if defined(GOODFIT_CONVOLUTION_TAPS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef GOODFIT_CONVOLUTION_TAPS_INL
#undef GOODFIT_CONVOLUTION_TAPS_INL
#else
#define GOODFIT_CONVOLUTION_TAPS_INL
#endif

#include "goodfit/compute/kernels/gemm/gemm_tile_inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels::HWY_NAMESPACE {
namespace {

// What a tile runs over: taps down, taps across, and floats that lie side by side in x and as steps
// of a panel.
struct Taps {
  Size down, across, length;
  Size a_down, a_across;  // strides of x
  Size b_down, b_across;  // strides of the panel
};

// The same as a list of where each step lies in x and in the panel, of sums so short that loops
// within loops cost as much as the products: those of one and three channels. Longer ones have
// none.
class Steps {
 public:
  explicit Steps(const Taps& taps) {
    const Size all = taps.down * taps.across * taps.length;
    if (taps.length >= 16 || all > Size(steps_.size())) return;
    for (; count_ < all; ++count_) {
      const Size i = count_ % taps.length, tap = count_ / taps.length;
      const Size r = tap / taps.across, s = tap % taps.across;
      steps_[size_t(count_)] = {r * taps.a_down + s * taps.a_across + i,
                                r * taps.b_down + s * taps.b_across + i * panel};
    }
  }
  struct Step {
    Size a, b;
  };
  const Step* begin() const { return steps_.data(); }
  const Step* end() const { return steps_.data() + count_; }
  bool none() const { return count_ == 0; }

 private:
  std::array<Step, 64> steps_;
  Size count_ = 0;
};

template <int Rows, int Vectors>
void run_taps(const TileTask& task, const float* x, float* y, const Taps& taps,
              const Steps& steps) {
  Tile<Rows, Vectors> tile;
  start_tile(tile, task, y);
  const Size a_row = task.a_row;
  for (const Steps::Step& step : steps) {
    Strip<Vectors> strip;
    strip.load(task.b + step.b, panel);
    tile.multiply_add(x + step.a, a_row, strip);
  }
  for (Size r = 0; steps.none() && r < taps.down; ++r) {
    for (Size s = 0; s < taps.across; ++s) {
      const float* a = x + r * taps.a_down + s * taps.a_across;
      const float* b = task.b + r * taps.b_down + s * taps.b_across;
      sum_products(tile, a, a_row, 1, b, panel, panel, taps.length);
    }
  }
  finish_tile(tile, task, task.bias, y);
}

using RunTaps = void (*)(const TileTask&, const float* x, float* y, const Taps&, const Steps&);
template <int Vectors, int... Rows>
constexpr std::array<RunTaps, sizeof...(Rows)> tap_heights(std::integer_sequence<int, Rows...>) {
  return {&run_taps<Rows + 1, Vectors>...};
}
template <int Vectors>
RunTaps taps_tile(Size rows) {
  static constexpr auto tiles =
      tap_heights<Vectors>(std::make_integer_sequence<int, highest_tile<Vectors>>());
  return tiles[size_t(rows - 1)];
}

}  // namespace
}  // namespace goodfit::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
