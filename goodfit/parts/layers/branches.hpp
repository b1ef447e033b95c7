// Branches: several bodies see the same input, and what they make is joined.
//
//   concat   y = (f₁(x), f₂(x), …) side by side on the last axis     [batch, …, C₁ + C₂ + …]
//   add      y = f₁(x) + f₂(x) + …                                   one shape for all
//
// For windows of several sizes side by side, or for ways of different depth. A branch that only
// passes its input on is [{ type = "identity" }].
// Source: Szegedy et al. 2015, "Going Deeper with Convolutions", arXiv:1409.4842, figure 2.
#pragma once
#include "goodfit/base/text.hpp"
#include "goodfit/compute/graph/add.hpp"
#include "goodfit/compute/ops/concat.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct Branches {
  std::vector<std::vector<Layer>> bodies{};
  std::string join = "concat";

  static constexpr Card card{"branches", "Joins what several bodies make of one input."};
  static constexpr auto fields() {
    return Fields{
        field("bodies", &Branches::bodies, "lists of layers, one for each branch"),
        field("join", &Branches::join, Choices{"concat", "add"},
              "side by side as more channels, or added"),
    };
  }
  // Whoever stands before it meets the first branch.
  std::vector<Layer> opening() const { return bodies.empty() ? std::vector<Layer>{} : bodies[0]; }

  Value build(Net& net, Value x) const {
    if (bodies.empty()) fail("branches.bodies is empty: give it at least one list of layers");
    Values made;
    for (std::size_t i = 0; i < bodies.size(); ++i) {
      if (bodies[i].empty())
        fail("branches.bodies[{}] is empty: take identity to pass the input on", i);
      made.push_back(build_sequence(net, formatted("bodies.{}", i), bodies[i], x));
      check_shape(made.front(), made.back(), i);
    }
    if (join == "concat") return goodfit::concat(made);
    Value y = made[0];
    for (std::size_t i = 1; i < made.size(); ++i) y = goodfit::add(y, made[i]);
    return y;
  }

 private:
  void check_shape(Value first, Value now, std::size_t i) const {
    const Shape wanted = first.shape();
    Shape found = now.shape();
    if (join == "concat" && found.rank() == wanted.rank())
      found[found.rank() - 1] = wanted[wanted.rank() - 1];
    if (found == wanted) return;
    fail("branch 0 makes shape {} and branch {} makes {}; to {} them, {} must be equal",
         wanted.without_first().text(), i, now.shape().without_first().text(), join,
         join == "concat" ? "all but the channels" : "both");
  }
};

}  // namespace goodfit
