// Run: what happened. The trained model, its history, and where it lies on disk.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>

#include "goodfit/parts/metrics/confusion.hpp"
#include "goodfit/train/recipe/recipe.hpp"
#include "goodfit/train/record/signature.hpp"
#include "goodfit/train/trainer/callback.hpp"

namespace goodfit {

class Network;
class Store;

// Of an epoch that time cut short, the weights it had reached were scored like those of others.
enum class Ending { finished, stopped_early, reached_target, out_of_time, interrupted };
std::string_view name_of(Ending ending);  // "stopped_early", as the record has it

class Run {
 public:
  Run(Recipe recipe, Signature signature, std::shared_ptr<Store> weights);

  const Recipe& recipe() const { return recipe_; }
  const Signature& signature() const { return signature_; }
  Store& weights() { return *weights_; }
  const Store& weights() const { return *weights_; }
  const std::shared_ptr<Store>& shared_weights() const { return weights_; }

  // The score of the best epoch by name ("accuracy", "loss"), on the validation samples.
  double best(std::string_view name) const;

  // Loss and metrics of the model on samples. Throws Error when they do not fit the model.
  Scores evaluate(const Samples& samples, int threads = 0) const;
  // How often samples of each class were taken for each. Throws Error when the model knows none.
  Confusion confusion(const Samples& samples, int threads = 0) const;
  // Outputs [samples, outputs], as the loss means them: probabilities of classes, of the second
  // class alone or of each label (bce), scores (hinge), numbers, or means and then deviations
  // (gaussian_nll).
  // A Predictor does it for one sample after another.
  std::vector<float> predict(const Samples& samples, int threads = 0) const;
  // The same with dropout active: `passes` results, [passes, samples, outputs]. Throws Error when
  // `passes` is less than 1. A Sampler does it for one sample after another.
  std::vector<float> sample(const Samples& samples, Size passes, std::uint64_t seed = 0,
                            int threads = 0) const;
  // The same some samples at a time, for where all results are too many: `see` gets those of `rows`
  // samples from number `begin` on, [passes, rows, outputs].
  using Seen = std::function<void(Size begin, Size rows, ConstSpan outputs)>;
  void each_sampled(const Samples& samples, Size passes, std::uint64_t seed, const Seen& see,
                    int threads = 0) const;

  // Whether such passes differ: a model with nothing random in it always says the same.
  bool draws() const;

  // From now on evaluate, predict, sample, save and exports are those of the outputs at this
  // temperature, which is 1 until then: see temperature.hpp. Throws Error when the outputs do not
  // say how sure they are, or T is not within 0.001 … 1000.
  void set_temperature(double temperature);

  // The weights as safetensors, with PyTorch's names and layouts.
  void save(const std::filesystem::path& file) const;

  Ending ending = Ending::finished;
  Size epochs = 0;      // done
  Size best_epoch = 0;  // from 1; its weights are the ones here
  double seconds = 0;
  std::vector<EpochReport> history;
  Scores best_scores;  // of the best epoch, on the validation samples
  Scores test_scores;  // empty when there are no test samples
  Scores zeros;  // after training, where regularizers make weights exactly 0: shares, "all" first
  std::filesystem::path folder;  // empty: nothing was written

 private:
  void evaluated_by(const std::function<void(Network&)>& use, const Samples& samples,
                    int threads) const;
  Recipe recipe_;
  Signature signature_;
  std::shared_ptr<Store> weights_;
};

// A run from its folder: recipe.toml, model.safetensors, and the history of record.jsonl.
// Throws Error that names what is missing or broken.
Run load_run(const std::filesystem::path& folder);

}  // namespace goodfit
