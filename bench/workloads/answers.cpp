// Answers: one object at a time through a trained network, as a program asks that cannot wait for
// a batch.
//
//   floor: the products, and each weight read once
#include "bench/training.hpp"
#include "bench/workloads/catalogue.hpp"
#include "goodfit/goodfit.hpp"

namespace goodfit::bench {
namespace {

class Answers final : public Workload {
 public:
  Answers(const std::vector<Size>& widths, bool norm, Threads& threads) {
    const Recipe recipe{.model = dense_task(widths, norm).model, .seed = 1};
    Signature signature;
    signature.sample = {widths.front()};
    auto weights = std::make_shared<Store>();
    const Network built(recipe, signature, Mode::evaluate, 1, *weights, threads);
    weights_ = weights;
    predict_.emplace(Run(recipe, signature, weights), 1, threads.count());
    Random random(1, stream_of("object"));
    for (Size i = 0; i < widths.front(); ++i) object_.push_back(float(random.normal()));
    for (std::size_t i = 1; i < widths.size(); ++i)
      floor_.flops += 2 * double(widths[i - 1] * widths[i]);
    floor_.bytes = 4 * double(weights->all().size());
    floor_.one_core = floor_.flops < 1e5;
  }

  void step() override { (*predict_)(object_); }
  double check() override {
    double sum = 0;
    const ConstSpan p = (*predict_)(object_);
    for (const float share : p) sum += double(share) * double(share);
    return sum / double(p.size());
  }
  TensorFile shared() const override {
    TensorFile file;
    for (const Stored& stored : weights_->tensors()) {
      const ConstSpan values = std::as_const(*weights_).at(stored.name);
      file.tensors.push_back({stored.name, stored.shape, {values.begin(), values.end()}});
    }
    file.tensors.push_back({"object", {1, Size(object_.size())}, object_});
    return file;
  }
  Floor floor() const override { return floor_; }

 private:
  std::shared_ptr<Store> weights_;
  std::optional<Predictor> predict_;
  std::vector<float> object_;
  Floor floor_;
};

}  // namespace

std::unique_ptr<Workload> answer_of_mlp(Threads& threads) {
  return std::make_unique<Answers>(std::vector<Size>{784, 512, 512, 10}, true, threads);
}
std::unique_ptr<Workload> answer_of_textbook_net(Threads& threads) {
  return std::make_unique<Answers>(std::vector<Size>{4, 8, 3}, false, threads);
}

}  // namespace goodfit::bench
