// Optimizer: an update rule, how one weight tensor answers its gradient.
//
// A rule is only its settings. What it must remember is listed in `memory`, kept by the trainer and
// saved with the weights; the number of the step and the lr come from the trainer as well. A rule
// sees spans and numbers, never layers, and must treat each element alone, so that spans may be cut
// anywhere.
#pragma once
#include <array>
#include <cmath>
#include <concepts>
#include <optional>

#include "goodfit/base/part.hpp"

namespace goodfit {

struct Step {
  Size number = 1;                   // 1 for the first step
  double lr = 0;                     // from the schedule
  std::optional<double> momentum{};  // from schedules that move it; replaces momentum or beta1
};

// 1 − βᵗ, which is 1 to the last bit where (1 − β) t is large: then pow would only take its time.
inline double bias_correction(double beta, Size t) {
  return (1 - beta) * double(t) > 38 ? 1.0 : 1 - std::pow(beta, double(t));
}

template <std::size_t N>
using Memory = std::array<Span, N>;  // one span for each name in Rule::memory, zero at the start

template <class Rule>
concept OptimizerPart = Component<Rule> && requires(const Rule& rule, const Step& now, Span w,
                                                    ConstSpan g, Memory<Rule::memory.size()> kept) {
  rule.update(now, w, g, kept);
};

struct OptimizerInterface : PartInterface {
  virtual std::span<const std::string_view> memory() const = 0;
  virtual void update(const Step& now, Span w, ConstSpan g, const Span* kept) const = 0;
};

class Optimizer : public Handle<OptimizerInterface> {
 public:
  static constexpr std::string_view kind = "optimizer";

  template <OptimizerPart Rule>
  Optimizer(const Rule& rule) : Handle(std::make_shared<Model<Rule>>(rule)) {}

  static Optimizer read(const Setting& from);

  // Names of what is kept for each weight, each as large as the weight.
  std::span<const std::string_view> memory() const { return self_->memory(); }
  // `kept` points to memory().size() spans of the size of w.
  void update(const Step& now, Span w, ConstSpan g, const Span* kept) const {
    self_->update(now, w, g, kept);
  }

 private:
  template <class Rule>
  struct Model final : Holds<OptimizerInterface, Rule> {
    using Holds<OptimizerInterface, Rule>::Holds;
    std::span<const std::string_view> memory() const override { return Rule::memory; }
    void update(const Step& now, Span w, ConstSpan g, const Span* kept) const override {
      Memory<Rule::memory.size()> mine;
      for (std::size_t i = 0; i < mine.size(); ++i) mine[i] = kept[i];
      this->part.update(now, w, g, mine);
    }
  };
};

}  // namespace goodfit
