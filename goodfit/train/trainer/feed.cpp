#include "goodfit/train/trainer/feed.hpp"

namespace goodfit {

void Feed::fill(std::span<const Size> rows, Size batch, Span features, Span targets) {
  portion_.gather(rows, features, targets, threads_);
  const Size count = Size(rows.size());
  if (goals_ > portion_.samples->target_width)
    for (Size i = count; i-- > 0;) {  // from the last, as labels lie in front of what they become
      const auto label = std::size_t(targets[std::size_t(i)]);
      const Span shares = targets.subspan(std::size_t(i * goals_), std::size_t(goals_));
      std::fill(shares.begin(), shares.end(), 0.0f);
      shares[label] = 1;
    }
  const Shape& sample = portion_.samples->shape;
  const Batch whole{sample,
                    count,
                    goals_,
                    features.first(std::size_t(count * sample.count())),
                    targets.first(std::size_t(count * goals_)),
                    &scratch_};
  for (std::size_t i = 0; i < transforms_.size(); ++i) {
    const std::uint32_t stream = stream_of(transforms_[i].key()) + std::uint32_t(i);
    Random random(seed_, stream, std::uint32_t(batch));
    transforms_[i].apply(whole, random);
  }
}

}  // namespace goodfit
