// A dataset of your own that makes its samples, and a callback that watches the run and ends it.
#include <cmath>
#include <goodfit/goodfit.hpp>
#include <iostream>
using namespace goodfit;

// Two interleaved spirals, one class each: no straight line can part them.
struct Spirals {
  Size samples = 2000;
  double noise = 0.02;
  std::uint64_t seed = 1;

  static constexpr Card card{"spirals", "Two interleaved spirals in the plane."};
  static constexpr auto fields() {
    return Fields{
        field("samples", &Spirals::samples, at_least(2), "of both classes together"),
        field("noise", &Spirals::noise, at_least(0), "standard deviation around the arms"),
        field("seed", &Spirals::seed, "of the noise"),
    };
  }

  Data load(const Wanted&) const {
    Random random(seed, stream_of("spirals"));
    Data data{.features = {"x", "y"}, .classes = {"one arm", "the other"}};
    data.train.shape = {2};
    for (Size i = 0; i < samples; ++i) {
      const double way = 0.1 + 0.9 * random.uniform(), turn = 9 * way + 3.14159265 * double(i % 2);
      data.train.features.push_back(float(way * std::cos(turn) + noise * random.normal()));
      data.train.features.push_back(float(way * std::sin(turn) + noise * random.normal()));
      data.train.targets.push_back(float(i % 2));
    }
    return data;
  }
};

struct UntilGood : Callback {
  void on_epoch(const EpochReport& report) override {
    for (const auto& [name, value] : report.validation)
      if (name == "accuracy") good = value >= 0.99;
    if (report.epoch % 10 == 0 || good)
      std::cout << "epoch " << report.epoch << " loss " << report.train_loss << "\n";
  }
  bool wants_stop() override { return good; }
  bool good = false;
};

int main() {
  UntilGood watcher;
  const Recipe recipe{
      .data = Spirals{},
      .model = {Dense{.out = 64}, Relu{}, Dense{.out = 64}, Relu{}, Dense{.out = 2}},
      .lr = 5e-3,
      .epochs = 200,
      .metrics = {Accuracy{}},
  };
  train(recipe, {.callbacks = {&watcher}});
  std::cout << (watcher.good ? "99 % after all\n" : "not good enough\n");
}
