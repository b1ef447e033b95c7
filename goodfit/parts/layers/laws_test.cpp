// Laws that every layer of the catalogue obeys. A new layer needs an example in
// examples_testing.hpp.
#include "goodfit/parts/layers/examples_testing.hpp"

namespace goodfit {
namespace {

std::string text(const std::vector<Layer>& layers) {
  std::string all;
  for (const Layer& layer : layers) all += layer.write(Which::changed).shown() + " ";
  return all;
}

}  // namespace

TEST(Layers, EachHasAnExample) {
  for (const std::string& name : Layers::names())
    EXPECT_TRUE(
        std::any_of(layer_examples().begin(), layer_examples().end(),
                    [&](const LayerExample& example) { return example.layers[0].key() == name; }))
        << name << " needs an example in examples_testing.hpp";
}

TEST(Layers, GradientsAreThoseOfFiniteDifferencesInEveryMode) {
  for (const LayerExample& example : layer_examples())
    for (const Mode mode : {Mode::train, Mode::evaluate, Mode::sample})
      for (const Size rows : {5, 3}) {
        Built net(example.layers, example.sample, 5, mode);
        Values wanted = net.net.parameters();
        if (!takes_ids(example)) wanted.push_back(net.x);
        // Of a large net's many kinks, a smaller step meets fewer.
        const double step = example.most > 0 ? 1e-5 : 1e-3;
        const GradientCheck how{
            .rows = rows, .step = step, .most = example.most, .leaves = example.leaves};
        Values checked = net.net.penalties();
        checked.push_back(net.y);
        for (const Value& value : checked)
          EXPECT_LT(gradient_error(value, wanted, how), 1e-6)
              << text(example.layers) << "mode " << int(mode) << ", " << rows << " samples";
      }
}

TEST(Layers, HaveTheSameNumbersInEveryMode) {
  for (const LayerExample& example : layer_examples()) {
    const Built train(example.layers, example.sample, 5, Mode::train);
    for (const Mode mode : {Mode::evaluate, Mode::sample}) {
      const Built other(example.layers, example.sample, 1, mode);
      EXPECT_EQ(other.names(true), train.names(true)) << text(example.layers);
      EXPECT_EQ(other.names(false), train.names(false)) << text(example.layers);
      EXPECT_EQ(other.y.shape().without_first(), train.y.shape().without_first());
    }
  }
}

// Norms by statistics of the batch, and nets that have one.
bool mixes_samples(const LayerExample& example) {
  const std::string all = text(example.layers);
  for (const char* name : {"batch_norm", "batch_renorm", "switchable_norm"})
    if (all.find(name) != all.npos) return true;
  return false;
}

TEST(Layers, MixSamplesInTrainingAloneAndOnlyByStatisticsOfTheBatch) {
  for (const LayerExample& example : layer_examples())
    for (const Mode mode : {Mode::train, Mode::evaluate, Mode::sample}) {
      Built net(example.layers, example.sample, 2, mode);
      const Size width = example.sample.count();
      Numbers x(std::size_t(2 * width));
      for (std::size_t i = 0; i < x.size(); ++i)
        x[i] = takes_ids(example) ? double(i % 3) : std::sin(double(i));
      const Store fresh = net.store;
      const Numbers before = net.run(x);
      for (Size i = width; i < 2 * width; ++i) x[std::size_t(i)] += 1;
      net.store = fresh;  // running statistics have moved
      const Numbers after = net.run(x);
      const bool alone =
          std::equal(before.begin(), before.begin() + net.y.shape().row(), after.begin());
      EXPECT_EQ(alone, mode != Mode::train || !mixes_samples(example))
          << text(example.layers) << "mode " << int(mode);
    }
}

TEST(Layers, SurviveWriting) {
  for (const LayerExample& example : layer_examples())
    for (const Layer& layer : example.layers)
      for (const Which which : {Which::all, Which::changed}) {
        const Setting written = layer.write(which);
        EXPECT_EQ(Layer::read(written), layer) << written.shown();
      }
}

TEST(Layers, AreReadByTheirNameAndRefuseOthers) {
  Layers::each([]<class Part>() {
    const std::string key(Part::card.key);
    EXPECT_FALSE(Part::card.about.empty()) << key;
    Setting table{Setting::Table{{"type", key}}};
    const Part standard;
    each_field<Part>([&](const auto& f) {  // what must be said
      if constexpr (std::same_as<std::remove_cvref_t<decltype(standard.*f.at)>, Size>)
        if (!f.range.holds(double(standard.*f.at))) table[f.key] = 3;
    });
    EXPECT_EQ(Layer::read(table).key(), key);
    table["no_such_setting"] = 1;
    expect_error([&] { Layer::read(table); }, "no_such_setting");
  });
  expect_error([] { Layer::read("no_such_part"); }, "batch_norm");
}

TEST(Layers, KeepTheRangesOfTheirSettings) { expect_ranges_are_kept<Layers>(); }

}  // namespace goodfit
