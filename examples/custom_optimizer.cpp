// An optimizer of your own: settings, a card, fields(), the names of what it must remember for each
// weight, and update(). The lr comes from the schedule, the memory is kept and saved by the
// trainer.
#include <cmath>
#include <goodfit/goodfit.hpp>
#include <iostream>
using namespace goodfit;

// Lion: w ← w − η (sign(β₁ m + (1 − β₁) g) + λ w), then m ← β₂ m + (1 − β₂) g
// Source: Chen et al. 2023, "Symbolic Discovery of Optimization Algorithms", arXiv:2302.06675,
// alg. 2.
struct Lion {
  double beta1 = 0.9;
  double beta2 = 0.99;
  double weight_decay = 0;

  static constexpr Card card{"lion", "Steps by the sign of a mixed momentum."};
  static constexpr auto fields() {
    return std::tuple{
        field("beta1", &Lion::beta1, share, "share of the memory in the direction of a step"),
        field("beta2", &Lion::beta2, share, "share of the memory that is kept"),
        field("weight_decay", &Lion::weight_decay, at_least(0), "pull towards zero"),
    };
  }

  static constexpr std::array<std::string_view, 1> memory{"momentum"};

  void update(const Step& now, Span w, ConstSpan g, Memory<1> kept) const {
    const auto [m] = kept;
    for (std::size_t i = 0; i < w.size(); ++i) {
      const double direction = beta1 * m[i] + (1 - beta1) * g[i];
      const double sign = direction > 0 ? 1 : direction < 0 ? -1 : 0;
      w[i] -= float(now.lr * (sign + weight_decay * w[i]));
      m[i] = float(beta2 * m[i] + (1 - beta2) * g[i]);
    }
  }
};

int main() {
  const Recipe recipe{
      .data = Csv{.path = "data/digits.csv.gz"},
      .model = {Standardize{}, Dense{.out = 256}, Relu{}, Dense{.out = 10}},
      .optimizer = Lion{.weight_decay = 0.1},
      .lr = Cosine{.max = 5e-4},
      .batch = 32,
      .split = {.test = 0.25},
      .metrics = {Accuracy{}},
  };
  const Run run = train(recipe);
  for (const auto& [name, value] : run.test_scores)
    std::cout << "test " << name << " " << value << "\n";
}
