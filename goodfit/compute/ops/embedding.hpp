// Embedding: a row of the weight for each id, y[…, :] = W[id[…], :].
//
//   ids: [batch, …], whole numbers as floats   W: [num, dim]   y: [batch, …, dim]
//   dW[k, :] = Σ of dy where the id is k, in the order of the batch
//
// Ids have no gradient. An id that is no row of W is an error.
#pragma once
#include <cmath>

#include "goodfit/base/error.hpp"
#include "goodfit/base/text.hpp"
#include "goodfit/compute/graph/graph.hpp"

namespace goodfit {

// Inputs ids, dy. A tile is some rows of dW: it looks at all ids and adds those of its own.
struct EmbeddingWeightGradientOp final : PlainOp<EmbeddingWeightGradientOp> {
  explicit EmbeddingWeightGradientOp(Size rows_of_weight) : num(rows_of_weight) {}
  Size num;
  std::string_view name() const override { return "embedding_weight_gradient"; }
  std::string settings() const override { return std::to_string(num); }
  Shape shape(const Shapes& in) const override { return {num, in[1].back()}; }
  Spread spread(bool, const Shape&) const override { return Spread::tiles; }
  // Few tiles, as each reads all ids.
  Cut cut(const Shapes&, const Shape& out) const override {
    return {out[0], std::max<Size>(1, (out[0] + 7) / 8)};
  }
  double flops(const Shapes& in, const Shape&) const override { return double(in[1].count()); }
  template <class T>
  void work(const Call<T>& c) const {
    const Size dim = c.shape->back(), count = c.rows * c.shapes[0]->row();
    std::fill_n(c.out + c.begin * dim, (c.end - c.begin) * dim, T(0));
    for (Size i = 0; i < count; ++i) {
      const Size id = Size(c.in[0][i]);
      if (id < c.begin || id >= c.end) continue;
      const T* dy = c.in[1] + i * dim;
      T* dw = c.out + id * dim;
      for (Size j = 0; j < dim; ++j) dw[j] += dy[j];
    }
  }
};

// Inputs ids, W.
struct EmbeddingOp final : PlainOp<EmbeddingOp> {
  std::string_view name() const override { return "embedding"; }
  Shape shape(const Shapes& in) const override {
    Shape out = in[0];
    out.push(in[1].back());
    return out;
  }
  template <class T>
  void work(const Call<T>& c) const {
    const Size num = (*c.shapes[1])[0], dim = c.channels(1);
    const Size count = (c.end - c.begin) * c.shapes[0]->row();
    const T* ids = c.batch(0);
    T* y = c.out + c.first();
    for (Size i = 0; i < count; ++i, y += dim) {
      const T id = ids[i];
      if (!(id >= 0 && id < T(num)) || id != std::floor(id))
        fail("embedding: the id {} is not allowed: must be a whole number from 0 to {}",
             number_text(double(id)), num - 1);
      std::copy_n(c.in[1] + Size(id) * dim, dim, y);
    }
  }
  Values gradient(const Values& in, Value, Value dy) const override {
    return {{}, dy.graph->add(EmbeddingWeightGradientOp(in[1].shape()[0]), {in[0], dy})};
  }
};

inline Value embedding(Value ids, Value weight) {
  return ids.graph->add(EmbeddingOp{}, {ids, weight});
}

}  // namespace goodfit
