#include "goodfit/train/trainer/sampler.hpp"

#include "goodfit/train/trainer/network.hpp"
#include "goodfit/train/trainer/passes.hpp"
#include "goodfit/train/trainer/run.hpp"

namespace goodfit {

struct Sampler::Model {
  Signature signature;
  Meaning meaning;
  std::shared_ptr<Store> weights;
  Threads pool;
  Passes network;
  std::vector<float> outputs;

  Model(const Run& run, Size passes, Size rows, int threads)
      : signature(run.signature()),
        meaning(run.recipe().loss.meaning()),
        weights(run.shared_weights()),
        pool(threads),
        network(run.recipe(), signature, rows, passes, *weights, pool) {
    outputs.reserve(std::size_t(passes * network.samples_at_a_time() * network.outputs()));
  }
};

Sampler::Sampler(const Run& run, Size passes, Size rows, int threads) {
  if (rows < 1 || passes < 1)
    fail("{} passes over {} samples are not allowed: at least 1 of each", passes, rows);
  model_ = std::make_unique<Model>(run, passes, rows, threads);
}
Sampler::Sampler(Sampler&&) noexcept = default;
Sampler::~Sampler() = default;

Size Sampler::passes() const { return model_->network.passes(); }
Size Sampler::rows() const { return model_->network.samples_at_a_time(); }

ConstSpan Sampler::operator()(ConstSpan features, std::uint64_t seed, Size begin) {
  Model& model = *model_;
  const Size count = model.signature.samples_in(features, rows());
  model.outputs.clear();
  model.network.run(features, begin, count, seed, [&](Size, ConstSpan some) {
    model.outputs.insert(model.outputs.end(), some.begin(), some.end());
  });
  as_meant(model.outputs, model.signature.outputs, model.meaning);
  return model.outputs;
}

}  // namespace goodfit
