// Optimizer step: all weights answer a gradient that stays the same; memory decides.
//
//   bytes per parameter: adam 28 (w, m, v read and written, g read), momentum and rmsprop 20
#include <fmt/core.h>

#include "bench/training.hpp"
#include "bench/workloads/catalogue.hpp"
#include "goodfit/base/machine.hpp"
#include "goodfit/goodfit.hpp"

namespace goodfit::bench {
namespace {

constexpr int checked_steps = 20;

class OptimizerStep final : public Workload {
 public:
  OptimizerStep(const Optimizer& optimizer, double lr, Size count, Size size, double bytes,
                Threads& threads)
      : threads_(threads), floor_{0, bytes * double(count * size)} {
    Random random(1, stream_of("weights"));
    const auto numbers = [&] {
      std::vector<float> made = zeros_for(std::size_t(size));
      for (float& x : made) x = float(random.uniform() - 0.5);
      return made;
    };
    for (Size i = 0; i < count; ++i) {
      first_.push_back(numbers());
      gradients_.push_back(numbers());
      weights_.push_back(zeros_for(std::size_t(size)));
    }
    std::vector<Tiles::Tensor> tensors;
    for (std::size_t i = 0; i < weights_.size(); ++i)
      tensors.push_back({weights_[i], gradients_[i]});
    tiles_ = std::make_unique<Tiles>(optimizer, lr, tensors);
    reset();
  }

  void reset() override {
    for (std::size_t i = 0; i < weights_.size(); ++i)
      std::copy(first_[i].begin(), first_[i].end(), weights_[i].begin());
    tiles_->reset();
  }

  void step() override {
    finish_ = tiles_->next();
    const auto work = [](void* context, Size unit, int) {
      const Finish& finish = static_cast<const OptimizerStep*>(context)->finish_;
      finish.work(finish.context, unit);
    };
    threads_.run(finish_.units, work, this);
  }

  // The mean square of the weights.
  double check() override {
    reset();
    for (int i = 0; i < checked_steps; ++i) step();
    double sum = 0, count = 0;
    for (const std::vector<float>& weight : weights_) {
      for (const float w : weight) sum += double(w) * double(w);
      count += double(weight.size());
    }
    return sum / count;
  }

  TensorFile shared() const override {
    TensorFile file;
    for (std::size_t i = 0; i < first_.size(); ++i) {
      const Shape shape{Size(first_[i].size())};
      file.tensors.push_back({fmt::format("weight.{}", i), shape, first_[i]});
      file.tensors.push_back({fmt::format("gradient.{}", i), shape, gradients_[i]});
    }
    return file;
  }

  Floor floor() const override { return floor_; }

 private:
  Threads& threads_;
  Floor floor_;
  std::vector<std::vector<float>> first_, weights_, gradients_;
  std::unique_ptr<Tiles> tiles_;
  Finish finish_;
};

constexpr Size many = 10, large = 1000000;

}  // namespace

std::unique_ptr<Workload> adam_step(Threads& threads) {
  return std::make_unique<OptimizerStep>(Adam{}, 1e-3, many, large, 28, threads);
}
std::unique_ptr<Workload> momentum_step(Threads& threads) {
  return std::make_unique<OptimizerStep>(Sgd{.momentum = 0.9}, 1e-2, many, large, 20, threads);
}
std::unique_ptr<Workload> rmsprop_step(Threads& threads) {
  return std::make_unique<OptimizerStep>(Rmsprop{}, 1e-3, many, large, 20, threads);
}
std::unique_ptr<Workload> small_tensors_step(Threads& threads) {
  return std::make_unique<OptimizerStep>(Adam{}, 1e-3, 100, 4096, 28, threads);
}

}  // namespace goodfit::bench
