#include "goodfit/study/export/onnx_graph.hpp"

#include <fmt/format.h>

#include "goodfit/base/text.hpp"
#include "goodfit/base/version.hpp"

namespace goodfit {
namespace {

template <class T>
std::string_view raw(const T* values, std::size_t count) {
  return {reinterpret_cast<const char*>(values), count * sizeof(T)};
}

enum AttributeKind { one_real = 1, one_whole = 2, many_wholes = 7, many_texts = 8 };

}  // namespace

OnnxAttribute::OnnxAttribute(const char* name, double value) {
  message.text(1, name).real32(2, float(value)).whole(20, one_real);
}
OnnxAttribute::OnnxAttribute(const char* name, Size value) {
  message.text(1, name).whole(3, value).whole(20, one_whole);
}
OnnxAttribute::OnnxAttribute(const char* name, const OnnxDims& value) {
  message.text(1, name);
  for (const Size each : value) message.whole(8, each);
  message.whole(20, many_wholes);
}
OnnxAttribute::OnnxAttribute(const char* name, const OnnxNames& value) {
  message.text(1, name);
  for (const std::string& each : value) message.text(9, each);
  message.whole(20, many_texts);
}

std::string OnnxGraph::fresh(const std::string& word) {
  const std::string name = scope_.empty() ? word : scope_ + "." + word;
  const int before = taken_[name]++;
  return before == 0 ? name : fresh(fmt::format("{}_{}", word, before));
}

std::string OnnxGraph::node(const std::string& op, const OnnxNames& inputs,
                            const OnnxAttributes& attributes) {
  const std::string output = fresh(lower_case(op));
  node(op, inputs, attributes, {output});
  return output;
}

void OnnxGraph::node(const std::string& op, const OnnxNames& inputs,
                     const OnnxAttributes& attributes, const OnnxNames& outputs) {
  Message message;
  for (const std::string& input : inputs) message.text(1, input);
  for (const std::string& output : outputs) message.text(2, output);
  message.text(3, fmt::format("node.{}", nodes_.size())).text(4, op);
  for (const OnnxAttribute& attribute : attributes) message.message(5, attribute.message);
  nodes_.push_back(message);
}

std::string OnnxGraph::constant(const std::string& name, OnnxType type, const OnnxDims& dims,
                                std::string_view raw) {
  if (!std::exchange(made_[name], true)) {
    Message message;
    for (const Size extent : dims) message.whole(1, extent);
    message.whole(2, Size(type)).text(8, name).text(9, raw);
    constants_.push_back(message);
  }
  return name;
}

std::string OnnxGraph::numbers(const std::string& name, const OnnxDims& dims, ConstSpan values) {
  return constant(name, OnnxType::number, dims, raw(values.data(), values.size()));
}

std::string OnnxGraph::number(double value) {
  const float only = float(value);
  return constant("number_" + number_text(value), OnnxType::number, {}, raw(&only, 1));
}

std::string OnnxGraph::wholes(const OnnxDims& values) {
  const std::vector<std::int64_t> all(values.begin(), values.end());
  return constant(fmt::format("wholes_{}", joined(values, "_")), OnnxType::whole,
                  {Size(values.size())}, raw(all.data(), all.size()));
}

std::string OnnxGraph::whole(Size value) {
  const std::int64_t only = value;
  return constant(fmt::format("whole_{}", value), OnnxType::whole, {}, raw(&only, 1));
}

std::string OnnxGraph::texts(const std::string& name, const std::vector<std::string>& values) {
  Message message;
  message.whole(1, Size(values.size())).whole(2, Size(OnnxType::text));
  for (const std::string& value : values) message.text(6, value);
  constants_.push_back(message.text(8, name));
  return name;
}

Message OnnxGraph::described(const std::string& name, OnnxType type, const OnnxDims& sample,
                             const std::string& about) {
  Message shape;
  shape.message(1, Message().text(2, "N"));
  for (const Size extent : sample) shape.message(1, Message().whole(1, extent));
  const Message tensor = Message().whole(1, Size(type)).message(2, shape);
  return Message().text(1, name).message(2, Message().message(1, tensor)).text(3, about);
}
void OnnxGraph::input(const std::string& name, OnnxType type, const OnnxDims& sample,
                      const std::string& about) {
  taken_[name] = 1;
  inputs_.push_back(described(name, type, sample, about));
}
void OnnxGraph::output(const std::string& name, OnnxType type, const OnnxDims& sample,
                       const std::string& about) {
  outputs_.push_back(described(name, type, sample, about));
}

std::string OnnxGraph::bytes(const std::string& name,
                             const std::vector<std::pair<std::string, std::string>>& notes) const {
  constexpr int version_of_format = 8, opset = 17;
  Message graph;
  for (const Message& one : nodes_) graph.message(1, one);
  graph.text(2, name);
  for (const Message& one : constants_) graph.message(5, one);
  for (const Message& one : inputs_) graph.message(11, one);
  for (const Message& one : outputs_) graph.message(12, one);
  Message model;
  model.whole(1, version_of_format).text(2, "goodfit").text(3, version()).message(7, graph);
  model.message(8, Message().text(1, "").whole(2, opset));
  for (const auto& [key, text] : notes) model.message(14, Message().text(1, key).text(2, text));
  return model.bytes();
}

}  // namespace goodfit
