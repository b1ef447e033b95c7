#include "goodfit/train/trainer/predictor.hpp"

#include "goodfit/train/trainer/network.hpp"
#include "goodfit/train/trainer/run.hpp"

namespace goodfit {

struct Predictor::Model {
  Recipe recipe;
  Signature signature;
  std::shared_ptr<Store> weights;
  Threads pool;
  Network network;
  std::vector<float> outputs;

  Model(const Run& run, Size rows, int threads)
      : recipe(run.recipe()),
        signature(run.signature()),
        weights(run.shared_weights()),
        pool(threads),
        network(recipe, signature, Mode::evaluate, rows, *weights, pool, {.weights_stay = true},
                false),
        outputs(std::size_t(rows * places())) {}
  Size places() const { return signature.outputs * network.positions(); }  // numbers of a sample
};

Predictor::Predictor(const Run& run, Size rows, int threads) {
  if (rows < 1) fail("a predictor for {} samples is not allowed: at least 1", rows);
  model_ = std::make_unique<Model>(run, rows, threads);
}
Predictor::Predictor(Predictor&&) noexcept = default;
Predictor::~Predictor() = default;

Size Predictor::rows() const { return model_->network.rows(); }

ConstSpan Predictor::operator()(ConstSpan features) {
  Model& model = *model_;
  const Size count = model.signature.samples_in(features, rows());
  std::copy(features.begin(), features.end(), model.network.input().begin());
  model.network.run(count, 0, 0);
  const Span some = Span(model.outputs).first(std::size_t(count * model.places()));
  std::copy_n(model.network.outputs().begin(), some.size(), some.begin());
  as_meant(some, model.signature.outputs, model.recipe.loss.meaning());
  return some;
}

}  // namespace goodfit
