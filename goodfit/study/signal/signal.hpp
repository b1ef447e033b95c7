// Signal: how large numbers and their gradients are in each layer before the first step, measured
// on the first batch of the training, and what the theory of initialization says they should be.
//
// Gradients are those of the loss, without regularizers, by the outputs of a layer; they are made
// observable as further results of the same graph, and a training has none of them.
#pragma once
#include "goodfit/study/signal/moments.hpp"
#include "goodfit/train/recipe/recipe.hpp"
#include "goodfit/train/record/summary.hpp"
#include "goodfit/train/trainer/splits.hpp"

namespace goodfit {

struct LayerSignal {
  std::string scope, key;
  Shape shape;  // of a sample, behind the layer
  bool has_weights = false;
  Summary outputs, gradients;
  std::optional<Summary> weights;
  std::optional<double> predicted, predicted_gradient;  // variance; nothing where there is none
  // Of an activation: the share of its inputs where its slope is below a twentieth of the largest.
  std::optional<double> flat;
};

enum class Fate { keeps, fades, explodes };

struct SignalReport {
  Size samples = 0;
  double loss = 0;
  std::optional<double> usual_loss;  // of a net that knows nothing
  std::vector<LayerSignal> layers;   // as they are passed; inner ones before those that hold them
  // From the inputs of the first weights to the last, and from the loss back to the first: the
  // quotient of the deviations. 1 when there are not two layers with weights.
  double signal_ratio = 1, gradient_ratio = 1;

  Fate signal() const { return fate(signal_ratio, 100); }
  Fate gradient() const { return fate(gradient_ratio, 1000); }
  // What that means, a line each, and what to do.
  std::vector<std::string> verdict() const;

 private:
  static Fate fate(double ratio, double most) {
    return !(ratio <= most) ? Fate::explodes : ratio < 1 / most ? Fate::fades : Fate::keeps;
  }
};

// Throws Error when the recipe could not be trained.
SignalReport measure_signal(const Recipe& recipe, const Data& data);

}  // namespace goodfit
