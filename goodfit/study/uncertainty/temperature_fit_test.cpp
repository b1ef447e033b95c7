#include "goodfit/study/uncertainty/temperature_fit.hpp"

#include "goodfit/parts/metrics/classes.hpp"
#include "goodfit/train/record/model_file.hpp"
#include "goodfit/train/trainer/splits.hpp"
#include "goodfit/train/trainer/testing.hpp"

namespace goodfit {
namespace {

// Logits, and labels drawn from what they say at a temperature.
struct Drawn {
  std::vector<float> logits, labels;
  Size width;

  Drawn(Size rows, Size classes, double temperature, std::uint64_t seed) : width(classes) {
    Random random(seed, stream_of("logits"));
    for (Size i = 0; i < rows; ++i) {
      std::vector<double> z, p;
      for (Size j = 0; j < classes; ++j) {
        logits.push_back(float(4 * random.normal()));
        z.push_back(double(logits.back()) / temperature);
      }
      if (classes == 1) z.insert(z.begin(), 0);  // of no
      double sum = 0, below = 0;
      for (const double x : z) sum += std::exp(x);
      const double u = random.uniform();
      Size label = 0;
      for (; label + 1 < Size(z.size()); ++label)
        if (u < (below += std::exp(z[std::size_t(label)]) / sum)) break;
      labels.push_back(float(label));
    }
  }
  Outcome outcome() const { return {logits, labels, Size(labels.size()), width, 1}; }
  double log_loss(double temperature) const {
    std::vector<float> scaled = logits;
    for (float& z : scaled) z = float(double(z) / temperature);
    double sum = 0;
    const Outcome at{scaled, labels, Size(labels.size()), width, 1};
    for (Size i = 0; i < at.rows; ++i) {
      const ClassRow row(at, i);
      sum += ClassOdds(row).surprise(row.target);
    }
    return sum;
  }
};

double score_of(const Scores& scores, std::string_view name) {
  for (const auto& [key, value] : scores)
    if (key == name) return value;
  return std::nan("");
}

// Digits of which a fifth of the labels are chance.
Recipe doubtful_digits() {
  Wanted wanted;
  Data data = Dataset(Csv{.path = "data/digits.csv.gz"}).load(wanted);
  Random random(2, stream_of("labels"));
  for (float& label : data.train.targets)
    if (random.uniform() < 0.2) label = float(random.below(10));
  Recipe recipe{.data = in_memory(std::move(data)),
                .model = {Standardize{}, Dense{.out = 64}, Relu{}, Dense{.out = 10}},
                .loss = CrossEntropy{}};
  recipe.lr = 3e-3;
  recipe.epochs = 10;
  recipe.split = {.validation = 0.25, .test = 0.25};
  return recipe;
}

TEST(TemperatureFit, FindsTheTemperatureThatLabelsWereDrawnAt) {
  for (const Size classes : {1, 2, 5})
    for (const double temperature : {0.5, 1.0, 2.5}) {
      const Drawn drawn(4000, classes, temperature, 1);
      const Fitted fitted = fit_to_classes(drawn.outcome());
      EXPECT_NEAR(fitted.temperature, temperature, 4 * fitted.error) << classes;  // of nine
      EXPECT_LT(fitted.error, 0.1 * temperature);
      const double best = drawn.log_loss(fitted.temperature);
      for (const double other : {0.98, 1.02})
        EXPECT_LT(best, drawn.log_loss(other * fitted.temperature)) << classes;
    }
}

TEST(TemperatureFit, ItsErrorIsTheDeviationOverOtherSamples) {
  double sum = 0, squares = 0, error = 0;
  constexpr int times = 200;
  for (int time = 0; time < times; ++time) {
    const Fitted fitted = fit_to_classes(Drawn(400, 3, 2, std::uint64_t(time) + 1).outcome());
    sum += fitted.temperature / times, error += fitted.error / times;
    squares += fitted.temperature * fitted.temperature / times;
  }
  EXPECT_NEAR(std::sqrt(squares - sum * sum) / error, 1, 0.15);  // of 200 it is known to 5 %
  EXPECT_NEAR(sum, 2, 0.05);
}

TEST(TemperatureFit, OfNoiseIsTheFactorItIsOffBy) {
  Random random(3, stream_of("noise"));
  std::vector<float> means, targets, deviations;
  for (int i = 0; i < 2000; ++i) {
    const double mean = random.normal(), deviation = 0.5 + random.uniform();
    means.push_back(float(mean)), deviations.push_back(float(deviation));
    targets.push_back(float(mean + 2.5 * deviation * random.normal()));
  }
  const Fitted fitted = fit_to_noise({means, targets, 1000, 2, 2, deviations});
  EXPECT_NEAR(fitted.temperature, 2.5, 3 * fitted.error);
  EXPECT_NEAR(fitted.error, 2.5 / std::sqrt(2 * 2000), 0.01);
  const std::vector<float> exact = means;
  EXPECT_TRUE(says(error_of([&] {
                     fit_to_noise({means, exact, 1000, 2, 2, deviations});
                   }),
                   "the noise that the model tells is off by a factor of 0"));
}

TEST(TemperatureFit, WhereNoneIsBestItIsRefused) {
  const std::vector<float> logits{2, 0, -1, 0, 3, 1}, right{0, 1}, wrong{2, 0};
  EXPECT_TRUE(says(error_of([&] {
                     fit_to_classes({logits, right, 2, 3, 1});
                   }),
                   "all 2 samples to calibrate by are right"));
  EXPECT_TRUE(says(error_of([&] {
                     fit_to_classes({logits, wrong, 2, 3, 1});
                   }),
                   "no better than a guess"));
  const std::vector<float> broken{2, 0, float(std::nan("")), 0, 3, 1};
  EXPECT_TRUE(says(error_of([&] {
                     fit_to_classes({broken, right, 2, 3, 1});
                   }),
                   "sample 0 of those to calibrate by"));
}

TEST(TemperatureFit, MakesANetThatIsTooSureAsSureAsItIsRight) {
  auto run = train(doubtful_digits(), {.threads = 1});
  const double of_plain = fit_temperature(run, 1).temperature;
  for (const char* tensor : {"layers.3.weight", "layers.3.bias"})
    for (float& x : run.weights().at(tensor)) x *= 3;  // three times as sure
  const Samples test = split_of(run, "test");
  const Scores plain = run.evaluate(test);
  const std::vector<float> before = run.predict(test);
  const TemperatureFit fit = fit_temperature(run, 1);
  EXPECT_NEAR(fit.temperature, 3 * of_plain, 1e-4);
  ASSERT_EQ(fit.seen.size(), 2u);
  for (const TemperatureFit::Seen& seen : fit.seen) {
    EXPECT_LT(score_of(seen.after, "ece"), 0.7 * score_of(seen.before, "ece")) << seen.split;
    EXPECT_LT(score_of(seen.after, "log_loss"), score_of(seen.before, "log_loss"));
  }
  EXPECT_EQ(run.predict(test), before) << "the run stays as it is";

  run.set_temperature(fit.temperature);
  const Scores scores = run.evaluate(test);
  EXPECT_EQ(score_of(scores, "accuracy"), score_of(plain, "accuracy"));
  EXPECT_NEAR(score_of(scores, "loss"), score_of(fit.seen[1].after, "log_loss"), 1e-5);
  // p^(1 / T), of one sum.
  const std::vector<float> after = run.predict(test);
  for (std::size_t row = 0; row < after.size(); row += 10) {
    double sum = 0;
    for (std::size_t j = 0; j < 10; ++j)
      sum += std::pow(double(before[row + j]), 1 / fit.temperature);
    for (std::size_t j = 0; j < 10; ++j)
      EXPECT_NEAR(after[row + j], std::pow(double(before[row + j]), 1 / fit.temperature) / sum,
                  2e-5);
  }
  // Of a calibrated run the fit is the same, and passes without randomness say what predict says.
  EXPECT_DOUBLE_EQ(fit_temperature(run, 1).temperature, fit.temperature);
  const std::vector<float> sampled = run.sample(test, 2);
  ASSERT_EQ(sampled.size(), 2 * after.size());
  for (std::size_t i = 0; i < after.size(); ++i) EXPECT_NEAR(sampled[i], after[i], 1e-6);
  EXPECT_FALSE(run.draws());
}

TEST(TemperatureFit, IsKeptInTheModelAndTakenBackByOne) {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.path() + "/a/model.safetensors";
  auto run = train(clouds_recipe(), {.folder = folder.path() + "/a", .threads = 1});
  EXPECT_TRUE(run.draws());
  const std::string bytes = read_file(file);
  run.set_temperature(2.25);
  run.save(file);
  const Samples samples = clouds(40, 9);
  const auto loaded = goodfit::Run(run.recipe(), read_model(file).signature,
                                   std::make_shared<Store>(run.weights()));
  EXPECT_EQ(loaded.signature().temperature, 2.25);
  EXPECT_EQ(loaded.sample(samples, 5), run.sample(samples, 5));
  EXPECT_EQ(loaded.predict(samples), run.predict(samples));
  run.set_temperature(1);
  EXPECT_NE(loaded.sample(samples, 5), run.sample(samples, 5));
  run.save(file);
  EXPECT_EQ(read_file(file), bytes);
  EXPECT_EQ(error_of([&] { run.set_temperature(0); }),
            "temperature = 0 is not allowed: must be at least 0.001 and at most 1000");
}

TEST(TemperatureFit, LogProbabilitiesStaySuchForTheirLoss) {
  Recipe recipe = clouds_recipe();
  recipe.model.push_back(LogSoftmax{});
  recipe.loss = Nll{};
  auto run = train(recipe, {.threads = 1});
  const TemperatureFit fit = fit_temperature(run, 1);
  run.set_temperature(fit.temperature);
  EXPECT_NEAR(score_of(run.evaluate(split_of(run, "validation")), "loss"),
              score_of(fit.seen[0].after, "log_loss"), 1e-5);
}

TEST(TemperatureFit, LabelsAreCalibratedEachForItself) {
  Random random(6, stream_of("labels"));
  std::vector<float> features, targets;
  for (int i = 0; i < 300; ++i) {
    const double a = random.normal(), b = random.normal();
    features.insert(features.end(), {float(a), float(b)});
    targets.insert(targets.end(), {float(a + random.normal() > 0), float(b > random.normal())});
  }
  Recipe recipe{.data = in_memory({2}, features, targets, 2),
                .model = {Dense{.out = 64}, Relu{}, Dense{.out = 2}},
                .loss = Bce{}};
  recipe.lr = 0.05;
  recipe.epochs = 60;
  recipe.split = {.validation = 0.3};
  recipe.stop.monitor = "loss";
  auto run = train(recipe, {.threads = 1});
  const TemperatureFit fit = fit_temperature(run, 1);
  ASSERT_EQ(fit.seen.size(), 1u) << "there are no test samples";
  EXPECT_EQ(fit.seen[0].rows, 180);
  run.set_temperature(fit.temperature);
  EXPECT_NEAR(score_of(run.evaluate(split_of(run, "validation")), "loss"),
              score_of(fit.seen[0].after, "log_loss"), 1e-5);
}

TEST(TemperatureFit, WidensTheNoiseThatAModelTells) {
  Random random(7, stream_of("line"));
  std::vector<float> features, targets;
  for (int i = 0; i < 400; ++i) {
    features.push_back(float(random.normal()));
    targets.push_back(float(2 * double(features.back()) + 0.3 * random.normal()));
  }
  Recipe recipe{.data = in_memory({1}, features, targets),
                .model = {Dense{.out = 16}, Tanh{}, Dense{.out = 2}},
                .loss = GaussianNll{}};
  recipe.lr = 0.02;
  recipe.epochs = 30;
  recipe.split = {.validation = 0.5};
  auto run = train(recipe, {.threads = 1});
  const Samples held = split_of(run, "validation");
  const std::vector<float> before = run.predict(held);
  const double loss = score_of(run.evaluate(held), "loss");
  const TemperatureFit fit = fit_temperature(run, 1);
  run.set_temperature(fit.temperature);
  const std::vector<float> after = run.predict(held);
  for (std::size_t i = 0; i < before.size(); i += 2) {
    EXPECT_EQ(after[i], before[i]);
    EXPECT_NEAR(after[i + 1], fit.temperature * double(before[i + 1]), 1e-5);
  }
  EXPECT_LE(score_of(run.evaluate(held), "loss"), loss);
  EXPECT_NEAR(score_of(fit.seen[0].after, "coverage"), 0.9, 0.06);
}

TEST(TemperatureFit, OutputsThatAreNotSureOfAnythingHaveNone) {
  Recipe recipe = clouds_recipe();
  recipe.loss = Hinge{};
  recipe.epochs = 1;
  const auto run = train(recipe, {.threads = 1});
  EXPECT_EQ(error_of([&] { fit_temperature(run, 1); }),
            "a temperature is for outputs that say how sure they are, which those for hinge do "
            "not; take cross_entropy or bce for classes, gaussian_nll for numbers");
  recipe.loss = CrossEntropy{};
  recipe.split.validation = 0;
  const auto all = train(recipe, {.threads = 1});
  EXPECT_TRUE(says(error_of([&] { fit_temperature(all, 1); }), "split.validation = 0"));
}

// A calibrated run goes on as one that was not, and keeps its temperature with its weights alone.
TEST(TemperatureFit, ResumeDoesNotSeeIt) {
  const TemporaryFolder place;
  const std::filesystem::path whole = place.path() + "/whole", cut = place.path() + "/cut";
  const auto model = [](const std::filesystem::path& folder) {
    return folder / "model.safetensors";
  };
  const auto calibrate_in = [&](const std::filesystem::path& folder, goodfit::Run run) {
    run.set_temperature(3);
    run.save(model(folder));
  };
  const auto unbroken = train(clouds_recipe(), {.folder = whole, .threads = 1});
  Watch watch(9);
  calibrate_in(cut, train(clouds_recipe(), {.folder = cut, .threads = 1, .callbacks = {&watch}}));
  const auto resumed = train(clouds_recipe(), {.folder = cut, .resume = true, .threads = 1});
  EXPECT_EQ(weights_of(resumed), weights_of(unbroken));
  EXPECT_EQ(read_file(model(cut)), read_file(model(whole)));
  EXPECT_EQ(resumed.history.back().validation, unbroken.history.back().validation);

  calibrate_in(cut, resumed);
  const std::string calibrated = read_file(model(cut));
  train(clouds_recipe(), {.folder = cut, .resume = true, .threads = 1});
  EXPECT_EQ(read_file(model(cut)), calibrated);
}

}  // namespace
}  // namespace goodfit
