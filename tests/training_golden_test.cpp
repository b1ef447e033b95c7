// A whole net trained by adam takes PyTorch's path: in double by the interpreter, in float by the
// plan.
#include "goodfit/compute/engine/executor.hpp"
#include "goodfit/compute/kernels/update/update_reference.hpp"
#include "goodfit/goodfit.hpp"
#include "goodfit/parts/layers/testing.hpp"
#include "tests/golden.hpp"

namespace goodfit {
namespace {

using Json = nlohmann::json;

std::vector<Layer> layers() {
  std::vector<Layer> list;
  for (const Json& layer : golden("training")["layers"])
    list.push_back(Layer::read(setting_from(layer)));
  return list;
}

// The net of the file with its loss and gradients.
struct Trained : Built {
  Trained() : Built(layers(), {4}, golden("training")["rows"].get<Size>()) {
    target = graph.target({1}, "target");
    loss = CrossEntropy{}.build(y, target);
    slopes = gradients(loss, net.parameters());
    for (const auto& [name, numbers] : golden("training")["start"].items())
      set(name, numbers.get<std::vector<float>>());
  }
  std::string name(std::size_t i) const { return graph.node(net.parameters()[i].id).name; }
  Value target, loss;
  Values slopes;
};

}  // namespace

TEST(Training, InDoubleTakesPyTorchsPath) {
  const Json& file = golden("training");
  Trained net;
  Interpreter values(net.graph);
  for (Id id = 0; id < Id(net.graph.nodes().size()); ++id)
    if (const Node& node = net.graph.node(id); file["start"].contains(node.name) && !node.op)
      values.at(id) = file["start"][node.name].get<Numbers>();
  std::map<std::size_t, std::pair<Numbers, Numbers>> memory;
  for (std::size_t step = 0; step < file["cases"].size(); ++step) {
    values.at(net.x) = file["cases"][step]["input"].get<Numbers>();
    values.at(net.target) = file["cases"][step]["target"].get<Numbers>();
    values.run(net.graph.rows());
    expect_near(values.at(net.loss), file["cases"][step]["loss"], 1e-9, "step");
    const double t = double(step + 1);
    for (std::size_t i = 0; i < net.slopes.size(); ++i) {
      Numbers& w = values.at(net.net.parameters()[i]);
      auto& [m, v] = memory[i];
      m.resize(w.size());
      v.resize(w.size());
      kernels::reference::adam(
          w.data(), values.at(net.slopes[i]).data(), m.data(), v.data(), Size(w.size()),
          {file["lr"], 0.9, 0.999, 1e-8, 0, false, 1 - std::pow(0.9, t), 1 - std::pow(0.999, t)});
    }
  }
  for (Id id = 0; id < Id(net.graph.nodes().size()); ++id)
    if (const Node& node = net.graph.node(id); file["end"].contains(node.name) && !node.op)
      expect_near(values.at(id), file["end"][node.name], 1e-9, node.name);
}

TEST(Training, InFloatTakesPyTorchsPath) {
  const Json& file = golden("training");
  Trained net;
  std::vector<Id> roots{net.loss.id};
  for (const Value& slope : net.slopes) roots.push_back(slope.id);
  const Plan plan = make_plan(net.graph, roots);
  Threads threads(1);
  Executor executor(plan, net.store, threads);
  const Optimizer adam = Adam{};
  std::map<std::size_t, std::array<std::vector<float>, 2>> memory;
  for (std::size_t step = 0; step < file["cases"].size(); ++step) {
    for (const char* name : {"input", "target"}) {
      const auto numbers = file["cases"][step][name].get<std::vector<float>>();
      std::copy(numbers.begin(), numbers.end(), executor.input(name).begin());
    }
    executor.run(net.graph.rows(), 0, std::uint32_t(step));
    expect_near(executor.root(0), file["cases"][step]["loss"], 1e-5, "step");
    for (std::size_t i = 0; i < net.slopes.size(); ++i) {
      const Span w = net.store.at(net.name(i));
      std::vector<Span> kept;
      for (auto& block : memory[i]) {
        block.resize(w.size());
        kept.emplace_back(block);
      }
      adam.update({.number = Size(step + 1), .lr = file["lr"]}, w, executor.root(i + 1),
                  kept.data());
    }
  }
  for (const auto& [name, numbers] : file["end"].items())
    expect_near(net.store.at(name), numbers, 1e-4, name);
}

}  // namespace goodfit
