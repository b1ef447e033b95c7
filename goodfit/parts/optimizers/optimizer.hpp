// Optimizer: an update rule, how one weight tensor answers its gradient.
//
// A rule is only its settings. What it must remember is listed in `memory`, kept by the trainer and
// saved with the weights; the number of the step and the lr come from the trainer as well. A rule
// sees spans and numbers, never layers, and must treat each element alone, so that spans may be cut
// anywhere. What some rules say besides:
//
//   static constexpr bool whole_tensor = true     they need norms or products of the whole weight:
//                                                 its span is never cut, Step::rows is its shape
//   static constexpr std::size_t scratch = 2      spans to work in, after those of `memory`; what
//                                                 lies in them is lost from one step to the next
//   const Optimizer& wraps() const                they steer another rule; its spans are the last
//                                                 argument of `update`
//   static constexpr std::array numbers{…}        numbers kept for the whole run, 0 at the start
//   void measure(now, w, g, kept, sums) const     what they must know of all weights before they
//                                                 move any: what a span adds to sums, 0 before
//   static constexpr std::size_t sums = 2         so many of them
//   void decide(now, numbers) const               once a step, after that: now.sums → numbers
//   void evaluated(now, w, kept, out) const       other weights than the trained ones are evaluated
//   static constexpr Size passes = 2              so many gradients of the same batch make a step
//
// In this order, for each pass: measure, decide, update. Where settings say how much there is of
// something, it is a function: std::vector<std::string> memory() const, std::size_t sums() const,
// std::size_t numbers() const; spans of such a memory come as std::span<const Span>.
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
  Size steps = 1;                    // in the whole run
  Size steps_of_epoch = 1;
  Size pass = 0;                      // 0 for the first gradient of the batch
  std::span<const double> sums{};     // of `measure`, over all weights
  std::span<const double> numbers{};  // of the rule, after `decide`
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
std::size_t sums_of(const Rule& rule) {
  if constexpr (requires { rule.sums(); })
    return rule.sums();
  else if constexpr (requires { Rule::sums; })
    return Rule::sums;
  else
    return 0;
}
template <class Rule>
std::size_t numbers_of(const Rule& rule) {
  if constexpr (requires { rule.numbers(); })
    return rule.numbers();
  else if constexpr (requires { Rule::numbers; })
    return Rule::numbers.size();
  else
    return 0;
}
template <class Rule>
constexpr bool memory_is_fixed = requires {
  Rule::memory.size();
};
template <class Rule>
std::vector<std::string> memory_of(const Rule& rule) {
  if constexpr (memory_is_fixed<Rule>)
    return {Rule::memory.begin(), Rule::memory.end()};
  else
    return rule.memory();
}
template <class Rule>
constexpr Size passes_of() {
  if constexpr (requires { Rule::passes; })
    return Rule::passes;
  else
    return 1;
}
template <class Rule>
auto spans_of() {
  if constexpr (memory_is_fixed<Rule>)
    return Memory<Rule::memory.size() + scratch_of<Rule>()>{};
  else
    return std::span<const Span>{};
}
template <class Rule>
using SpansOf = decltype(spans_of<Rule>());

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
  virtual std::span<const std::string> memory() const = 0;
  virtual std::size_t numbers() const = 0;
  virtual std::size_t scratch() const = 0;
  virtual bool whole_tensor() const = 0;
  virtual Size passes() const = 0;
  virtual std::size_t sums() const = 0;
  virtual void measure(const Step& now, ConstSpan w, ConstSpan g, const Span* kept,
                       std::span<double> sums) const = 0;
  virtual void decide(const Step& now, std::span<double> numbers) const = 0;
  virtual void update(const Step& now, Span w, ConstSpan g, const Span* kept) const = 0;
  virtual bool evaluates_others() const = 0;
  virtual void evaluated(const Step& now, ConstSpan w, const Span* kept, Span out) const = 0;
  virtual std::shared_ptr<const OptimizerInterface> with(std::string_view key,
                                                         double value) const = 0;
};

class Optimizer : public Handle<OptimizerInterface> {
 public:
  static constexpr std::string_view kind = "optimizer";

  template <OptimizerPart Rule>
  Optimizer(const Rule& rule) : Handle(made<Model<Rule>>(rule)) {}

  static Optimizer read(const Setting& from);
  static std::vector<PartText> texts();  // of the catalogue

