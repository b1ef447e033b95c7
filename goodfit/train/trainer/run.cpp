#include "goodfit/train/trainer/run.hpp"

#include <numeric>

#include "goodfit/base/files.hpp"
#include "goodfit/base/json.hpp"
#include "goodfit/parts/datasets/read_ahead.hpp"
#include "goodfit/train/record/model_file.hpp"
#include "goodfit/train/record/record.hpp"
#include "goodfit/train/trainer/network.hpp"
#include "goodfit/train/trainer/passes.hpp"
#include "goodfit/train/trainer/predictor.hpp"
#include "goodfit/train/trainer/sampler.hpp"
#include "goodfit/train/trainer/temperature.hpp"

namespace goodfit {
namespace {

constexpr Size rows_at_a_time = 256;  // large enough that threads pay, small enough for the cache

void check_fits(const Samples& samples, const Signature& signature) {
  if (samples.shape != signature.sample)
    fail("samples of shape {} do not fit a model for {}", samples.shape.text(),
         signature.sample.text());
}

// The features of samples one after the other, a batch at a time.
class Batches {
 public:
  Batches(const Samples& samples, Size batch) : samples_(samples), rows_(std::size_t(batch)) {
    if (!samples.reader) return;
    std::vector<Size> all(std::size_t(samples.count()));
    std::iota(all.begin(), all.end(), Size{0});
    samples.reader->expect(all, batch);
  }
  ConstSpan features(Size begin, Size rows) {
    const Size width = samples_.shape.count();
    if (!samples_.reader)
      return ConstSpan(samples_.features)
          .subspan(std::size_t(begin * width), std::size_t(rows * width));
    rows_.resize(std::size_t(rows));
    std::iota(rows_.begin(), rows_.end(), begin);
    read_.resize(std::size_t(rows * width));
    samples_.reader->take(rows_, read_);
    return read_;
  }

