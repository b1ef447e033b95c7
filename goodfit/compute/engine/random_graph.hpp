// Random graph: layers of any ops in any order, a loss and its gradients, for tests that hold for
// all graphs.
//
// What nets are made of comes most often, but a value may also be used twice, weights shared, a sum
// over the batch given back to every sample, and several losses added.
#pragma once
#include <cmath>
#include <memory>
#include <string>

#include "goodfit/base/random.hpp"
#include "goodfit/base/text.hpp"
#include "goodfit/compute/graph/add.hpp"
#include "goodfit/compute/ops/attention.hpp"
#include "goodfit/compute/ops/avg_pool.hpp"
#include "goodfit/compute/ops/batch_norm.hpp"
#include "goodfit/compute/ops/conv2d.hpp"
#include "goodfit/compute/ops/cross_entropy.hpp"
#include "goodfit/compute/ops/dense.hpp"
#include "goodfit/compute/ops/dropout.hpp"
#include "goodfit/compute/ops/group_norm.hpp"
#include "goodfit/compute/ops/max_pool.hpp"
#include "goodfit/compute/ops/mean_positions.hpp"
#include "goodfit/compute/ops/mean_rows.hpp"
#include "goodfit/compute/ops/noise.hpp"
#include "goodfit/compute/ops/orthogonality.hpp"
#include "goodfit/compute/ops/penalty.hpp"
#include "goodfit/compute/ops/recurrent.hpp"
#include "goodfit/compute/ops/reshape.hpp"
#include "goodfit/compute/ops/sigmoid.hpp"
#include "goodfit/compute/ops/squared_error.hpp"
#include "goodfit/compute/ops/tanh.hpp"

namespace goodfit {

class RandomGraph {
 public:
  explicit RandomGraph(std::uint64_t seed)
      : random_(seed, stream_of("graphs")),
        graph_(1 + random_.below(random_.below(3) == 0 ? 100 : 40), pick({5, 16, 32, 32})) {
    rows_ = random_.below(3) == 0 ? graph_.rows() : 1 + random_.below(graph_.rows());
    Shape sample;
    for (Size axes = random_.below(3); axes > 0; --axes) sample.push(1 + random_.below(4));
    sample.push(width());
    pool_.push_back(graph_.input(sample, "input"));
    for (Size layers = 1 + random_.below(8); layers > 0; --layers) pool_.push_back(layer(some()));
    Value loss = a_loss(pool_.back());
    for (Size more = random_.below(3); more > 1; --more) loss = add(loss, a_loss(some()));
    for (const Value& parameter : parameters_)
      if (random_.below(4) == 0) loss = add(loss, a_penalty(parameter));
    Values wanted = parameters_;
    if (random_.below(3) == 0) wanted.push_back(pool_.front());
    roots_ = {pool_.back().id, loss.id};
    for (const Value& gradient : gradients(loss, wanted)) roots_.push_back(gradient.id);
  }

  const Graph& graph() const { return graph_; }
  const std::vector<Id>& roots() const { return roots_; }
  Size rows() const { return rows_; }  // samples of the batch; the graph may have room for more

  // Numbers for every leaf that is fed or stored: of the right kind for its name.
  std::vector<float> numbers(Id leaf) {
    const Node& node = graph_.node(leaf);
    std::vector<float> all(std::size_t(node.shape.count()));
    const double fan = node.shape.rank() > 1 ? double(node.shape.row()) : 10;
    for (float& x : all) {
      const double drawn = random_.normal();
      x = float(node.name.find("class") == 0    ? double(random_.below(classes_))
                : node.name.find("spread") == 0 ? 0.5 + std::abs(drawn)
                : node.name.find("scale") == 0  ? 1 + 0.3 * drawn
                : node.source == Source::input || node.source == Source::target
                    ? drawn
                    : drawn / std::sqrt(fan));
    }
    return all;
  }

 private:
  Size pick(std::initializer_list<Size> from) {
    return from.begin()[random_.below(Size(from.size()))];
  }
  bool coin() { return random_.below(2) == 0; }
  Size width() { return random_.below(25) == 0 ? 100 : 1 + random_.below(24); }
  std::string name(const char* what) { return formatted("{}.{}", what, ++named_); }
  Value some() { return coin() ? pool_.back() : pool_[std::size_t(random_.below(pool_count()))]; }
  Size pool_count() const { return Size(pool_.size()); }