  // Names of what is kept for each weight, each as large as the weight.
  std::span<const std::string> memory() const { return self_->memory(); }
  // How many numbers are kept for the whole run.
  std::size_t numbers() const { return self_->numbers(); }
  // How many spans more it wants to work in, each as large as the weight.
  std::size_t scratch() const { return self_->scratch(); }
  // True when `update` wants the whole of a weight and the number of its rows.
  bool whole_tensor() const { return self_->whole_tensor(); }
  // Gradients of one batch that make a step.
  Size passes() const { return self_->passes(); }
  // How many sums it wants of all weights before one is moved; `measure` adds those of some.
  std::size_t sums() const { return self_->sums(); }
  void measure(const Step& now, ConstSpan w, ConstSpan g, const Span* kept,
               std::span<double> sums) const {
    self_->measure(now, w, g, kept, sums);
  }
  void decide(const Step& now, std::span<double> numbers) const { self_->decide(now, numbers); }
  // True when the weights to be evaluated are not those that are trained; `now` is the last step.
  bool evaluates_others() const { return self_->evaluates_others(); }
  void evaluated(const Step& now, ConstSpan w, const Span* kept, Span out) const {
    self_->evaluated(now, w, kept, out);
  }
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
    static constexpr bool wraps = WrappingRule<Rule>, measures_itself = requires {
      &Rule::measure;
    };
    static constexpr bool evaluates_itself = requires { &Rule::evaluated; };
    explicit Model(const Rule& rule)
        : Holds<OptimizerInterface, Rule>(rule),
          names(memory_of(rule)),
          own(names.size() + scratch_of<Rule>()) {
      if constexpr (wraps)
        for (const std::string& name : this->part.wraps().memory()) names.push_back(name);
    }
    std::span<const std::string> memory() const override { return names; }
    std::size_t numbers() const override {
      if constexpr (wraps)
        return this->part.wraps().numbers();
      else
        return numbers_of(this->part);
    }
    std::size_t scratch() const override {
      if constexpr (wraps)
        return this->part.wraps().scratch();
      else
        return scratch_of<Rule>();
    }
    bool whole_tensor() const override {
      if constexpr (wraps)
        return this->part.wraps().whole_tensor();
      else
        return requires { requires Rule::whole_tensor; };
    }
    Size passes() const override { return passes_of<Rule>(); }
    std::size_t sums() const override {
      if constexpr (measures_itself || !wraps)
        return sums_of(this->part);
      else
        return this->part.wraps().sums();
    }
    void measure(const Step& now, ConstSpan w, ConstSpan g, const Span* kept,
                 std::span<double> sums) const override {
      if constexpr (measures_itself && wraps)
        this->part.measure(now, w, g, mine(kept), others(kept), sums);
      else if constexpr (measures_itself)
        this->part.measure(now, w, g, mine(kept), sums);
      else if constexpr (wraps)
        this->part.wraps().measure(now, w, g, others(kept), sums);
    }
    void decide(const Step& now, std::span<double> numbers) const override {
      if constexpr (requires { this->part.decide(now, numbers); })
        this->part.decide(now, numbers);
      else if constexpr (wraps)
        this->part.wraps().decide(now, numbers);
    }
    void update(const Step& now, Span w, ConstSpan g, const Span* kept) const override {
      if constexpr (wraps)
        this->part.update(now, w, g, mine(kept), others(kept));
      else
        this->part.update(now, w, g, mine(kept));
    }
    bool evaluates_others() const override {
      if constexpr (evaluates_itself)
        return true;
      else if constexpr (wraps)
        return this->part.wraps().evaluates_others();
      else
        return false;
    }
    void evaluated(const Step& now, ConstSpan w, const Span* kept, Span out) const override {
      if constexpr (evaluates_itself)
        this->part.evaluated(now, w, mine(kept), out);
      else if constexpr (wraps)
        this->part.wraps().evaluated(now, w, others(kept), out);
    }
    SpansOf<Rule> mine(const Span* kept) const {
      SpansOf<Rule> spans{};
      if constexpr (memory_is_fixed<Rule>)
        for (std::size_t i = 0; i < spans.size(); ++i) spans[i] = kept[i];
      else
        spans = {kept, own};
      return spans;
    }
    const Span* others(const Span* kept) const { return kept + own; }
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
      return std::shared_ptr<const OptimizerInterface>(found ? new Model(changed) : nullptr);
    }
    std::vector<std::string> names;
    std::size_t own;  // spans that are not those of a rule that it steers
  };
};

// For rules that steer another one: why they cannot steer it, or nothing.
std::string steering_conflict(std::span<const std::string_view> memory, const Optimizer& other);

}  // namespace goodfit