 private:
  const Samples& samples_;
  std::vector<Size> rows_;
  std::vector<float> read_;
};

}  // namespace

std::string_view name_of(Ending ending) {
  switch (ending) {
    case Ending::finished:
      return "finished";
    case Ending::stopped_early:
      return "stopped_early";
    case Ending::reached_target:
      return "reached_target";
    case Ending::out_of_time:
      return "out_of_time";
    case Ending::interrupted:
      break;
  }
  return "interrupted";
}

Run::Run(Recipe recipe, Signature signature, std::shared_ptr<Store> weights)
    : recipe_(std::move(recipe)), signature_(std::move(signature)), weights_(std::move(weights)) {}

double Run::best(std::string_view name) const {
  std::vector<std::string> known;
  for (const auto& [score, value] : best_scores) {
    if (score == name) return value;
    known.push_back(score);
  }
  fail_unknown("", "score", name, known);
}

void Run::evaluated_by(const std::function<void(Network&)>& use, const Samples& samples,
                       int threads) const {
  check_fits(samples, signature_);
  if (samples.count() == 0) fail("there are no samples to evaluate");
  if (Size(samples.targets.size()) != samples.count() * samples.target_width)
    fail("{} samples to evaluate need {} target values of width {}, found {}", samples.count(),
         samples.count() * samples.target_width, samples.target_width, samples.targets.size());
  Threads pool(threads);
  Signature signature = signature_;
  Network network(recipe_, signature, Mode::evaluate, std::min(rows_at_a_time, samples.count()),
                  *weights_, pool, PlanOptions{.weights_stay = true});
  use(network);
}

Scores Run::evaluate(const Samples& samples, int threads) const {
  Scores scores;
  evaluated_by(
      [&](Network& network) {
        scores = score(network, whole(samples), metrics_of(recipe_, samples.target_width));
      },
      samples, threads);
  return scores;
}

Confusion Run::confusion(const Samples& samples, int threads) const {
  const Meaning meaning = recipe_.loss.meaning();
  if (!has_classes(meaning))
    fail("a confusion matrix is for classes, which the outputs for {} are not", recipe_.loss.key());
  if (meaning == Meaning::binary && samples.target_width > 1)
    fail("a confusion matrix is for one class per sample, not for {} times yes or no",
         samples.target_width);
  Confusion confusion;
  evaluated_by(
      [&](Network& network) {
        each_outcome(network, whole(samples),
                     [&](const Outcome& outcome) { confusion.add(outcome); });
      },
      samples, threads);
  return confusion;
}

std::vector<float> Run::predict(const Samples& samples, int threads) const {
  check_fits(samples, signature_);
  const Size count = samples.count();
  if (count == 0) return {};
  Predictor predictor(*this, std::min(rows_at_a_time, count), threads);
  std::vector<float> all;
  Batches batches(samples, predictor.rows());
  for (Size begin = 0; begin < count; begin += predictor.rows()) {
    const Size rows = std::min(predictor.rows(), count - begin);
    const ConstSpan outputs = predictor(batches.features(begin, rows));
    all.insert(all.end(), outputs.begin(), outputs.end());
  }
  return all;
}

void Run::each_sampled(const Samples& samples, Size passes, std::uint64_t seed, const Seen& see,
                       int threads) const {
  check_fits(samples, signature_);
  const Size count = samples.count();
  if (count == 0) return;
  Sampler sampler(*this, passes, count, threads);
  Batches batches(samples, sampler.rows());
  for (Size begin = 0; begin < count; begin += sampler.rows()) {
    const Size rows = std::min(sampler.rows(), count - begin);
    see(begin, rows, sampler(batches.features(begin, rows), seed, begin));
  }
}

std::vector<float> Run::sample(const Samples& samples, Size passes, std::uint64_t seed,
                               int threads) const {
  std::vector<float> all;
  const auto take = [&](Size begin, Size rows, ConstSpan some) {
    const Size out = Size(some.size()) / (passes * rows), count = samples.count();
    all.resize(std::size_t(passes * count * out));
    for (Size pass = 0; pass < passes; ++pass)
      std::copy_n(some.data() + pass * rows * out, rows * out,
                  all.data() + (pass * count + begin) * out);
  };
  each_sampled(samples, passes, seed, take, threads);
  return all;
}

bool Run::draws() const { return draws_in_passes(recipe_, signature_); }

void Run::set_temperature(double temperature) {
  if (!has_temperature(recipe_.loss.meaning()))
    fail(
        "a temperature is for outputs that say how sure they are, which those for {} do not; take "
        "cross_entropy or bce for classes, gaussian_nll for numbers",
        recipe_.loss.key());
  check_number("temperature", temperature, temperature_range);
  signature_.temperature = temperature;
}

void Run::save(const std::filesystem::path& file) const {
  write_model(file, *weights_, signature_);
}

Run load_run(const std::filesystem::path& folder) {
  const auto recipe_file = folder / "recipe.toml", model_file = folder / "model.safetensors";
  if (!std::filesystem::is_directory(folder))
    fail("{}: no such run; a run is the folder that `goodfit train` names at its end",
         folder.string());
  if (!std::filesystem::exists(recipe_file))
    fail("{}: this folder holds no run: recipe.toml is missing", folder.string());
  const Recipe recipe = read_recipe(recipe_file);
  if (!std::filesystem::exists(model_file))
    fail("{}: this run has no model yet: it ended before its first epoch was over",
         folder.string());
  const ModelFile model = read_model(model_file);
  // Building the network adds the tensors that the recipe asks for; the file must have just these.
  auto weights = std::make_shared<Store>();
  Threads one(1);
  Signature signature = model.signature;
  const Network built(recipe, signature, Mode::evaluate, 1, *weights, one);
  take_weights(model, *weights, model_file);
  Run run(recipe, signature, weights);
  run.folder = folder;
  run.history = read_history(folder);
  run.epochs = Size(run.history.size());
  for (const EpochReport& epoch : run.history) {
    run.seconds = epoch.seconds;
    if (epoch.best) run.best_epoch = epoch.epoch, run.best_scores = epoch.validation;
  }
  return run;
}

}  // namespace goodfit