  Value parameter(const char* what, const Shape& shape) {
    for (const Value& old : parameters_)
      if (old.shape() == shape && random_.below(4) == 0) return old;
    parameters_.push_back(graph_.parameter(shape, name(what)));
    return parameters_.back();
  }
  Value scale(Size channels) {
    return coin() ? parameter("scale", {channels}) : graph_.constant({channels}, 1.5);
  }
  Value shift(Size channels) {
    return coin() ? parameter("shift", {channels}) : graph_.constant({channels}, 0);
  }

  Value a_dense(Value x, Size out) {
    Value y = dense(x, parameter("weight", {out, x.shape().back()}));
    if (coin()) y = add_row(y, parameter("bias", {out}));
    return coin() ? relu(y) : y;
  }

  Value a_batch_norm(Value x) {
    const Size channels = x.shape().back();
    const int kind = random_.below(4);
    if (kind > 1) {
      Value y = a_trained_norm(x);
      if (random_.below(3) == 0) y = add(y, x);
      return coin() ? relu(y) : y;
    }
    const Value gamma = scale(channels), beta = shift(channels);
    const Value mean = graph_.buffer({channels}, name("mean"));
    const Value spread = graph_.buffer({channels}, name("spread"));
    return batch_norm(
        x, kind == 0 ? normalizer_of_deviation(mean, spread) : normalizer(mean, spread, 1e-3),
        gamma, beta, true);
  }

  Value a_trained_norm(Value x) {
    const Size channels = x.shape().back(), positions = positions_of(x, channels);
    const Value gamma = scale(channels), beta = shift(channels);
    const Value mean = graph_.buffer({channels}, name("mean"));
    const Value spread = graph_.buffer({channels}, name("spread"));
    const Value batch = batch_statistics(x, channels);
    graph_.assign(mean, graph_.add(RunningOp(0.1, 0, positions), {mean, batch}));
    graph_.assign(spread, graph_.add(RunningOp(0.1, 1, positions), {spread, batch}));
    return batch_norm(x, normalizer(batch, 1e-3), gamma, beta, false);
  }

  Value a_dropout(Value x) {
    const double p = 0.1 * double(1 + random_.below(8));
    if (random_.below(4) == 0) return noise(x, p, coin(), std::uint32_t(++named_));
    const Decision each[]{Decision::unit, Decision::unit, Decision::channel, Decision::sample};
    return dropout(x, {.p = p, .each = each[random_.below(4)]}, std::uint32_t(++named_));
  }

  Value a_group_norm(Value x) {
    const Size channels = x.shape().back();
    const Value gamma = scale(channels), beta = shift(channels);
    const bool each_position = coin();
    const Size groups = each_position ? 1 : coin() ? channels : channels % 2 == 0 ? 2 : 1;
    const Value y = group_norm(
        x, gamma, beta,
        {.eps = 1e-3, .groups = groups, .each_position = each_position, .centred = coin()});
    return coin() ? relu(y) : y;
  }

  Value a_penalty(Value w) {
    if (random_.below(3) == 0) w = orthogonality(coin() ? w : transposed(w));
    return penalty(w, coin() ? Norm::squares : Norm::magnitudes, 0.01);
  }

  Value another_shape(Value x) {
    const Size count = x.shape().row();
    const Size first = 1 + random_.below(4);
    return count % first == 0 ? reshape(x, {first, count / first}) : reshape(x, {count});
  }

  Window window(Size extent, bool for_pooling) {
    Window made{.kernel = 1 + random_.below(std::min<Size>(extent, 3)),
                .stride = 1 + random_.below(3)};
    if (!for_pooling && made.kernel == 2 && extent > 2) made.dilation = 2;
    made.before = random_.below(made.kernel / 2 + 1);
    made.after = random_.below(made.kernel / 2 + 1);
    return made;
  }

  // A convolution of many channels, which Winograd's kernels take over.
  Value a_wide_convolution(Value x) {
    const Size channels = 16 + random_.below(2), units = 16 + random_.below(2);
    if (x.shape().rank() > 2) x = reshape(x, {x.shape().row()});
    const Value image = reshape(a_dense(x, 4 * 4 * channels), {4, 4, channels});
    const Window three{.kernel = 3, .before = 1, .after = 1};
    return conv2d(image, parameter("weight", {units, channels, 3, 3}), {three, three});
  }

