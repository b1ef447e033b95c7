#include "goodfit/study/shift/joint.hpp"

#include <algorithm>
#include <cmath>

#include "goodfit/parts/datasets/in_memory.hpp"
#include "goodfit/parts/layers/dense.hpp"
#include "goodfit/parts/layers/silu.hpp"
#include "goodfit/parts/layers/table_inputs.hpp"
#include "goodfit/parts/losses/cross_entropy.hpp"
#include "goodfit/parts/optimizers/adamw.hpp"
#include "goodfit/parts/schedules/one_cycle.hpp"
#include "goodfit/study/shift/two_samples.hpp"
#include "goodfit/train/trainer/train.hpp"

namespace goodfit {
namespace {

constexpr Size most_compared = 5000, least_rows = 40, most_shuffled = 40;

// Half of some rows to learn from and half to be ranked, each row the features and nothing else.
struct Halves {
  Samples learned, ranked;
};

class Test {
 public:
  Test(const Samples& old, const Samples& next, const std::vector<SummarizedFeature>& features,
       std::uint64_t seed)
      : features_(features), random_(seed, stream_of("joint")), seed_(seed) {
    const Size n = std::min({old.count(), most_compared, 4 * next.count()});
    const Size m = std::min({next.count(), most_compared, 4 * old.count()});
    for (Samples* half : {&halves_.learned, &halves_.ranked}) half->shape = {Size(features.size())};
    add(old, n, 0), add(next, m, 1);
  }

  Joint run() {
    const Run run = train(recipe(), {});
    const Ranking all = ranking(run, halves_.ranked);
    Joint joint{all.auc, all.p, halves_.ranked.count()};
    if (all.p < Shift::level) name_features(run, all.auc, joint);
    return joint;
  }

 private:
  void add(const Samples& from, Size count, float label) {
    const std::vector<Size> order = permutation(from.count(), random_);
    const Size width = from.shape.count();
    for (Size i = 0; i < count; ++i) {
      Samples& to = i < count / 2 ? halves_.learned : halves_.ranked;
      for (const SummarizedFeature& feature : features_)
        to.features.push_back(
            from.features[std::size_t(order[std::size_t(i)] * width + feature.at)]);
      to.targets.push_back(label);
    }
  }

  Recipe recipe() const {
    TableInputs inputs;
    for (std::size_t i = 0; i < features_.size(); ++i) {
      // Two values are a number, 0 and 1.
      const Size values = Size(features_[i].values.size());
      inputs.values.push_back(values > 2 ? values - 1 : 0);
      if (values == 0 && any_missing(i)) inputs.missing.push_back(Size(i));
    }
    const Size count = halves_.learned.count();
    Data data{.train = halves_.learned};
    data.classes = {"old", "new"};
    Recipe recipe{
        .data = in_memory(std::move(data)),
        .model = {inputs, Dense{.out = 64}, Silu{}, Dense{.out = 64}, Silu{}, Dense{.out = 2}},
        .loss = CrossEntropy{},
        .optimizer = AdamW{.weight_decay = 0.1},
        .lr = OneCycle{.max = 5e-3}};
    recipe.batch = count < 1000 ? 16 : 64;
    recipe.epochs = std::clamp<Size>(2000 * recipe.batch / count, 15, 60);
    recipe.seed = seed_;
    recipe.split.validation = 0.2;
    recipe.stop.patience = recipe.epochs / 3;
    return recipe;
  }

  bool any_missing(std::size_t feature) const {
    const std::vector<float>& all = halves_.learned.features;
    for (std::size_t i = feature; i < all.size(); i += features_.size())
      if (std::isnan(all[i])) return true;
    return false;
  }

  static Ranking ranking(const Run& run, const Samples& samples) {
    const std::vector<float> shares = run.predict(samples);
    std::vector<float> old, next;
    for (std::size_t i = 0; i < samples.targets.size(); ++i)
      (samples.targets[i] == 0 ? old : next).push_back(shares[2 * i + 1]);
    return rank_test(old, next);
  }

  void name_features(const Run& run, double auc, Joint& joint) {
    const std::size_t width = features_.size(), rows = std::size_t(halves_.ranked.count());
    if (Size(width) > most_shuffled) return;
    std::vector<std::pair<double, std::size_t>> losses;
    for (std::size_t j = 0; j < width; ++j) {
      Samples shuffled = halves_.ranked;
      const std::vector<Size> order = permutation(Size(rows), random_);
      for (std::size_t i = 0; i < rows; ++i)
        shuffled.features[i * width + j] =
            halves_.ranked.features[std::size_t(order[i]) * width + j];
      losses.emplace_back(auc - ranking(run, shuffled).auc, j);
    }
    std::sort(losses.rbegin(), losses.rend());
    for (const auto& [loss, j] : losses)
      if (loss >= losses.front().first / 4 && loss > 0.01 && joint.by.size() < 4)
        joint.by.push_back(features_[j].name);
  }

  const std::vector<SummarizedFeature>& features_;
  Random random_;
  std::uint64_t seed_;
  Halves halves_;
};

}  // namespace

std::optional<Joint> joint_test(const Samples& old, const Samples& next,
                                const std::vector<SummarizedFeature>& features,
                                std::uint64_t seed) {
  if (std::min(old.count(), next.count()) < least_rows || features.size() < 2) return std::nullopt;
  return Test(old, next, features, seed).run();
}

}  // namespace goodfit
