// Testing: runs to draw panels of, and the pieces of a panel.
#pragma once
#include <gtest/gtest.h>

#include "goodfit/study/report/panel.hpp"
#include "goodfit/train/trainer/testing.hpp"

namespace goodfit {

// Of a recipe with three classes of points; trained once.
inline const Views& three_clouds() {
  static const Views views = [] {
    Recipe recipe = clouds_recipe();
    recipe.split = {.validation = 0.2, .test = 0.2};
    Views made;
    made.emplace_back(train(recipe, {.threads = 1}));
    return made;
  }();
  return views;
}

// The same twice, under other names.
inline Views two_runs() {
  static const TemporaryFolder folder;
  static bool done = false;
  Views views;
  for (const char* name : {"first", "second"}) {
    Recipe recipe = clouds_recipe();
    recipe.lr = name == std::string("first") ? 0.01 : 0.1;
    const std::filesystem::path to = folder.path() + "/" + name;
    if (!done) train(recipe, {.folder = to, .threads = 1});
    Run run = train(recipe, {.threads = 1});
    run.folder = to;
    views.emplace_back(run);
  }
  done = true;
  return views;
}

// y = 2 a − b, with noise.
inline Recipe line_recipe(const Loss& loss = Mse{}, Size outputs = 1) {
  Random random(4, stream_of("line"));
  Data data;
  data.train.shape = {2};
  data.features = {"a", "b"};
  for (int i = 0; i < 200; ++i) {
    const double a = random.normal(), b = random.normal();
    data.train.features.insert(data.train.features.end(), {float(a), float(b)});
    data.train.targets.push_back(float(2 * a - b + 0.1 * random.normal()));
  }
  Recipe recipe{.data = in_memory(std::move(data)), .model = {Dense{.out = outputs}}, .loss = loss};
  recipe.lr = 0.05;
  recipe.batch = 20;
  recipe.epochs = 20;
  recipe.split = {.validation = 0.2, .test = 0.2};
  return recipe;
}
inline Views of(const Recipe& recipe) {
  Views views;
  views.emplace_back(train(recipe, {.threads = 1}));
  return views;
}

// A run whose data has gone, and its record with it.
inline Views without_data() {
  Views views;
  Run run = three_clouds()[0].run();
  Recipe recipe = run.recipe();
  recipe.data = Csv{.path = "nowhere.csv"};
  Run gone(recipe, run.signature(), std::make_shared<Store>(run.weights()));
  gone.history = run.history;
  gone.epochs = run.epochs;
  gone.best_epoch = run.best_epoch;
  views.emplace_back(gone);
  return views;
}

template <class Sort>
Panel drawn(const Views& runs) {
  const std::optional<Panel> panel = Sort::draw(runs);
  if (!panel) throw std::runtime_error("the panel is silent");
  return *panel;
}

// The pieces of a kind, "chart" or "table".
inline std::vector<const Setting*> pieces(const Panel& panel, std::string_view kind) {
  std::vector<const Setting*> found;
  for (const Setting& piece : panel.shown)
    if (*piece.find("kind")->text() == kind) found.push_back(&piece);
  return found;
}
inline const Setting& at(const Setting& setting, std::string_view key) {
  const Setting* found = setting.find(key);
  if (!found) throw std::runtime_error("no " + std::string(key));
  return *found;
}
inline const Setting& at(const Setting& setting, std::size_t i) { return setting.list()->at(i); }
inline std::size_t size_of(const Setting& setting) { return setting.list()->size(); }
inline double number(const Setting& setting) {
  if (const auto* whole = std::get_if<std::int64_t>(&setting.data)) return double(*whole);
  return std::get<double>(setting.data);
}
inline std::string text(const Setting& setting) { return *setting.text(); }

inline void expect_says(const std::string& text, const std::string& part) {
  EXPECT_NE(text.find(part), text.npos) << text;
}

}  // namespace goodfit