  // Convolutions and pooling, of what is an image or is made one.
  Value an_image(Value x) {
    if (random_.below(50) == 0) return a_wide_convolution(x);
    const Size channels = x.shape().back(), pixels = x.shape().row() / channels;
    const Size rows = pixels % 2 == 0 ? 2 : 1;
    if (x.shape().rank() != 4) x = reshape(x, {rows, pixels / rows, channels});
    const Size height = x.shape()[1], width = x.shape()[2];
    const Window pairs{.kernel = 2, .stride = 2};
    switch (random_.below(7)) {
      case 6:  // the three that passes make one of
        if (height > 1 && width > 1) return max_pool(relu(a_trained_norm(x)), {pairs, pairs});
        [[fallthrough]];
      case 0:
        return max_pool(x, {window(height, true), window(width, true)});
      case 1:
        return avg_pool(x, {window(height, true), window(width, true)});
      case 2:
        return mean_positions(x);
      case 3: {
        const Windows windows{window(2 * height, false), window(width, false)};
        const Size out = 1 + random_.below(4);
        const auto extent = [](Size in, const Window& w) {  // the least that gives `in` back
          return std::max<Size>(1, (in - 1) * w.stride + w.extent() - w.before - w.after);
        };
        const Value w =
            parameter("weight", {channels, out, windows.height.kernel, windows.width.kernel});
        const Size tall = extent(height, windows.height), wide = extent(width, windows.width);
        if (windows.height.on(tall, "tall").out != height) return x;
        if (windows.width.on(wide, "wide").out != width) return x;
        return conv_transpose2d(x, w, windows, tall, wide);
      }
      default: {
        const Windows windows{window(height, false), window(width, false)};
        const Size groups = channels % 2 == 0 && coin() ? coin() ? channels : 2 : 1;
        const Size out = groups == channels ? channels : groups * (1 + random_.below(12));
        const Value y = conv2d(x,
                               parameter("weight", {out, channels / groups, windows.height.kernel,
                                                    windows.width.kernel}),
                               windows, groups);
        const Value shifted = coin() ? add_row(y, parameter("bias", {out})) : y;
        return coin() ? relu(shifted) : shifted;
      }
    }
  }

  // A recurrent cell over the positions of what is a sequence or is made one.
  Value a_walk(Value x) {
    const Size channels = x.shape().back(), h = 1 + random_.below(9);
    if (x.shape().rank() != 3) x = reshape(x, {x.shape().row() / channels, channels});
    const auto kind = Recurrent(random_.below(4));
    const RecurrentCell cell(kind, h > 1 && named_ % 2 == 0 ? 0.5 : 0);
    const Size gates = cell.gates() * h;
    Values inputs{a_dense(x, gates), parameter("weight", {gates, h})};
    if (!cell.normed()) inputs.push_back(shift(gates));
    for (std::size_t i = 0; i < cell.norm_count(); ++i) {
      inputs.push_back(scale(cell.norm_width(i) * h));
      inputs.push_back(shift(cell.norm_width(i) * h));
    }
    return recurrent(cell, inputs, coin());
  }

  // A value of the shape of x, if possible another one.
  Value partner(Value x) {
    for (Size tries = 3; tries > 0; --tries)
      if (const Value other = some(); other.shape() == x.shape()) return other;
    return coin() ? x : tanh(x);
  }

  Value layer(Value x) {
    switch (random_.below(20)) {
      case 0:
        return relu(x);
      case 1:
        return sigmoid(x);
      case 2:
        return tanh(x);
      case 3:
        return add(x, partner(x));
      case 4:
        return a_dropout(x);
      case 5:
      case 6:
        return a_batch_norm(x);
      case 7:
        return a_group_norm(x);
      case 8:
        return another_shape(x);
      case 9:
        return add_row(x, sum_rows(tanh(x)));
      case 10:
      case 11:
      case 12:
        return an_image(x);
      case 13:
        return a_walk(x);
      case 14: {
        const Size channels = x.shape().back(), steps = x.shape().row() / channels;
        const Size heads = 1 + random_.below(3);
        const Value sequence = reshape(x, {steps, channels});
        return attention_of(a_dense(sequence, 3 * heads * (1 + random_.below(6))),
                            {.heads = heads, .causal = coin()});
      }
      default:
        return a_dense(x, width());
    }
  }

  Value a_loss(Value x) {
    Value each;
    if (coin()) {
      if (x.shape().back() != classes_) x = a_dense(x, classes_);
      Shape target = x.shape().without_first();
      target[target.rank() - 1] = 1;
      each = cross_entropy(x, graph_.target(target, name("class")), coin() ? 0.1 : 0);
    } else if (random_.below(4) > 0) {
      each = squared_error(x, graph_.target(x.shape().without_first(), name("number")));
    } else {
      each = tanh(dense(x, parameter("weight", {1, x.shape().back()})));
    }
    return random_.below(4) == 0 ? sum_rows(each) : mean_rows(each);
  }

  static constexpr Size classes_ = 5;
  Random random_;
  Graph graph_;
  Size rows_ = 0;
  int named_ = 0;
  Values pool_, parameters_;
  std::vector<Id> roots_;
};

}  // namespace goodfit
