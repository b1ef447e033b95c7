// A layer and an op of your own. A layer composes ops and has no backward; an op states its shape,
// its loop and its gradient. The three modes, saving and the check of settings come by themselves.
#include <goodfit/goodfit.hpp>
#include <iostream>
using namespace goodfit;

// y = a ∘ b, element by element        da = dy ∘ b, db = dy ∘ a
struct Multiply final : PlainOp<Multiply> {
  std::string_view name() const override { return "multiply"; }
  Shape shape(const Shapes& in) const override { return in[0]; }
  template <class T>  // float when it trains, double when its gradient is checked
  void work(const Call<T>& c) const {
    for (Size i = c.first(); i < c.first() + c.count(); ++i) c.out[i] = c.in[0][i] * c.in[1][i];
  }
  Values gradient(const Values& in, Value, Value dy) const override {
    return {dy.graph->add(*this, {dy, in[1]}), dy.graph->add(*this, {dy, in[0]})};
  }
};

// Gated: y = (x Vᵀ + b) ∘ σ(x Wᵀ + c)        x: [batch, in]   V, W: [out, in]   y: [batch, out]
// Source: Dauphin et al. 2017, "Language Modeling with Gated Convolutional Networks", eq. 1.
struct Gated {
  Size out = 0;

  static constexpr Card card{"gated", "A linear path that a second one opens and shuts."};
  static constexpr Signal signal = Signal::weights;
  static constexpr auto fields() { return Fields{field("out", &Gated::out, at_least(1), "units")}; }

  Value build(Net& net, Value x) const {
    const Size in = x.shape().back();
    const auto path = [&](const std::string& name) {
      const Fan fan{.in = in, .out = out};
      const Value w = net.weight(name + ".weight", {out, in}, XavierNormal{}, fan);
      return add_row(dense(x, w), net.bias(name + ".bias", {out}, Zeros{}, fan));
    };
    return net.graph().add(Multiply{}, {path("value"), sigmoid(path("gate"))});
  }
};

int main() {
  const Recipe recipe{
      .data = Csv{.path = "data/digits.csv.gz"},
      .model = {Standardize{}, Gated{.out = 64}, Dense{.out = 10}},
      .lr = OneCycle{.max = 1e-2},
      .batch = 32,
      .split = {.test = 0.25},
      .metrics = {Accuracy{}},
  };
  const Run run = train(recipe);
  for (const auto& [name, value] : run.test_scores)
    std::cout << "test " << name << ' ' << value << '\n';
}
