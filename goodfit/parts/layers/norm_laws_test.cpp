// Laws of the norms: what they promise of means, variances and samples, as plans in float.
#include "goodfit/compute/engine/executor.hpp"
#include "goodfit/parts/layers/catalogue.hpp"
#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {
namespace {

constexpr Size rows = 6, positions = 10, channels = 8;
const Shape sample{2, 5, channels};

// In float, by a plan; the shards of Built have two samples.
std::vector<float> planned(const Layer& layer, const std::vector<float>& x, int threads = 1) {
  Built net({layer}, sample, rows);
  PlanOptions always;
  always.flops_worth_threads = 0;
  const Plan plan = make_plan(net.graph, {net.y.id}, always);
  Threads pool(threads);
  Executor executor(plan, net.store, pool);
  std::copy(x.begin(), x.end(), executor.input("input").begin());
  executor.run(rows, 1, 0);
  const ConstSpan y = executor.root(0);
  return {y.begin(), y.end()};
}

// Multiples of 1/64, so that float holds them beside a mean of 1e4.
std::vector<float> numbers(double mean, double deviation) {
  Random random(3, 0);
  std::vector<float> x(std::size_t(rows * positions * channels));
  for (float& value : x) value = float(std::round(64 * deviation * random.normal()) / 64 + mean);
  return x;
}

// Blocks of a norm's statistics, by the number of the block of sample n and channel c.
struct NormCase {
  Layer layer;
  std::function<Size(Size n, Size c)> block;
  double within;  // what a mean of 1e4 costs in float
};
std::vector<NormCase> centring() {
  const auto each = [](Size n, Size c) { return n * channels + c; };
  return {
      {GroupNorm{.groups = 4, .eps = 1e-9}, [](Size n, Size c) { return n * 4 + c / 2; }, 1e-5},
      {GroupNorm{.groups = 1, .eps = 1e-9}, [](Size n, Size) { return n; }, 1e-5},
      {InstanceNorm{.eps = 1e-9}, each, 1e-5},
      // A batch's mean is one float: it is off by up to half of 2⁻¹⁰ at 1e4.
      {BatchNorm{.eps = 1e-9}, [](Size, Size c) { return c; }, 1e-3},
      {BatchRenorm{.eps = 1e-9}, [](Size, Size c) { return c; }, 1e-3},
      {GhostBatchNorm{.size = 2, .eps = 1e-9}, [](Size n, Size c) { return n / 2 * channels + c; },
       1e-3},
  };
}

struct MeanAndVariance {
  double mean = 0, variance = 0;
};
std::map<Size, MeanAndVariance> moments(const NormCase& norm, const std::vector<float>& y) {
  std::map<Size, std::vector<double>> blocks;
  for (Size i = 0; i < Size(y.size()); ++i)
    blocks[norm.block(i / (positions * channels), i % channels)].push_back(
        double(y[std::size_t(i)]));
  std::map<Size, MeanAndVariance> found;
  for (const auto& [block, values] : blocks) {
    MeanAndVariance& own = found[block];
    for (const double v : values) own.mean += v / double(values.size());
    for (const double v : values) own.variance += (v - own.mean) * (v - own.mean);
    own.variance /= double(values.size());
  }
  return found;
}

}  // namespace

TEST(NormLaws, MeanIsZeroAndVarianceOneHoweverLargeTheMeanWas) {
  for (const NormCase& norm : centring())
    for (const double mean : {0.0, -1e4, 1e4})
      for (const auto& [block, own] : moments(norm, planned(norm.layer, numbers(mean, 1)))) {
        const double most = mean == 0 ? 1e-5 : norm.within;
        EXPECT_NEAR(own.mean, 0, most) << norm.layer.key() << " of mean " << mean;
        EXPECT_NEAR(own.variance, 1, most) << norm.layer.key() << " of mean " << mean;
      }
}

TEST(NormLaws, LayerNormDoesSoForEachPosition) {
  for (const double mean : {0.0, -1e4, 1e4}) {
    const std::vector<float> y = planned(LayerNorm{.eps = 1e-9}, numbers(mean, 1));
    for (std::size_t at = 0; at < y.size(); at += channels) {
      double sum = 0, squares = 0;
      for (std::size_t j = at; j < at + channels; ++j) {
        sum += double(y[j]);
        squares += double(y[j]) * double(y[j]);
      }
      EXPECT_NEAR(sum / channels, 0, 1e-5);
      EXPECT_NEAR(squares / channels, 1, 1e-5);
    }
  }
}

