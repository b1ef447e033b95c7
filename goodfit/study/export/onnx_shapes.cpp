// What moves numbers about, and what makes numbers of ids and of a table's columns.
#include <fmt/core.h>

#include "goodfit/compute/ops/slice.hpp"
#include "goodfit/compute/ops/table_inputs.hpp"
#include "goodfit/study/export/onnx_writer.hpp"

namespace goodfit {
namespace {

void reshape(OnnxWriter& w, Id id) {
  w.set(id, w.reshaped(w.value(w.input_of(id, 0)), w.rows(w.sample(id))));
}

void slice(OnnxWriter& w, Id id) {
  const SliceOp& op = w.op<SliceOp>(id);
  w.set(id, w.sliced(w.value(w.input_of(id, 0)), op.begin, op.begin + op.width));
}
void glu(OnnxWriter& w, Id id) {
  const std::string x = w.value(w.input_of(id, 0));
  const Size n = w.node(id).shape.back();
  w.set(id, w.add("Mul", {w.sliced(x, 0, n), w.add("Sigmoid", {w.sliced(x, n, 2 * n)})}));
}
void concat(OnnxWriter& w, Id id) {
  bool first = true;
  for (const Id from : w.node(id).inputs) first = first && w.lie_of(from) == Lie::first;
  OnnxNames inputs;
  for (const Id from : w.node(id).inputs)
    inputs.push_back(w.value(from, first ? Lie::first : Lie::last));
  w.set(id, w.add("Concat", inputs, {{"axis", Size(first ? 1 : -1)}}),
        first ? Lie::first : Lie::last);
}

void embedding(OnnxWriter& w, Id id) {
  const std::string ids =
      w.add("Cast", {w.value(w.input_of(id, 0))}, {{"to", Size(OnnxType::whole)}});
  w.set(id, w.add("Gather", {w.constant(w.input_of(id, 1)), ids}, {{"axis", Size(0)}}));
}

// Neighbours of one sort in a table's inputs, except categories, which have a width of their own.
class TableColumns {
 public:
  TableColumns(OnnxWriter& writer, Id table) : w(writer), id(table), op(w.op<TableInputsOp>(id)) {}

  std::string all() {
    OnnxNames parts;
    for (std::size_t i = 0, end; i < op.inputs.size(); i = end) {
      end = i + 1;
      const TableInput& one = op.inputs[i];
      columns_.assign(1, one.column);
      while (one.sort != TableInput::Sort::one_hot && end < op.inputs.size() &&
             op.inputs[end].sort == one.sort)
        columns_.push_back(op.inputs[end++].column);
      parts.push_back(one.sort == TableInput::Sort::one_hot   ? one_hot(one.values)
                      : one.sort == TableInput::Sort::missing ? as_number(missing())
                                                              : numbers());
    }
    return parts.size() == 1 ? parts[0] : w.add("Concat", parts, {{"axis", Size(1)}});
  }

 private:
  std::string values() {
    return w.add("Gather", {w.value(w.input_of(id, 0)), w.graph().wholes(columns_)},
                 {{"axis", Size(1)}});
  }
  std::string missing() { return w.add("IsNaN", {values()}); }
  std::string as_number(const std::string& yes_or_no) {
    return w.add("Cast", {yes_or_no}, {{"to", Size(OnnxType::number)}});
  }
  std::string statistic(int input) {
    std::vector<float> chosen;
    for (const Size column : columns_)
      chosen.push_back(w.numbers(w.input_of(id, input))[std::size_t(column)]);
    return w.graph().numbers(w.graph().fresh(input == 1 ? "mean" : "std"), {Size(chosen.size())},
                             chosen);
  }
  std::string numbers() {
    const std::string mean = statistic(1);
    const std::string known = w.add("Where", {missing(), mean, values()});
    const std::string z = w.add("Div", {w.add("Sub", {known, mean}), statistic(2)});
    if (op.clip == 0) return z;
    OnnxGraph& g = w.graph();
    const std::string share = w.add("Div", {z, g.number(op.clip)});
    const std::string root =
        w.add("Sqrt", {w.add("Add", {w.add("Mul", {share, share}), g.number(1)})});
    return w.add("Div", {z, root});
  }
  std::string one_hot(Size count) {
    std::vector<float> categories;
    for (Size i = 1; i <= count; ++i) categories.push_back(float(i));
    const std::string all =
        w.graph().numbers(fmt::format("categories_{}", count), {count}, categories);
    return as_number(w.add("Equal", {values(), all}));
  }
  OnnxWriter& w;
  Id id;
  const TableInputsOp& op;
  OnnxDims columns_;
};
void table_inputs(OnnxWriter& w, Id id) { w.set(id, TableColumns(w, id).all()); }

}  // namespace

OnnxRules shape_rules() {
  static constexpr OnnxRule rules[]{
      {"reshape", reshape}, {"slice", slice},         {"concat", concat},
      {"glu", glu},         {"embedding", embedding}, {"table_inputs", table_inputs},
  };
  return rules;
}

}  // namespace goodfit
