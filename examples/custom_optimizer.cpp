// An optimizer of your own: settings, a card, fields(), the names of what it must remember for each
// weight, and update(). The lr comes from the schedule, the memory is kept and saved by the
// trainer.
#include <goodfit/goodfit.hpp>
#include <iostream>
using namespace goodfit;

// Signum: m ← β m + (1 − β) g, then w ← w − η (sign(m) + λ w)
// Source: Bernstein et al. 2018, "signSGD: Compressed Optimization for Non-Convex Problems",
// arXiv:1802.04434, alg. 2.
struct Signum {
  double momentum = 0.9;
  double weight_decay = 0;

  static constexpr Card card{"signum", "Steps by the sign of the mean gradient."};
  static constexpr auto fields() {
    return Fields{
        field("momentum", &Signum::momentum, share, "share of the mean gradient that is kept"),
        field("weight_decay", &Signum::weight_decay, at_least(0), "pull towards zero"),
    };
  }

  static constexpr std::array<std::string_view, 1> memory{"mean"};

  void update(const Step& now, Span w, ConstSpan g, Memory<1> kept) const {
    const auto [mean] = kept;
    for (std::size_t i = 0; i < w.size(); ++i) {
      mean[i] = float(momentum * mean[i] + (1 - momentum) * g[i]);
      const double sign = mean[i] > 0 ? 1 : mean[i] < 0 ? -1 : 0;
      w[i] -= float(now.lr * (sign + weight_decay * w[i]));
    }
  }
};

int main() {
  const Recipe recipe{
      .data = Csv{.path = "data/digits.csv.gz"},
      .model = {Standardize{}, Dense{.out = 256}, Relu{}, Dense{.out = 10}},
      .optimizer = Signum{.weight_decay = 0.1},
      .lr = Cosine{.max = 5e-4},
      .batch = 32,
      .split = {.test = 0.25},
      .metrics = {Accuracy{}},
  };
  const Run run = train(recipe);
  for (const auto& [name, value] : run.test_scores)
    std::cout << "test " << name << " " << value << "\n";
}