TEST(NormLaws, MeanSquareIsOneWhereNothingIsCentred) {
  const std::vector<float> x = numbers(3, 1);
  const std::vector<float> rms = planned(RmsNorm{.eps = 1e-9}, x);
  for (std::size_t at = 0; at < x.size(); at += channels) {
    double squares = 0;
    for (std::size_t j = at; j < at + channels; ++j) squares += double(rms[j]) * double(rms[j]);
    EXPECT_NEAR(squares / channels, 1, 1e-5);
  }
  const std::vector<float> response =
      planned(FilterResponseNorm{.eps = 1e-9, .threshold = false}, x);
  for (Size n = 0; n < rows; ++n)
    for (Size c = 0; c < channels; ++c) {
      double squares = 0;
      for (Size p = 0; p < positions; ++p)
        squares += std::pow(double(response[std::size_t((n * positions + p) * channels + c)]), 2);
      EXPECT_NEAR(squares / positions, 1, 1e-5);
    }
}

// A norm that is new must be put into one of the laws above, or be named here with its reason.
TEST(NormLaws, OfMeanAndVarianceSpeakOfEveryNorm) {
  std::set<std::string> spoken{
      "layer_norm", "rms_norm", "filter_response_norm",
      "switchable_norm",       // a mixture; its own test says that it is each of its three
      "local_response_norm"};  // divides by neighbours, and promises no moments
  for (const NormCase& norm : centring()) spoken.insert(std::string(norm.layer.key()));
  for (const std::string& name : Layers::names())
    EXPECT_TRUE(name.find("norm") == name.npos || spoken.count(name)) << name;
}

TEST(NormLaws, AChangeOfOneSampleMovesNoOtherWhereSamplesAreAlone) {
  const std::vector<float> x = numbers(0, 1);
  std::vector<float> other = x;
  for (std::size_t i = 0; i < std::size_t(positions * channels); ++i) other[i] = 3 * x[i] + 1;
  const auto moves_another = [&](const Layer& layer) {
    const std::vector<float> before = planned(layer, x), after = planned(layer, other);
    return !std::equal(before.begin() + positions * channels, before.end(),
                       after.begin() + positions * channels);
  };
  for (const Layer& layer :
       {Layer(GroupNorm{.groups = 4}), Layer(InstanceNorm{}), Layer(LayerNorm{}), Layer(RmsNorm{}),
        Layer(FilterResponseNorm{}), Layer(LocalResponseNorm{})})
    EXPECT_FALSE(moves_another(layer)) << layer.key();
  for (const Layer& layer :
       {Layer(BatchNorm{}), Layer(SwitchableNorm{}), Layer(GhostBatchNorm{.size = 2})})
    EXPECT_TRUE(moves_another(layer)) << layer.key();
}

TEST(NormLaws, BitsDoNotDependOnTheNumberOfThreads) {
  const std::vector<float> x = numbers(3, 1);
  for (const Layer& layer :
       {Layer(GroupNorm{.groups = 4}), Layer(InstanceNorm{}), Layer(RmsNorm{}),
        Layer(FilterResponseNorm{}), Layer(LocalResponseNorm{}), Layer(SwitchableNorm{}),
        Layer(BatchRenorm{}), Layer(GhostBatchNorm{.size = 1}), Layer(GhostBatchNorm{.size = 4})})
    EXPECT_EQ(planned(layer, x, 3), planned(layer, x, 1)) << layer.key();
}

TEST(NormLaws, AConstantPerChannelIsTakenOutByThoseThatSaySo) {
  std::set<std::string> named;
  Layers::each([&]<class Part>() {
    if constexpr (requires { Part::centers_channels; }) {
      static_assert(Part::centers_channels);
      named.insert(std::string(Part::card.key));
      const std::vector<float> x = numbers(0, 1);
      std::vector<float> shifted = x;
      for (std::size_t i = 0; i < x.size(); ++i) shifted[i] += float(i % channels) - 3;
      const std::vector<float> y = planned(Part{}, x), z = planned(Part{}, shifted);
      for (std::size_t i = 0; i < y.size(); ++i)
        ASSERT_NEAR(y[i], z[i], 1e-5) << Part::card.key << " " << i;
    }
  });
  EXPECT_EQ(named, (std::set<std::string>{"batch_norm", "batch_renorm", "ghost_batch_norm",
                                          "instance_norm"}));
}

}  // namespace goodfit
