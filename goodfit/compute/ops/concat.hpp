// Concat: values side by side on the last axis, y[…, :] = (a[…, :], b[…, :], …).
//
//   a: [batch, …, A]   b: [batch, …, B]   y: [batch, …, A + B + …]       da, db = slices of dy
#pragma once
#include "goodfit/compute/ops/slice.hpp"

namespace goodfit {

struct ConcatOp final : PlainOp<ConcatOp> {
  std::string_view name() const override { return "concat"; }
  Shape shape(const Shapes& in) const override {
    Shape out = in[0];
    for (std::size_t i = 1; i < in.size(); ++i) {
      Shape like = in[i];
      like[like.rank() - 1] = in[0].back();
      if (like != in[0])
        fail("concat: shapes {} and {} differ before the last axis", in[0].text(), in[i].text());
      out[out.rank() - 1] += in[i].back();
    }
    return out;
  }
  template <class T>
  void work(const Call<T>& c) const {
    const Size total = c.shape->back();
    T* y = c.out + c.first();
    for (std::size_t i = 0; i < c.in.size() && c.in[i]; ++i) {
      const Size width = c.channels(int(i)), rows = c.vectors(int(i));
      const T* x = c.batch(int(i));
      for (Size r = 0; r < rows; ++r) std::copy_n(x + r * width, width, y + r * total);
      y += width;
    }
  }
  Values gradient(const Values& in, Value, Value dy) const override {
    Values parts;
    Size begin = 0;
    for (const Value& x : in) {
      parts.push_back(slice(dy, begin, x.shape().back()));
      begin += x.shape().back();
    }
    return parts;
  }
};

// Of at least one value. An op has few inputs, so many values are joined in groups.
inline Value concat(Values values) {
  constexpr std::size_t most = Call<float>::max_inputs;
  while (values.size() > 1) {
    Values joined;
    for (std::size_t i = 0; i < values.size(); i += most) {
      const Values group(values.begin() + long(i),
                         values.begin() + long(std::min(i + most, values.size())));
      joined.push_back(group.size() == 1 ? group[0] : group[0].graph->add(ConcatOp{}, group));
    }
    values = std::move(joined);
  }
  return values.front();
}

}  // namespace goodfit
