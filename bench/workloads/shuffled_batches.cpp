// Shuffled batches: the samples of a batch gathered from all over the set, before every step.
//
//   floor: each number of the batch read and written once
#include "bench/workloads/catalogue.hpp"
#include "goodfit/goodfit.hpp"
#include "goodfit/train/trainer/splits.hpp"

namespace goodfit::bench {
namespace {

constexpr Size count = 20000, width = 784, batch = 128;

class ShuffledBatches final : public Workload {
 public:
  explicit ShuffledBatches(Threads& threads)
      : threads_(threads), features_(batch * width), targets_(batch) {
    Random random(1, stream_of("samples"));
    samples_.shape = {width};
    for (Size i = 0; i < count * width; ++i) samples_.features.push_back(float(random.uniform()));
    for (Size i = 0; i < count; ++i) samples_.targets.push_back(float(random.below(10)));
    portion_ = whole(samples_);
    order_ = permutation(count, random);
  }

  void reset() override { at_ = 0; }
  void step() override {
    portion_.gather(std::span(order_).subspan(at_, std::size_t(batch)), features_, targets_,
                    &threads_);
    at_ = (at_ + std::size_t(batch)) % std::size_t(count - count % batch);
  }

  double check() override {  // the mean of the first batch
    reset();
    step();
    double sum = 0;
    for (const float x : features_) sum += double(x);
    return sum / double(features_.size());
  }

  TensorFile shared() const override {
    return {{{"features", {count, width}, samples_.features},
             {"targets", {count}, samples_.targets},
             {"order", {count}, {order_.begin(), order_.end()}}},
            {}};
  }

  Floor floor() const override { return {0, 8.0 * double(features_.size())}; }

 private:
  Threads& threads_;
  Samples samples_;
  Portion portion_;
  std::vector<Size> order_;
  std::vector<float> features_, targets_;
  std::size_t at_ = 0;
};

}  // namespace

std::unique_ptr<Workload> shuffled_batches(Threads& threads) {
  return std::make_unique<ShuffledBatches>(threads);
}

}  // namespace goodfit::bench
