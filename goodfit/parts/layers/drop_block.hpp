// Drop block: drops squares of `block` by `block` pixels of a channel, and scales what is kept.
//
//   x, y: [batch, H, W, C]   y = x · mask · units / kept, counted in each sample
//   a square begins with probability γ = p H W / (block² (H − block + 1) (W − block + 1)), so about
//   p of the pixels are dropped; somewhat fewer, as squares overlap
//
// For convolutions, where what single pixels lose their neighbours still tell. Active in training
// and in sampling. p may rise over the first `ramp` steps of training, which the paper found to
// help; sampling takes all of it. Source: Ghiasi, Lin & Le 2018, arXiv:1810.12890, eq. 1; γ as timm
// has it.
#pragma once
#include "goodfit/compute/ops/drop_block.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct DropBlock {
  double p = 0.1;
  Size block = 7;
  Size ramp = 0;

  static constexpr Card card{"drop_block", "Drops squares of a channel at random."};
  static constexpr auto fields() {
    return Fields{
        field("p", &DropBlock::p, share, "share of the pixels to drop"),
        field("block", &DropBlock::block, at_least(1), "pixels along an edge of a square"),
        field("ramp", &DropBlock::ramp, at_least(0), "steps over which p rises from 0"),
    };
  }

  Value build(Net& net, Value x) const {
    const Shape sample = x.shape().without_first();
    if (sample.rank() != 3)
      fail("it is for images [height, width, channels], not for samples of shape {}",
           sample.text());
    if (block > std::min(sample[0], sample[1]))
      fail("a block of {} pixels does not fit images of {} by {}: choose at most {}", block,
           sample[0], sample[1], std::min(sample[0], sample[1]));
    if (net.mode() == Mode::evaluate || p == 0) return x;
    return goodfit::drop_block(x, p, block, net.mode() == Mode::train ? ramp : 0, net.stream());
  }
};

}  // namespace goodfit
