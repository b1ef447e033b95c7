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
  Size a_down = 0, a_across = 0;  // strides of x
  Size b_down = 0, b_across = 0;  // strides of the panel
};

// The same as a list of where each step lies in x and in the panel: of loops within loops a
// processor does not foresee where each ends, which costs a twentieth of short sums. Longer ones
// have no list, nor have those of a few tiles, for which it is not worth making.
class Steps {
 public:
  Steps(const Taps& taps, Size tiles) {
    const Size loops = taps.down * taps.across, all = loops * taps.length;
    const Size reach = taps.down * taps.a_down + taps.across * taps.a_across + taps.length;
    if (tiles < 4 || all > (loops > 1 ? most : one_loop) || reach > INT32_MAX) return;
    for (Size r = 0; r < taps.down; ++r)
      for (Size s = 0; s < taps.across; ++s)
        for (Size i = 0; i < taps.length; ++i)
          steps_[count_++] = {int32_t(r * taps.a_down + s * taps.a_across + i),
                              int32_t(r * taps.b_down + s * taps.b_across + i * panel)};
  }
  struct Step {
    int32_t a, b;
  };
  const Step* begin() const { return steps_.data(); }
  const Step* end() const { return steps_.data() + count_; }
  bool none() const { return count_ == 0; }

 private:
  static constexpr Size most = 1280, one_loop = 64;
  std::array<Step, most> steps_;
  std::size_t count_ = 0;
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
