// Metric: one number that says how good outputs are, collected over batches of any size.
#pragma once
#include <cmath>
#include <concepts>
#include <memory>

#include "goodfit/base/part.hpp"

namespace goodfit {

// Outputs and targets of some samples. For classes a target is one index per sample.
struct Outcome {
  ConstSpan outputs;  // [rows, width]
  ConstSpan targets;  // [rows, target_width]
  Size rows = 0, width = 1, target_width = 1;
  ConstSpan deviations = {};  // [rows, width], of the noise that the model tells; or none
};

// The mean of some numbers: what most metrics keep. NaN before the first.
struct MeanState {
  double sum = 0;
  Size count = 0;

  void add(double x) { sum += x, ++count; }
  double mean() const { return count == 0 ? std::nan("") : sum / double(count); }
};

template <class M>
concept MetricPart = Component<M> && std::default_initializable<typename M::State> &&
    requires(const M& metric, typename M::State& state, const Outcome& outcome) {
  metric.add(state, outcome);
  { metric.value(state) } -> std::convertible_to<double>;
  { M::higher_is_better } -> std::convertible_to<bool>;
};

// A metric while it collects; `value` may be asked for at any time.
struct Meter {
  virtual ~Meter() = default;
  virtual void add(const Outcome& outcome) = 0;
  virtual double value() const = 0;
};

struct MetricInterface : PartInterface {
  virtual bool higher_is_better() const = 0;
  virtual bool of_probabilities() const = 0;
  virtual bool of_noise() const = 0;
  virtual std::unique_ptr<Meter> meter() const = 0;
};

class Metric : public Handle<MetricInterface> {
 public:
  static constexpr std::string_view kind = "metric";

  template <MetricPart M>
  Metric(const M& metric) : Handle(made<Model<M>>(metric)) {}

  static Metric read(const Setting& from);
  static std::vector<PartText> texts();  // of the catalogue

  bool higher_is_better() const { return self_->higher_is_better(); }
  // Whether it needs outputs that softmax or sigmoid turn into probabilities, not just scores; a
  // metric says so by `static constexpr bool of_probabilities = true`.
  bool of_probabilities() const { return self_->of_probabilities(); }
  // Whether it needs outputs that tell their noise; `static constexpr bool of_noise = true`.
  bool of_noise() const { return self_->of_noise(); }
  std::unique_ptr<Meter> meter() const { return self_->meter(); }

 private:
  template <class M>
  struct Collecting final : Meter {
    explicit Collecting(const M& of) : metric(of) {}
    void add(const Outcome& outcome) override { metric.add(state, outcome); }
    double value() const override { return metric.value(state); }
    M metric;
    typename M::State state{};
  };
  template <class M>
  struct Model final : Holds<MetricInterface, M> {
    using Holds<MetricInterface, M>::Holds;
    bool higher_is_better() const override { return M::higher_is_better; }
    bool of_probabilities() const override {
      return requires { requires M::of_probabilities; };
    }
    bool of_noise() const override {
      return requires { requires M::of_noise; };
    }
    std::unique_ptr<Meter> meter() const override {
      return std::make_unique<Collecting<M>>(this->part);
    }
  };
};

}  // namespace goodfit
