// Op: one operation of a graph, with its shape rule, its kernel, its double reference and its
// gradient.
//
// An op is cut into items, so that threads can share it, always at the same places:
//   rows    an item is one sample; a unit is a shard, a fixed slice of the batch, and of batched
//           values it may touch those of its samples alone: there may be no others
//   tiles   an item is whatever the op says; nothing crosses a tile
//   once    it runs whole, on one thread, alone
// What crosses samples is computed per shard into slots and merged in a fixed tree, or per tile
// over the whole batch in one order, so that the bits do not depend on the number of threads.
#pragma once
#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "goodfit/base/size.hpp"
#include "goodfit/compute/tensor/shape.hpp"

namespace goodfit {

class Graph;
using Id = int;

// Node of a graph, as a handle. Shapes of batched values have the samples as their first axis.
struct Value {
  Graph* graph = nullptr;
  Id id = -1;
  const Shape& shape() const;
  bool batched() const;
  explicit operator bool() const { return graph != nullptr; }
};
using Values = std::vector<Value>;
using Shapes = std::vector<Shape>;

enum class Spread { rows, tiles, once };

struct Cut {
  Size items, grain;  // a unit is `grain` items; the last may have fewer
};

// What one call of a kernel gets. T is float in a plan and double in the interpreter.
template <class T>
struct Call {
  static constexpr int max_inputs = 8;
  std::array<const T*, max_inputs> in{};
  T* out = nullptr;
  bool far = false;  // out is read again only after more than a cache holds
  std::array<const Shape*, max_inputs> shapes{};  // of the inputs, as planned
  const Shape* shape = nullptr;                   // of the output, as planned
  Size begin = 0, end = 0;                        // items of this unit
  Size unit = 0;                                  // its number: the slot of a shard
  Size item = 1;                                  // floats of the output in one item, for rows
  Size rows = 0;                                  // samples in this batch, at most as planned
  Size shard_rows = 0;                            // samples of a full shard
  std::uint64_t seed = 0;                         // of the run
  std::uint32_t step = 0;                         // moves the random numbers
  Size first_row = 0;                             // the batch's first sample, as they count

  // Elements of the output in this unit, for ops that treat each element or each row alone.
  Size first() const { return begin * item; }
  Size count() const { return (end - begin) * item; }
  // The same as rows of the last axis: of `out`, or of an input that is batched as well.
  Size channels(int input) const { return shapes[std::size_t(input)]->back(); }
  const T* batch(int input) const {
    return in[std::size_t(input)] + begin * shapes[std::size_t(input)]->row();
  }
  Size vectors(int input) const {  // rows of the last axis of a batched input, in this unit
    const Shape& of = *shapes[std::size_t(input)];
    return (end - begin) * of.row() / of.back();
  }
  Size vectors_of(int input, Size width) const {  // the same for rows of `width` floats
    return (end - begin) * shapes[std::size_t(input)]->row() / width;
  }
  Size shards() const { return (rows + shard_rows - 1) / shard_rows; }
  Size rows_of(Size shard) const {
    return std::min(rows, (shard + 1) * shard_rows) - shard * shard_rows;
  }
};

struct Op;
using OpPointer = std::shared_ptr<const Op>;
OpPointer owned(const Op* op);  // takes over
template <class O>
OpPointer shared_op(const O& op) {
  return owned(new O(op));
}

struct Op {
  virtual ~Op() = default;
  virtual std::string_view name() const = 0;
  // What tells two ops of one name apart: "p=0.5 stream=7". Equal texts mean equal ops.
  virtual std::string settings() const { return {}; }

  // Throws Error that names both shapes when they do not fit. `rows` shapes keep their first axis.
  virtual Shape shape(const Shapes& in) const = 0;
  virtual Spread spread(bool batched, const Shape& out) const {
    return batched ? Spread::rows : out.count() > tile ? Spread::tiles : Spread::once;
  }
  // Whether the first axis of the output is the batch; ops that merge samples say no.
  virtual bool batched(Spread spread) const { return spread == Spread::rows; }
  virtual Cut cut(const Shapes&, const Shape& out) const {
    return {out.count(), tile};
  }  // for tiles
  // Floats that the value takes in a plan, where it is not one for each element.
  virtual Size floats(const Shape& out) const { return out.count(); }
  virtual bool may_overwrite(int /*input*/) const { return false; }  // output may take its memory
  // Whether the slot of a shard is a sum over its samples, which may be added up some at a time.
  virtual bool slots_are_sums() const { return false; }
  virtual bool draws() const { return false; }    // random numbers, of the samples or of the step
  virtual bool is_view() const { return false; }  // the output is input 0 under another shape
  // Whether its gradient had better compute it again than have it kept from the way forward.
  virtual bool is_cheap() const { return false; }
  virtual double flops(const Shapes&, const Shape& out) const { return double(out.count()); }

  virtual void run(const Call<float>& call) const = 0;
  virtual void reference(const Call<double>& call) const = 0;

  // The gradients of the inputs, as new values of the same graph; nothing where there is none.
  // Ops that only stand in gradients themselves have none: calling this is a bug.
  virtual Values gradient(const Values& in, Value out, Value d_out) const;

  // Hooks of the passes. The op that does this one and `next` in one go (its inputs are ours, then
  // the others of `next`), or nothing.
  virtual OpPointer followed_by(const Op& /*next*/) const { return nullptr; }
  // The op that does what makes our input number `input` as well, and all it takes; or nothing.
  struct Fused {
    OpPointer op;
    std::vector<Id> inputs;
  };
  virtual Fused preceded_by(const Graph&, const std::vector<Id>& /*inputs*/, int /*input*/) const {
    return {};
  }
  // The op that prepares an input once a step, and the op that then takes it; or nothing.
  struct Prepared {
    int input;
    OpPointer preparation, op;
  };
  virtual Prepared prepared(const Shapes& /*in*/) const { return {-1, nullptr, nullptr}; }

  static constexpr Size tile = 8192;  // elements; enough to outweigh the cost of handing out a unit
};

// For ops that say their work once, `template <class T> void work(const Call<T>&) const`. A kernel
// and its reference have one name, so that T chooses between them:
//   using namespace kernels;
//   using namespace kernels::reference;
//   relu(c.in[0], c.out, n);            the kernel for float, the reference for double
template <class Derived>
struct PlainOp : Op {
  void run(const Call<float>& call) const override {
    static_cast<const Derived*>(this)->template work<float>(call);
  }
  void reference(const Call<double>& call) const override {
    static_cast<const Derived*>(this)->template work<double>(call);
  }
};

}  // namespace goodfit
