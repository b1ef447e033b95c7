// ONNX writer: the graph of a model in mode evaluate, op by op, as an ONNX graph.
//
// What depends on no sample (statistics of norms, weights under parametrizations) is computed and
// written as a constant. Images lie channels last here and channels first there: a value is written
// in the layout that it is made in, and transposed where another one is asked for.
//
// Rules stand in tables, a line for each op; rules.hpp lists the tables.
#pragma once
#include <functional>
#include <span>

#include "goodfit/compute/engine/interpreter.hpp"
#include "goodfit/study/export/onnx_graph.hpp"

namespace goodfit {

enum class Lie { last, first };  // where channels lie: [N, H, W, C] or [N, C, H, W]

class OnnxWriter {
 public:
  // `owner` says which layer made a value, for names and errors: "layers.0" and "dense".
  struct Owner {
    std::string scope, key;
  };
  OnnxWriter(const Graph& graph, Interpreter& values, std::vector<Owner> owners, Id input,
             Id output);

  // Writes all and returns the name of the output, channels last. Throws Error that names the layer
  // and the op that has no rule.
  std::string write();
  OnnxGraph& graph() { return onnx_; }

  // For rules.
  const Node& node(Id id) const { return graph_.node(id); }
  Id input_of(Id id, int input) const { return node(id).inputs[std::size_t(input)]; }
  template <class O>
  const O& op(Id id) const {
    return dynamic_cast<const O&>(*node(id).op);
  }
  Size steps(Id id) const { return node(id).shape[1]; }
  OnnxDims sample(Id id) const;          // extents of a sample of it
  OnnxDims rows(OnnxDims sample) const;  // -1 before them: any number of samples
  bool used_once(Id id) const { return uses_[std::size_t(id)] == 1; }

  // A batched value by its name; written now if it was not.
  std::string value(Id id, Lie lie = Lie::last);
  Lie lie_of(Id id);  // the layout in which it costs nothing; the channels last if both do
  void set(Id id, const std::string& name, Lie lie = Lie::last);
  // Numbers of a value that depends on no sample.
  std::vector<float> numbers(Id id);
  std::string constant(Id id);
  // One number for each channel, so that it is added to or multiplied with a value that lies so.
  std::string row(Id id, Lie lie, int rank);
  std::string row(const std::string& name, const std::vector<float>& values, Lie lie, int rank);
  std::string name_of(Id id, const std::string& otherwise) const;

  std::string add(const std::string& op, const OnnxNames& inputs,
                  const OnnxAttributes& attributes = {}) {
    return onnx_.node(op, inputs, attributes);
  }
  std::string reshaped(const std::string& x, const OnnxDims& to) {
    return add("Reshape", {x, onnx_.wholes(to)});
  }
  // Of the last axis, what stands from `begin` up to `end`.
  std::string sliced(const std::string& x, Size begin, Size end) {
    return add("Slice", {x, onnx_.wholes({begin}), onnx_.wholes({end}), onnx_.wholes({-1})});
  }
  std::string transposed(const std::string& x, const OnnxDims& order) {
    return add("Transpose", {x}, {{"perm", order}});
  }

 private:
  struct Written {
    std::string last, first;
    bool begun = false;
  };
  void write_op(Id id);
  const Graph& graph_;
  Interpreter& values_;
  std::vector<Owner> owners_;
  Id output_;
  std::vector<Written> written_;
  std::vector<int> uses_;
  OnnxGraph onnx_;
};

// What writes one op. Those that are `asked` are written when another op wants their value: an op
// that takes them into itself never does.
struct OnnxRule {
  std::string_view op;
  void (*write)(OnnxWriter&, Id);
  bool asked = false;
};
// Of an op whose user takes it into itself.
inline void with_its_user(OnnxWriter&, Id) {}
using OnnxRules = std::span<const OnnxRule>;

OnnxRules pointwise_rules();
OnnxRules product_rules();
OnnxRules norm_rules();
OnnxRules sequence_rules();
OnnxRules shape_rules();

}  // namespace goodfit
