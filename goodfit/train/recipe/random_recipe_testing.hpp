// Random recipe: any part with any settings it allows, for tests that hold for all recipes.
#pragma once
#include <cmath>
#include <string>

#include "goodfit/base/random.hpp"
#include "goodfit/base/text.hpp"
#include "goodfit/base/toml.hpp"
#include "goodfit/goodfit.hpp"

namespace goodfit {

inline Recipe parsed_recipe(const std::string& text) {
  return Recipe::read(read_toml(text, "r.toml"));
}

class RandomRecipe {
 public:
  explicit RandomRecipe(std::uint64_t seed) : random_(seed, stream_of("recipes")) {}

  Recipe make() {
    Recipe recipe;
    recipe.data = any<Dataset, Datasets>();
    recipe.loss = any<Loss, Losses>();
    recipe.optimizer = any<Optimizer, Optimizers>();
    recipe.lr = any<Schedule, Schedules>();
    recipe.model = layers(6);
    for (Size n = random_.below(3); n > 0; --n)
      recipe.regularizers.push_back(any<Regularizer, Regularizers>());
    for (Size n = random_.below(3); n > 0; --n)
      recipe.transforms.push_back(any<Transform, Transforms>());
    for (Size n = random_.below(3); n > 0; --n)
      recipe.gradients.push_back(any<GradientRule, GradientRules>());
    for (Size n = random_.below(3); n > 0; --n) recipe.metrics.push_back(any<Metric, Metrics>());
    for (Size n = random_.below(3); n > 0; --n) fill(recipe.groups.emplace_back());
    for (Group& group : recipe.groups)
      if (group.match.empty()) group.match = "*";
    fill(recipe.split);
    if (!recipe.split.conflict().empty()) recipe.split.group = "";
    fill(recipe.stop);
    each_field<Recipe>([&](const auto& f) {
      using Member = std::remove_cvref_t<decltype(recipe.*f.at)>;
      if constexpr (std::is_arithmetic_v<Member> || std::same_as<Member, Initializer>)
        change(f, recipe.*f.at);
    });
    return recipe;
  }

  // Every setting is drawn, but some keep their default.
  template <Component C>
  void fill(C& part) {
    each_field<C>([&](const auto& f) {
      if (!f.range.holds(0) || random_.below(4) > 0) change(f, part.*f.at);
    });
  }

 private:
  template <class Any, class List>
  Any any() {
    std::optional<Any> made;
    Size chosen = random_.below(Size(List::names().size()));
    List::each([&]<class Part>() {
      if (chosen-- != 0) return;
      Part part;
      fill(part);
      if constexpr (requires { part.conflict(); })
        if (!part.conflict().empty()) part = Part{};
      made = Any(part);
    });
    return *made;
  }
  std::vector<Layer> layers(Size most) {
    ++level_;
    std::vector<Layer> made;
    for (Size n = level_ > 3 ? 0 : random_.below(most + 1); n > 0; --n)
      // Nesting is to be met, however long the catalogue grows.
      made.push_back(random_.below(6) == 0 ? Layer(Residual{layers(3)}) : any<Layer, Layers>());
    --level_;
    return made;
  }

  template <class F>
  void change(const F&, bool& value) {
    value = random_.below(2) == 0;
  }
  template <class F, std::integral T>
  void change(const F& f, T& value) {
    do value = T(random_.below(1000));
    while (!f.range.holds(double(value)));
  }
  template <class F>
  void change(const F& f, double& value) {
    do {
      value = random_.below(2) == 0 ? random_.uniform() : std::exp(10 * random_.normal());
      if (f.range.high <= 0) value = -value;
    } while (!f.range.holds(value));
  }
  template <class F>
  void change(const F& f, std::string& value) {
    if (f.choices[0].empty()) {
      value = random_.below(2) == 0 ? "a \"b\"\\c\n\tü" : "data/x.csv";
      return;
    }
    do value = f.choices[std::size_t(random_.below(Size(f.choices.size())))];
    while (value.empty());
  }
  template <class F, std::size_t Axes, bool Words>
  void change(const F& f, PerAxis<Axes, Words>& value) {
    for (Size& number : value.numbers) change(f, number);
    if constexpr (Words)
      if (random_.below(2) == 0) value = random_.below(2) == 0 ? "same" : "valid";
  }
  template <class F>
  void change(const F& f, std::vector<double>& value) {
    value.resize(std::size_t(random_.below(4)));
    for (double& x : value) change(f, x);
  }
  template <class F>
  void change(const F&, Initializer& value) {
    value = any<Initializer, Initializers>();
  }
  template <class F>
  void change(const F&, std::vector<Parametrization>& value) {
    for (Size n = random_.below(3); n > 0; --n)
      value.push_back(any<Parametrization, Parametrizations>());
  }
  template <class F>
  void change(const F&, Layer& value) {
    value = any<Layer, Layers>();
  }
  template <class F>
  void change(const F&, std::vector<Layer>& value) {
    value = layers(3);
  }
  template <class F>
  void change(const F&, std::vector<std::vector<Layer>>& value) {
    value = {layers(3), layers(3)};
  }
  template <class F>
  void change(const F&, Schedule& value) {
    value = any<Schedule, Schedules>();
  }
  template <class F>
  void change(const F&, Optimizer& value) {
    value = any<Optimizer, Optimizers>();
  }
  template <class F>
  void change(const F&, LrFunction& value) {
    value = random_.below(2) == 0 ? "0.1 / (1 + epoch)" : "min(0.1, \t2^-step)";
  }
  template <class F>
  void change(const F&, Columns& value) {
    value.list.clear();
    for (Size n = random_.below(3); n > 0; --n)
      value.list.push_back({formatted("a \"{}\"", n), n == 1 ? "date_dmy" : "number"});
    if (random_.below(2) == 0) value.list.push_back({"c", "category", {"", "x y"}});
  }
  template <class F>
  void change(const F&, std::vector<Regularizer>& value) {
    for (Size n = random_.below(3); n > 0; --n) value.push_back(any<Regularizer, Regularizers>());
  }
  template <class F, class T>
  void change(const F& f, std::optional<T>& value) {
    change(f, value.emplace());
  }
  template <class F, class T>
  void change(const F& f, std::vector<T>& value) {
    const T first = value.empty() ? T(1) : value.front();
    value.assign(std::size_t(random_.below(3)), first);
    for (T& one : value) change(f, one);
  }

  Random random_;
  int level_ = 0;
};

}  // namespace goodfit
