// ONNX graph: nodes, constants, inputs and outputs of a model in the Open Neural Network Exchange
// format, written as its Protocol Buffers without a library.
//
// Operators are those of opset 17 and older: newer runtimes read them too, the other way round not.
// Source: onnx.ai, "ONNX IR specification", version 8, and onnx.proto.
#pragma once
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "goodfit/compute/tensor/shape.hpp"
#include "goodfit/train/record/protobuf.hpp"

namespace goodfit {

using OnnxNames = std::vector<std::string>;
using OnnxDims = std::vector<Size>;

struct OnnxAttribute {
  OnnxAttribute(const char* name, Size value);
  OnnxAttribute(const char* name, double value);
  OnnxAttribute(const char* name, const OnnxDims& value);
  OnnxAttribute(const char* name, const OnnxNames& value);
  Message message;
};
using OnnxAttributes = std::vector<OnnxAttribute>;

enum class OnnxType { number = 1, whole = 7, text = 8 };  // as the format counts them

class OnnxGraph {
 public:
  // Names of what follows begin so: the layer that it comes from.
  void begin_scope(std::string scope) { scope_ = std::move(scope); }

  // A node with one output, whose name is returned.
  std::string node(const std::string& op, const OnnxNames& inputs,
                   const OnnxAttributes& attributes = {});
  // One of which several outputs count; "" stands for one that does not.
  void node(const std::string& op, const OnnxNames& inputs, const OnnxAttributes& attributes,
            const OnnxNames& outputs);
  std::string fresh(const std::string& word);  // a name that nothing else has

  // Constants; equal names mean equal numbers.
  std::string numbers(const std::string& name, const OnnxDims& dims, ConstSpan values);
  std::string number(double value);
  std::string wholes(const OnnxDims& values);
  std::string whole(Size value);  // of no axis
  std::string texts(const std::string& name, const std::vector<std::string>& values);

  // A batched value: its first axis is "N", the samples.
  void input(const std::string& name, OnnxType type, const OnnxDims& sample,
             const std::string& about);
  void output(const std::string& name, OnnxType type, const OnnxDims& sample,
              const std::string& about);

  // The file. `notes` are metadata: key and text.
  std::string bytes(const std::string& name,
                    const std::vector<std::pair<std::string, std::string>>& notes) const;

 private:
  std::string constant(const std::string& name, OnnxType type, const OnnxDims& dims,
                       std::string_view raw);
  static Message described(const std::string& name, OnnxType type, const OnnxDims& sample,
                           const std::string& about);
  std::string scope_;
  std::vector<Message> nodes_, constants_, inputs_, outputs_;
  std::map<std::string, int> taken_;  // names, and how often they were asked for
  std::map<std::string, bool> made_;  // constants
};

}  // namespace goodfit
