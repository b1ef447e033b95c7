// Models of sequences, from a text to what a run says of each of its characters.
#include "goodfit/train/trainer/testing.hpp"

namespace goodfit {
namespace {

// A text in which b follows a, and c or d follow b, in turn.
std::string little_text() {
  std::string text;
  for (int i = 0; i < 400; ++i) text += i % 2 == 0 ? "abc" : "abd";
  return text;
}

Recipe characters(const std::string& path) {
  Recipe recipe;
  recipe.data = Text{.path = path, .length = 8};
  recipe.model = {Embedding{.num = 4, .dim = 4}, Lstm{.hidden = 12}, Dense{.out = 4}};
  recipe.lr = 0.03;
  recipe.batch = 64;
  recipe.epochs = 12;
  return recipe;
}

}  // namespace

TEST(Sequences, ClassesAreFoundAtEachStep) {
  const TemporaryFolder folder;
  const Recipe recipe = characters(folder.write("a.txt", little_text()));
  const auto run = train(recipe, {.threads = 1});
  EXPECT_EQ(run.signature().outputs, 4);
  EXPECT_EQ(run.signature().classes, (Names{"a", "b", "c", "d"}));
  // All is known but whether c or d follows the first b of a window.
  EXPECT_GT(run.best("accuracy"), 0.9);
  EXPECT_LE(run.best("accuracy"), 1);
  const Data data = recipe.data->load({Wanted::Target::classes, 0, {}});
  const Floats p = run.predict(*data.test, 1);
  ASSERT_EQ(Size(p.size()), data.test->count() * 8 * 4);
  for (std::size_t step = 0; step < p.size() / 4; ++step)
    EXPECT_NEAR(p[4 * step] + p[4 * step + 1] + p[4 * step + 2] + p[4 * step + 3], 1, 1e-5);
  double right = 0;
  for (std::size_t i = 0; i < data.test->targets.size(); ++i) {
    const auto row = p.begin() + long(4 * i);
    right += double(std::max_element(row, row + 4) - row == long(data.test->targets[i]));
  }
  EXPECT_NEAR(right / double(data.test->targets.size()), run.evaluate(*data.test, 1)[1].second,
              1e-6);
}

TEST(Sequences, NormedCellsLearnAsWell) {
  const TemporaryFolder folder;
  Recipe recipe = characters(folder.write("a.txt", little_text()));
  for (const Layer& cell :
       {Layer(Rnn{.hidden = 12, .layer_norm = true}), Layer(Lstm{.hidden = 12, .layer_norm = true}),
        Layer(Gru{.hidden = 12, .layer_norm = true})}) {
    recipe.model[1] = cell;
    EXPECT_GT(train(recipe, {.threads = 1}).best("accuracy"), 0.9) << cell.key();
  }
}

TEST(Sequences, BitsOfNormedCellsAreTheSameForAnyNumberOfThreads) {
  const TemporaryFolder folder;
  Recipe recipe = characters(folder.write("a.txt", little_text()));
  recipe.model = {Embedding{.num = 4, .dim = 16}, Lstm{.hidden = 48, .layer_norm = true},
                  Gru{.hidden = 32, .layer_norm = true}, Rnn{.hidden = 32, .layer_norm = true},
                  Dense{.out = 4}};
  recipe.epochs = 2;
  EXPECT_EQ(weights_of(train(recipe, {.threads = 1})), weights_of(train(recipe, {.threads = 3})));
}

TEST(Sequences, BitsAreTheSameForAnyNumberOfThreads) {
  const TemporaryFolder folder;
  Recipe recipe = characters(folder.write("a.txt", little_text()));
  recipe.model = {Embedding{.num = 4, .dim = 16},
                  Lstm{.hidden = 64},
                  Dropout{.p = 0.25},
                  Gru{.hidden = 32},
                  Rnn{.hidden = 32},
                  Dense{.out = 4}};
  recipe.epochs = 2;
  EXPECT_EQ(weights_of(train(recipe, {.threads = 1})), weights_of(train(recipe, {.threads = 3})));
}

// Position, attention and a body of dense layers, each as a residual: a transformer of one block.
Recipe little_transformer(const std::string& path) {
  Recipe recipe = characters(path);
  recipe.model = {Embedding{.num = 4, .dim = 16},
                  Position{},
                  Residual{{LayerNorm{}, Attention{.heads = 4, .causal = true}}},
                  Residual{{LayerNorm{}, Dense{.out = 32}, Gelu{}, Dense{.out = 16}}},
                  LayerNorm{},
                  Dense{.out = 4}};
  recipe.lr = 0.01;
  return recipe;
}

TEST(Sequences, ATransformerLearnsWhatNeedsMemory) {
  const TemporaryFolder folder;
  const Recipe recipe = little_transformer(folder.write("a.txt", little_text()));
  EXPECT_GT(train(recipe, {.threads = 1}).best("accuracy"), 0.9);
}

TEST(Sequences, ATransformersBitsAreTheSameForAnyNumberOfThreads) {
  const TemporaryFolder folder;
  Recipe recipe = little_transformer(folder.write("a.txt", little_text()));
  recipe.epochs = 2;
  EXPECT_EQ(weights_of(train(recipe, {.threads = 1})), weights_of(train(recipe, {.threads = 3})));
}

TEST(Sequences, TheLastStepAloneIsOneClass) {
  const TemporaryFolder folder;
  Recipe recipe = characters("");
  recipe.data = Text{.path = folder.write("a.txt", little_text()), .length = 5, .target = "last"};
  recipe.model = {Embedding{.num = 4, .dim = 4}, Gru{.hidden = 12, .sequences = false},
                  Dense{.out = 4}};
  EXPECT_EQ(train(recipe, {.threads = 1}).best("accuracy"), 1);
}

TEST(Sequences, OutputsMustFitTheStepsOfTheTargets) {
  const TemporaryFolder folder;
  Recipe recipe = characters(folder.write("a.txt", little_text()));
  recipe.model = {Embedding{.num = 4, .dim = 4}, Gru{.hidden = 12, .sequences = false},
                  Dense{.out = 4}};
  expect_error([&] { train(recipe, {.threads = 1}); },
               "model: its outputs have shape [4], but a sample has 8 targets, each of 4 classes; "
               "give outputs at each of its 8 steps, or set target = \"last\" of a text");
}

// Σ −log p(next | this) of the windows, with counts of the training windows.
double bigram_loss(const Data& data) {
  const std::size_t classes = data.classes.size();
  std::vector<double> counts(classes * classes, 0.1), sums(classes, 0.1 * double(classes));
  const auto each = [&](const Samples& samples, auto visit) {
    for (std::size_t i = 0; i < samples.targets.size(); ++i)
      visit(std::size_t(samples.features[i]), std::size_t(samples.targets[i]));
  };
  each(data.train,
       [&](std::size_t now, std::size_t next) { ++counts[now * classes + next], ++sums[now]; });
  double loss = 0;
  each(*data.test, [&](std::size_t now, std::size_t next) {
    loss -= std::log(counts[now * classes + next] / sums[now]);
  });
  return loss / double(data.test->targets.size());
}

TEST(Sequences, TheTransformerOfTheRecipesLearnsWithinAFewSteps) {
  Recipe recipe = read_recipe("recipes/char_transformer.toml",
                              {"epochs=3", "data.length=32", "data.stride=700"});
  recipe.lr = ConstantSchedule{1e-3};
  recipe.split.validation = 0;
  const auto run = train(recipe, {.threads = 1});
  EXPECT_LT(run.history.front().train_loss, std::log(85.0));  // what knowing nothing costs
  EXPECT_LT(run.history.back().train_loss, run.history.front().train_loss - 0.3);
}

TEST(Sequences, SlowALittleTrainingOfATransformerBeatsABigram) {
  const Recipe recipe = read_recipe("recipes/char_transformer.toml", {"epochs=8"});
  const double bigram = bigram_loss(recipe.data->load({Wanted::Target::classes, 0, {}}));
  EXPECT_LT(train(recipe, {}).test_scores.front().second, bigram - 0.4);
}

TEST(Sequences, SlowALittleTrainingOfAnLstmBeatsABigram) {
  const Recipe recipe = read_recipe("recipes/char_lstm.toml", {"epochs=6"});
  const double bigram = bigram_loss(recipe.data->load({Wanted::Target::classes, 0, {}}));
  EXPECT_NEAR(bigram, 2.454, 0.002);
  const auto run = train(recipe, {});
  EXPECT_LT(run.test_scores.front().second, bigram - 0.5);
}

}  // namespace goodfit
