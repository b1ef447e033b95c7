#include "goodfit/study/export/onnx_writer.hpp"

#include <fmt/core.h>

#include "goodfit/base/error.hpp"

namespace goodfit {
namespace {

const OnnxRule* rule_of(std::string_view op) {
  for (const OnnxRules rules :
       {pointwise_rules(), product_rules(), norm_rules(), sequence_rules(), shape_rules()})
    for (const OnnxRule& rule : rules)
      if (rule.op == op) return &rule;
  return nullptr;
}

}  // namespace

OnnxWriter::OnnxWriter(const Graph& graph, Interpreter& values, std::vector<Owner> owners, Id input,
                       Id output)
    : graph_(graph),
      values_(values),
      owners_(std::move(owners)),
      output_(output),
      written_(graph.nodes().size()),
      uses_(graph.nodes().size(), 0) {
  for (const Node& node : graph.nodes())
    for (const Id used : node.inputs) ++uses_[std::size_t(used)];
  ++uses_[std::size_t(output)];
  set(input, "input");
}

std::string OnnxWriter::write() {
  for (Id id = 0; id <= output_; ++id) {
    if (!node(id).op || !node(id).batched) continue;
    const OnnxRule* rule = rule_of(node(id).op->name());
    if (!rule) {
      const Owner& owner = owners_[std::size_t(id)];
      fail(
          "{} ({}): its op {} has no counterpart here: all layers of `goodfit show layers` can be "
          "exported to ONNX, those of your own cannot",
          owner.scope, owner.key, node(id).op->name());
    }
    if (!rule->asked) write_op(id);
  }
  return value(output_);
}

void OnnxWriter::write_op(Id id) {
  if (std::exchange(written_[std::size_t(id)].begun, true)) return;
  const Owner& owner = owners_[std::size_t(id)];
  onnx_.begin_scope(owner.scope);
  try {
    rule_of(node(id).op->name())->write(*this, id);
  } catch (const Error& error) {
    throw Error(fmt::format("{} ({}): {}", owner.scope, owner.key, error.what()), error.exit_code);
  }
}

OnnxDims OnnxWriter::sample(Id id) const {
  const Shape shape = node(id).shape.without_first();
  return {shape.begin(), shape.end()};
}
OnnxDims OnnxWriter::rows(OnnxDims sample) const {
  sample.insert(sample.begin(), -1);
  return sample;
}

std::string OnnxWriter::value(Id id, Lie lie) {
  must(node(id).batched, "what depends on no sample is a constant");
  const Lie made = lie_of(id);
  Written& written = written_[std::size_t(id)];
  std::string& wanted = lie == Lie::last ? written.last : written.first;
  if (!wanted.empty()) return wanted;
  onnx_.begin_scope(owners_[std::size_t(id)].scope);
  wanted = made == Lie::first ? transposed(written.first, {0, 2, 3, 1})
                              : transposed(written.last, {0, 3, 1, 2});
  return wanted;
}

Lie OnnxWriter::lie_of(Id id) {
  if (node(id).op && !written_[std::size_t(id)].begun) write_op(id);
  return written_[std::size_t(id)].last.empty() ? Lie::first : Lie::last;
}

void OnnxWriter::set(Id id, const std::string& name, Lie lie) {
  Written& written = written_[std::size_t(id)];
  written.begun = true;
  (lie == Lie::last ? written.last : written.first) = name;
}

std::vector<float> OnnxWriter::numbers(Id id) {
  const std::vector<double>& all = values_.at(id);
  return {all.begin(), all.end()};
}

std::string OnnxWriter::name_of(Id id, const std::string& otherwise) const {
  const Source source = node(id).source;
  return source == Source::parameter || source == Source::buffer
             ? node(id).name
             : fmt::format("{}.{}", owners_[std::size_t(id)].scope, otherwise);
}

std::string OnnxWriter::constant(Id id) {
  const Shape& shape = node(id).shape;
  return onnx_.numbers(name_of(id, fmt::format("constant_{}", id)), {shape.begin(), shape.end()},
                       numbers(id));
}

std::string OnnxWriter::row(Id id, Lie lie, int rank) {
  return row(name_of(id, fmt::format("row_{}", id)), numbers(id), lie, rank);
}
std::string OnnxWriter::row(const std::string& name, const std::vector<float>& values, Lie lie,
                            int rank) {
  OnnxDims dims{Size(values.size())};
  if (lie == Lie::last) return onnx_.numbers(name, dims, values);
  dims.resize(std::size_t(rank - 1), 1);
  return onnx_.numbers(name + ".channels", dims, values);
}

}  // namespace goodfit
