// TableInputs: the first layer for tables: numbers standardized, categories as places or vectors.
//
//   x: [batch, columns]   y: [batch, inputs]
//   number     z / √(1 + (z / clip)²), z = (x − μ) / σ; a missing one is 0, the mean
//   missing    one more input for each column listed there: 1 where it is missing
//   category   of n ≤ one_hot values: n inputs, of which one is 1
//              of more: a learned vector of round(1.6 n^0.56) numbers
//
// μ and σ are fitted on the training split, over the values that are there, and saved with the
// model. A category is its number from 1; 0 stands for values seldom or never seen in training, all
// taken alike. The soft clip keeps a wild number from outweighing all others. Sources: Guo &
// Berkhahn 2016, "Entity Embeddings of Categorical Variables", arXiv:1604.06737; fastai's
// emb_sz_rule for the widths; Holzmüller, Grinsztajn & Steinwart 2024, "Better by default",
// arXiv:2407.04491, for one-hot up to 8 and for the clip, which is 3 there.
#pragma once
#include <cmath>

#include "goodfit/base/text.hpp"
#include "goodfit/compute/ops/concat.hpp"
#include "goodfit/compute/ops/embedding.hpp"
#include "goodfit/compute/ops/reshape.hpp"
#include "goodfit/compute/ops/table_inputs.hpp"
#include "goodfit/parts/initializers/uniform.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct TableInputs {
  std::vector<Size> values = {};
  std::vector<Size> missing = {};
  Size one_hot = 8;
  double clip = 8;
  Initializer init = Uniform{.low = -0.05, .high = 0.05};

  static constexpr Card card{"table_inputs",
                             "For tables: numbers standardized, categories as vectors."};
  static constexpr Signal signal = Signal::passes;
  static constexpr auto fields() {
    return Fields{
        field("values", &TableInputs::values, at_least(0),
              "for each column how many values it has as a category; 0: it is a number"),
        field("missing", &TableInputs::missing, at_least(0),
              "columns, from 0, for which one more input says whether a value is missing"),
        field("one_hot", &TableInputs::one_hot, at_least(0),
              "categories of more values become learned vectors"),
        field("clip", &TableInputs::clip, at_least(0),
              "deviations that no number exceeds, softly; 0: as they are"),
        field("init", &TableInputs::init, "first values of the vectors"),
    };
  }

  // Numbers of a learned vector for one of n values.
  static Size width_of(Size n) { return Size(std::lround(1.6 * std::pow(double(n), 0.56))); }

  Value build(Net& net, Value x) const {
    const Size columns = x.shape().without_first().count();
    if (x.shape().rank() != 2 || Size(values.size()) != columns)
      fail("values has {} numbers, one for each column, but samples have shape {}", values.size(),
           x.shape().without_first().text());
    const Value mean = net.buffer("mean", {columns}, 0), std = net.buffer("std", {columns}, 1);
    net.fit(x, "mean", "std", true);
    Values parts;
    if (const auto plain = plain_inputs(); !plain.empty())
      parts.push_back(goodfit::table_inputs(x, mean, std, plain, clip));
    for (Size column = 0; column < columns; ++column)
      if (const Size n = values[std::size_t(column)]; n > one_hot) {
        const Value weight = net.weight(formatted("vectors.{}", column), {n + 1, width_of(n)}, init,
                                        {.in = width_of(n), .out = n + 1});
        const Value vector = goodfit::embedding(goodfit::slice(x, column, 1), weight);
        parts.push_back(goodfit::reshape(vector, {width_of(n)}));
      }
    return goodfit::concat(parts);
  }

 private:
  std::vector<TableInput> plain_inputs() const {
    using Sort = TableInput::Sort;
    std::vector<TableInput> inputs;
    for (std::size_t i = 0; i < values.size(); ++i)
      if (values[i] == 0)
        inputs.push_back({Sort::number, Size(i)});
      else if (values[i] <= one_hot)
        inputs.push_back({Sort::one_hot, Size(i), values[i]});
    for (const Size column : missing) inputs.push_back({Sort::missing, column});
    return inputs;
  }
};

}  // namespace goodfit
