// Optimizer: an update rule, how one weight tensor answers its gradient.
//
// A rule is only its settings. What it must remember is listed in `memory`, kept by the trainer and
// saved with the weights; the number of the step and the lr come from the trainer as well. A rule
// sees spans and numbers, never layers, and must treat each element alone, so that spans may be cut
// anywhere. What some rules say besides:
//
//   static constexpr bool whole_tensor = true     they need norms or products of the whole weight:
//                                                 its span is never cut, and Step::rows is its
//                                                 shape
//   static constexpr std::size_t scratch = 2      spans to work in, after those of `memory`; what
//                                                 lies in them is lost from one step to the next
//   const Optimizer& wraps() const                they steer another rule, whose spans follow
//   theirs
//                                                 as the last argument of `update`
#pragma once
#include <array>
#include <cmath>
#include <concepts>
#include <optional>

#include "goodfit/base/part.hpp"

namespace goodfit {

class Optimizer;

struct Step {
  Size number = 1;                   // 1 for the first step
  double lr = 0;                     // from the schedule
  std::optional<double> momentum{};  // from schedules that move it; replaces momentum or beta1
  Size rows = 1;                     // of the weight as a matrix [rows, …]; 1 for a vector
};

// 1 − βᵗ, which is 1 to the last bit where (1 − β) t is large: then pow would only take its time.
inline double bias_correction(double beta, Size t) {
  return (1 - beta) * double(t) > 38 ? 1.0 : 1 - std::pow(beta, double(t));
}

template <std::size_t N>
using Memory = std::array<Span, N>;  // one span for each name in Rule::memory, zero at the start

template <class Rule>
constexpr std::size_t scratch_of() {
  if constexpr (requires { Rule::scratch; })
    return Rule::scratch;
  else
    return 0;
}
template <class Rule>
using SpansOf = Memory<Rule::memory.size() + scratch_of<Rule>()>;

template <class Rule>
concept PlainRule = requires(const Rule& rule, const Step& now, Span w, ConstSpan g,
                             SpansOf<Rule> kept) {
  rule.update(now, w, g, kept);
};
template <class Rule>
concept WrappingRule = requires(const Rule& rule, const Step& now, Span w, ConstSpan g,
                                SpansOf<Rule> kept, const Span* of_other) {
  { rule.wraps() } -> std::same_as<const Optimizer&>;
  rule.update(now, w, g, kept, of_other);
};
template <class Rule>
concept OptimizerPart = Component<Rule> &&(PlainRule<Rule> || WrappingRule<Rule>);

struct OptimizerInterface : PartInterface {
  virtual std::span<const std::string_view> memory() const = 0;
  virtual std::size_t scratch() const = 0;
  virtual bool whole_tensor() const = 0;
  virtual void update(const Step& now, Span w, ConstSpan g, const Span* kept) const = 0;
  virtual std::shared_ptr<const OptimizerInterface> with(std::string_view key,
                                                         double value) const = 0;
};

class Optimizer : public Handle<OptimizerInterface> {
 public:
  static constexpr std::string_view kind = "optimizer";

  template <OptimizerPart Rule>
  Optimizer(const Rule& rule) : Handle(std::make_shared<Model<Rule>>(rule)) {}

  static Optimizer read(const Setting& from);

  // Names of what is kept for each weight, each as large as the weight.
  std::span<const std::string_view> memory() const { return self_->memory(); }
  // How many spans more it wants to work in, each as large as the weight.
  std::size_t scratch() const { return self_->scratch(); }
  // True when `update` wants the whole of a weight and the number of its rows.
  bool whole_tensor() const { return self_->whole_tensor(); }
  // `kept` points to memory().size() + scratch() spans of the size of w.
  void update(const Step& now, Span w, ConstSpan g, const Span* kept) const {
    self_->update(now, w, g, kept);
  }
  // The same with another value of a setting, its own or of the rule that it steers; nothing when
  // there is no number of this name.
  std::optional<Optimizer> with(std::string_view key, double value) const {
    auto changed = self_->with(key, value);
    if (!changed) return std::nullopt;
    return Optimizer(std::move(changed));
  }

 private:
  explicit Optimizer(std::shared_ptr<const OptimizerInterface> self) : Handle(std::move(self)) {}

  template <class Rule>
  struct Model final : Holds<OptimizerInterface, Rule> {
    explicit Model(const Rule& rule)
        : Holds<OptimizerInterface, Rule>(rule), names(Rule::memory.begin(), Rule::memory.end()) {
      if constexpr (WrappingRule<Rule>)
        for (const std::string_view name : this->part.wraps().memory()) names.push_back(name);
    }
    std::span<const std::string_view> memory() const override { return names; }
    std::size_t scratch() const override {
      if constexpr (WrappingRule<Rule>)
        return this->part.wraps().scratch();
      else
        return scratch_of<Rule>();
    }
    bool whole_tensor() const override {
      if constexpr (WrappingRule<Rule>)
        return this->part.wraps().whole_tensor();
      else
        return requires { requires Rule::whole_tensor; };
    }
    void update(const Step& now, Span w, ConstSpan g, const Span* kept) const override {
      SpansOf<Rule> mine;
      for (std::size_t i = 0; i < mine.size(); ++i) mine[i] = kept[i];
      if constexpr (WrappingRule<Rule>)
        this->part.update(now, w, g, mine, kept + mine.size());
      else
        this->part.update(now, w, g, mine);
    }
    std::shared_ptr<const OptimizerInterface> with(std::string_view key,
                                                   double value) const override {
      Rule changed = this->part;
      bool found = false;
      each_field<Rule>([&](const auto& f) {
        auto& member = changed.*f.at;
        using Member = std::remove_cvref_t<decltype(member)>;
        if constexpr (std::same_as<Member, double>) {
          if (f.key == key) member = value, found = true;
        } else if constexpr (std::same_as<Member, Optimizer>) {
          if (auto other = member.with(key, value)) member = *other, found = true;
        }
      });
      return found ? std::make_shared<Model>(changed) : nullptr;
    }
    std::vector<std::string_view> names;
  };
};

}  // namespace goodfit
