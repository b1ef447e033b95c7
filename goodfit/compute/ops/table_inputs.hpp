// Table inputs: what a network can work with, of columns of numbers and of numbered categories.
//
//   x: [batch, columns]   μ, σ: [columns]   y: [batch, inputs], one or more of each column:
//   number    z / √(1 + (z / clip)²) of z = (x − μ) / σ, or z itself for clip = 0; missing: 0
//   missing   1 where x is missing, else 0
//   one_hot   `values` of them: the one of category 1 … values is 1; category 0 and missing: none
//
// Missing is NaN. There is no gradient: columns are data.
#pragma once
#include <cmath>

#include "goodfit/base/error.hpp"
#include "goodfit/base/text.hpp"
#include "goodfit/compute/graph/graph.hpp"

namespace goodfit {

struct TableInput {
  enum class Sort { number, missing, one_hot } sort = Sort::number;
  Size column = 0;
  Size values = 0;  // of one_hot

  Size width() const { return sort == Sort::one_hot ? values : 1; }
};

// Inputs x, μ, σ.
struct TableInputsOp final : PlainOp<TableInputsOp> {
  TableInputsOp(std::vector<TableInput> wanted, double limit)
      : inputs(std::move(wanted)), clip(limit) {}
  std::vector<TableInput> inputs;
  double clip;
  std::string_view name() const override { return "table_inputs"; }
  std::string settings() const override {
    std::string text = formatted("clip={}", clip);
    for (const TableInput& one : inputs)
      text += formatted(" {}:{}:{}", int(one.sort), one.column, one.values);
    return text;
  }
  Shape shape(const Shapes& in) const override {
    Size width = 0;
    for (const TableInput& one : inputs) {
      if (in[0].rank() != 2 || one.column >= in[0].back())
        fail("table_inputs: there is no column {} in samples of shape {}", one.column,
             in[0].without_first().text());
      width += one.width();
    }
    return {in[0][0], width};
  }
  template <class T>
  void work(const Call<T>& c) const {
    const Size columns = c.channels(0);
    const T *x = c.batch(0), *mean = c.in[1], *deviation = c.in[2];
    T* y = c.out + c.first();
    for (Size row = c.begin; row < c.end; ++row, x += columns)
      for (const TableInput& one : inputs) {
        const T value = x[one.column];
        const bool missing = std::isnan(value);
        if (one.sort == TableInput::Sort::one_hot) {
          std::fill_n(y, one.values, T(0));
          if (const Size at = missing ? 0 : category(value, one.values); at > 0) y[at - 1] = T(1);
        } else if (one.sort == TableInput::Sort::missing) {
          *y = missing ? T(1) : T(0);
        } else {
          const T z = missing ? T(0) : (value - mean[one.column]) / deviation[one.column];
          *y = clip == 0 ? z : z / std::sqrt(1 + z / T(clip) * (z / T(clip)));
        }
        y += one.width();
      }
  }
  Values gradient(const Values&, Value, Value) const override { return {{}, {}, {}}; }

 private:
  template <class T>
  static Size category(T value, Size values) {
    if (!(value >= 0 && value <= T(values)) || value != std::floor(value))
      fail("table_inputs: the category {} is not allowed: must be a whole number from 0 to {}",
           number_text(double(value)), values);
    return Size(value);
  }
};

inline Value table_inputs(Value x, Value mean, Value deviation, std::vector<TableInput> inputs,
                          double clip) {
  return x.graph->add(TableInputsOp(std::move(inputs), clip), {x, mean, deviation});
}

}  // namespace goodfit
