#include "goodfit/study/export/onnx.hpp"

#include "goodfit/base/error.hpp"
#include "goodfit/base/json.hpp"
#include "goodfit/study/export/onnx_writer.hpp"

namespace goodfit {
namespace {

std::string json_list(const std::vector<std::string>& texts) {
  return to_json(Setting::List(texts.begin(), texts.end()));
}

// What a loss takes the outputs for, behind the last layer.
class Endings {
 public:
  Endings(OnnxWriter& writer, const Signature& of, OnnxDims outputs)
      : w(writer), signature(of), dims(std::move(outputs)) {}

  void add(std::string y, Meaning meaning) {
    w.graph().begin_scope("outputs");
    const double t = signature.temperature;
    if (t != 1 && meaning != Meaning::normal) y = w.add("Div", {y, w.graph().number(t)});
    switch (meaning) {
      case Meaning::numbers:
        return give("prediction", y, "in the unit of the targets");
      case Meaning::normal:
        dims.back() /= 2;
        give("prediction", half(y, 0), "means, in the unit of the targets");
        return give("deviation", deviation(half(y, 1)), "of the noise around the prediction");
      case Meaning::scores:
        name_largest(y);
        return give("scores", y, "of each class; the largest wins");
      case Meaning::binary:
        return yes_or_no(w.add("Sigmoid", {y}));
      case Meaning::logits:
        name_largest(y);
        return give("probabilities", softmax(y), "of each class");
      case Meaning::distribution:
        return give("probabilities", softmax(all_of_sample(y)), "shares that sum to one");
    }
  }

 private:
  std::string softmax(const std::string& y) { return w.add("Softmax", {y}, {{"axis", Size(-1)}}); }
  std::string all_of_sample(const std::string& y) {
    if (dims.size() == 1) return y;
    dims = {signature.outputs};
    return w.reshaped(y, w.rows(dims));
  }
  std::string deviation(const std::string& log_variance) {
    const std::string told = w.add("Exp", {w.add("Mul", {log_variance, w.graph().number(0.5)})});
    const double t = signature.temperature;
    return t == 1 ? told : w.add("Mul", {told, w.graph().number(t)});
  }
  std::string half(const std::string& y, Size which) {
    return w.sliced(y, which * dims.back(), (which + 1) * dims.back());
  }
  void name_largest(const std::string& y) {
    if (signature.classes.empty()) return;
    const OnnxDims places(dims.begin(), dims.end() - 1);
    name(w.add("ArgMax", {y}, {{"axis", Size(-1)}, {"keepdims", Size(0)}}), places);
  }
  void yes_or_no(const std::string& p) {
    if (signature.classes.size() == 2 && signature.target_width == 1) {
      const std::string yes = w.add("Greater", {p, w.graph().number(0.5)});
      const std::string which = w.add("Cast", {yes}, {{"to", Size(OnnxType::whole)}});
      name(w.add("Squeeze", {which, w.graph().wholes({-1})}), {});
    }
    give("probabilities", p, signature.target_width == 1 ? "of the second class" : "of each label");
  }
  // `which`: numbers of classes.
  void name(const std::string& which, const OnnxDims& places) {
    OnnxGraph& g = w.graph();
    g.node("Gather", {g.texts("classes", signature.classes), which}, {{"axis", Size(0)}},
           {"label"});
    g.output("label", OnnxType::text, places, "name of the class");
  }
  void give(const std::string& called, const std::string& value, const std::string& about) {
    w.graph().node("Identity", {value}, {}, {called});
    w.graph().output(called, OnnxType::number, dims, about);
  }
  OnnxWriter& w;
  const Signature& signature;
  OnnxDims dims;
};

}  // namespace

std::string onnx_of(const std::vector<Layer>& layers, const Signature& signature, Meaning meaning,
                    const Store& store) {
  Graph graph(1);
  Store weights = store;
  Net net(graph, weights, Mode::evaluate, 0);
  std::vector<OnnxWriter::Owner> owners;
  net.watch = [&](const std::string& scope, const Layer& layer, Value, Value) {
    owners.resize(graph.nodes().size(), {scope, std::string(layer.key())});
  };
  const Value x = graph.input(signature.sample, "input");
  const Value y = build_sequence(net, "layers", layers, x);

  Interpreter values(graph);
  for (Id id = 0; id < Id(graph.nodes().size()); ++id)
    if (const Node& node = graph.node(id);
        node.source == Source::parameter || node.source == Source::buffer) {
      const ConstSpan numbers = std::as_const(weights).at(node.name);
      values.at(id).assign(numbers.begin(), numbers.end());
    }
  values.run(1);  // what depends on samples is not looked at

  OnnxWriter writer(graph, values, owners, x.id, y.id);
  writer.graph().input("input", OnnxType::number, writer.sample(x.id),
                       signature.sample.rank() == 3 ? "images [height, width, channels], as the "
                                                      "dataset gives them"
                                                    : "samples, as the dataset gives them");
  const std::string outputs = writer.write();
  Endings(writer, signature, writer.sample(y.id)).add(outputs, meaning);
  std::vector<std::pair<std::string, std::string>> notes;
  if (!signature.features.empty()) notes.emplace_back("features", json_list(signature.features));
  if (!signature.classes.empty()) notes.emplace_back("classes", json_list(signature.classes));
  return writer.graph().bytes("goodfit", notes);
}

std::string onnx_of(const Run& run) {
  return onnx_of(run.recipe().model, run.signature(), run.recipe().loss.meaning(), run.weights());
}

}  // namespace goodfit
