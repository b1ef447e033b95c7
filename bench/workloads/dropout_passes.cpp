// Dropout passes: a thousand answers of one network for one object, a distribution in place of a
// number.
//
//   784-512-512-10 with batch norm and dropout 0.5, in mode sample, as `goodfit predict --samples`,
//   made ready once
//   floor: (F_prefix + T F_suffix) / P     what stands before the first dropout is the same in all
//                                          passes: only products behind it are needed T times
#include "bench/training.hpp"
#include "bench/workloads/catalogue.hpp"
#include "goodfit/compute/kernels/softmax/softmax.hpp"
#include "goodfit/goodfit.hpp"

namespace goodfit::bench {
namespace {

constexpr Size inputs = 784, width = 512, classes = 10, passes = 1000;

class DropoutPasses final : public Workload {
 public:
  explicit DropoutPasses(Threads& threads)
      : threads_(threads),
        recipe_{.model = dense_task({inputs, width, width, classes}, true, 0.5).model, .seed = 1},
        weights_(std::make_shared<Store>()) {
    signature_.sample = {inputs};
    const Network built(recipe_, signature_, Mode::evaluate, 1, *weights_, threads);
    run_ = std::make_unique<Run>(recipe_, signature_, weights_);
    sampler_ = std::make_unique<Sampler>(*run_, passes, 1, threads.count());
    Random random(1, stream_of("object"));
    object_.shape = {inputs};
    for (Size i = 0; i < inputs; ++i) object_.features.push_back(float(random.normal()));
    object_.targets = {0};
  }

  void step() override { (*sampler_)(object_.features, seed); }

  // The mean square of the probabilities without dropout. On the way: that the passes have the bits
  // of a plain loop.
  double check() override {
    const ConstSpan found = (*sampler_)(object_.features, seed);
    if (std::vector<float>(found.begin(), found.end()) != plain_loop())
      fail("W6: the passes differ from those of a plain loop");
    double sum = 0;
    for (const float p : run_->predict(object_, threads_.count())) sum += double(p) * double(p);
    return sum / double(classes);
  }

  TensorFile shared() const override {
    TensorFile file;
    for (const Stored& stored : weights_->tensors()) {
      const ConstSpan values = std::as_const(*weights_).at(stored.name);
      file.tensors.push_back({stored.name, stored.shape, {values.begin(), values.end()}});
    }
    file.tensors.push_back({"object", {1, inputs}, object_.features});
    return file;
  }

  Floor floor() const override {
    constexpr double prefix = 2 * inputs * width, suffix = 2 * width * (width + classes);
    return {prefix + double(passes) * suffix, 0, false};
  }

 private:
  static constexpr std::uint64_t seed = 1;

  std::vector<float> plain_loop() {
    Signature signature = signature_;
    Network network(recipe_, signature, Mode::sample, 1, *weights_, threads_);
    std::copy(object_.features.begin(), object_.features.end(), network.input().begin());
    std::vector<float> all;
    for (Size pass = 0; pass < passes; ++pass) {
      network.run(1, seed, 0, {}, {}, pass);
      all.insert(all.end(), network.outputs().begin(), network.outputs().end());
      float* const row = all.data() + all.size() - classes;
      kernels::softmax(row, row, 1, classes);
    }
    return all;
  }

  Threads& threads_;
  Recipe recipe_;
  Signature signature_;
  std::shared_ptr<Store> weights_;
  std::unique_ptr<Run> run_;
  std::unique_ptr<Sampler> sampler_;
  Samples object_;
};

}  // namespace

std::unique_ptr<Workload> dropout_passes(Threads& threads) {
  return std::make_unique<DropoutPasses>(threads);
}

}  // namespace goodfit::bench
