// Recipe: what to do. The same tree in TOML and in C++: a table is an aggregate, a key a member.
//
//   const Recipe recipe{
//       .data = Csv{.path = "data/digits.csv.gz"},
//       .model = {Standardize{}, Dense{.out = 64}, Relu{}, Dense{.out = 10}},
//       .epochs = 20,
//   };
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "goodfit/parts/datasets/dataset.hpp"
#include "goodfit/parts/gradients/gradient_rule.hpp"
#include "goodfit/parts/layers/layer.hpp"
#include "goodfit/parts/losses/cross_entropy.hpp"
#include "goodfit/parts/metrics/metric.hpp"
#include "goodfit/parts/optimizers/adam.hpp"
#include "goodfit/parts/schedules/schedule.hpp"
#include "goodfit/parts/transforms/transform.hpp"
#include "goodfit/train/recipe/group.hpp"

namespace goodfit {

// How the samples are shared out. A set that brings its own validation or test samples keeps
// them as they are.
struct Split {
  double validation = 0.1;
  double test = 0;
  bool stratified = true;
  std::string time = "";
  std::string group = "";

  static constexpr bool is_section = true;
  static constexpr Card card{"split", "How the samples are shared out."};
  static constexpr auto fields() {
    return Fields{
        field("validation", &Split::validation, share,
              "share of the training samples held out to choose by"),
        field("test", &Split::test, share, "share of all samples never trained on nor chosen by"),
        field("stratified", &Split::stratified, "every part has each class in the same proportion"),
        field("time", &Split::time, "a column: what is latest by it is held out"),
        field("group", &Split::group, "a column: rows with one value of it stay together"),
    };
  }
  std::string conflict() const {
    return time.empty() || group.empty() ? "" : "time and group exclude each other: leave out one";
  }
  static Split read(const Setting& from);
  Setting write(Which which = Which::all) const;
};

// When to stop before the last epoch.
struct Stop {
  Size patience = 0;
  double min_delta = 0;
  std::string monitor = "loss";
  std::optional<double> target = {};
  double seconds = 0;

  static constexpr bool is_section = true;
  static constexpr Card card{"stop", "When to stop before the last epoch."};
  static constexpr auto fields() {
    return Fields{
        field("patience", &Stop::patience, at_least(0),
              "epochs without improvement to wait; 0 never stops"),
        field("min_delta", &Stop::min_delta, at_least(0),
              "smallest change that counts as improvement"),
        field("monitor", &Stop::monitor, "validation loss, or the name of a metric"),
        field("target", &Stop::target, "what is monitored stops the run when it is as good"),
        field("seconds", &Stop::seconds, at_least(0),
              "of training, those before a resume included; 0 never stops"),
    };
  }
  static Stop read(const Setting& from);
  Setting write(Which which = Which::all) const;
};

struct Recipe {
  std::optional<Dataset> data = {};
  std::vector<Transform> transforms = {};
  std::vector<Layer> model = {};
  Initializer init = Automatic{};
  Initializer bias_init = Automatic{};
  std::string weights = "";
  Loss loss = CrossEntropy{};
  std::vector<Regularizer> regularizers = {};
  std::vector<GradientRule> gradients = {};
  Optimizer optimizer = Adam{};
  std::vector<Group> groups = {};
  Schedule lr = 1e-3;
  Size batch = 128;
  Size accumulate = 1;
  Size epochs = 20;
  std::uint64_t seed = 0;
  bool shuffle = true;
  bool drop_last = false;
  Split split = {};
  Stop stop = {};
  std::string statistics = "running";
  std::string probes = "spaced";
  std::vector<Metric> metrics = {};

  static constexpr bool is_section = true;
  static constexpr Card card{"recipe", "What to do: data, model, loss, optimizer, lr."};
  // In the order of the members, which is the order of designated initializers.
  static constexpr auto fields() {
    return Fields{
        field("data", &Recipe::data, "where the samples come from"),
        field("transforms", &Recipe::transforms, "what is done to batches of training samples"),
        field("model", &Recipe::model, "layers, from the inputs to the outputs"),
        field("init", &Recipe::init, "first values of weights whose own init is automatic"),
        field("bias_init", &Recipe::bias_init, "the same of biases"),
        field("weights", &Recipe::weights,
              "a safetensors file: tensors of the same name and shape begin as there"),
        field("loss", &Recipe::loss, "what training makes small"),
        field("regularizers", &Recipe::regularizers, "what keeps weights small, few or in order"),
        field("gradients", &Recipe::gradients, "what is done to the gradients, in this order"),
        field("optimizer", &Recipe::optimizer, "how weights answer their gradients"),
        field("groups", &Recipe::groups, "weights that are trained in another way than the rest"),
        field("lr", &Recipe::lr, "learning rate: a number, a schedule, or \"auto\""),
        field("batch", &Recipe::batch, at_least(1), "samples that go through the net together"),
        field("accumulate", &Recipe::accumulate, at_least(1), "batches that make one step"),
        field("epochs", &Recipe::epochs, at_least(1), "passes over the training samples"),
        field("seed", &Recipe::seed, within(0, 9e15), "of all random numbers"),
        field("shuffle", &Recipe::shuffle, "a new order of the samples in every epoch"),
        field("drop_last", &Recipe::drop_last, "leaves out a smaller batch at the end of an epoch"),
        field("split", &Recipe::split, "how the samples are shared out"),
        field("stop", &Recipe::stop, "when to stop before the last epoch"),
        field("statistics", &Recipe::statistics, Choices{"running", "recomputed"},
              "of batch norms when evaluated: means on the way, or over training samples"),
        field("probes", &Recipe::probes, Choices{"spaced", "epochs", "off"},
              "when each layer is measured: after epochs 1, 2, 3, 4, 6, 8, 11, …, or after each"),
        field("metrics", &Recipe::metrics, "reported beside the loss; empty chooses by the loss"),
    };
  }

  // Throws Error that names the place in the file when anything is unknown or not allowed.
  static Recipe read(const Setting& from);
  Setting write(Which which = Which::all) const;
  friend bool operator==(const Recipe& a, const Recipe& b) { return a.write() == b.write(); }
};

// A recipe file, with `key=value` assignments on top.
Recipe read_recipe(const std::filesystem::path& file,
                   const std::vector<std::string>& overrides = {});
// As TOML, all settings or only those that are not the default.
std::string recipe_toml(const Recipe& recipe, Which which = Which::all);
// As a C++ program that trains it.
std::string recipe_cpp(const Recipe& recipe);

}  // namespace goodfit
