// Layers give what PyTorch's give: outputs, gradients and running statistics, in double and as a
// plan in float.
#include <set>

#include "goodfit/compute/engine/executor.hpp"
#include "goodfit/compute/ops/squared_error.hpp"
#include "goodfit/compute/ops/sum_rows.hpp"
#include "goodfit/parts/layers/testing.hpp"
#include "tests/golden.hpp"

namespace goodfit {
namespace {

using Json = nlohmann::json;

Mode mode_of(const Json& one) { return one["mode"] == "train" ? Mode::train : Mode::evaluate; }

std::vector<Layer> layers_of(const Json& one) {
  std::vector<Layer> layers;
  for (const Json& layer : one["layers"]) layers.push_back(Layer::read(setting_from(layer)));
  return layers;
}

Shape sample_of(const Json& one) {
  Shape sample;
  for (const Json& extent : one["sample"]) sample.push(extent.get<Size>());
  return sample;
}

// A case with the loss that its gradients are of.
struct Followed : Built {
  explicit Followed(const Json& one)
      : Built(layers_of(one), sample_of(one), one["rows"].get<Size>(), mode_of(one)) {
    target = graph.target(y.shape().without_first(), "target");
    wanted = net.parameters();
    wanted.push_back(x);
    slopes = gradients(sum_rows(squared_error(y, target)), wanted);
    for (const auto& [name, numbers] : one["stored"].items())
      set(name, numbers.get<std::vector<float>>());
  }
  // What the file says of one of the wanted gradients.
  const Json& slope_in(const Json& one, std::size_t i) const {
    return wanted[i].id == x.id ? one["input_gradient"]
                                : one["gradients"][graph.node(wanted[i].id).name];
  }
  Value target;
  Values wanted, slopes;
};

std::vector<Json> cases() {
  std::vector<Json> all;
  for (const char* file : {"layers", "image_layers", "structure_layers", "sequence_layers", "norms",
                           "dropouts", "parametrizations"})
    for (const Json& one : golden(file)["cases"]) all.push_back(one);
  return all;
}

}  // namespace

TEST(Layers, InDoubleFollowPyTorch) {
  std::set<std::string> seen;
  for (const Json& one : cases()) {
    Followed net(one);
    for (const Layer& layer : layers_of(one)) seen.insert(std::string(layer.key()));
    const std::string where = one["layers"].dump() + " " + one["mode"].get<std::string>();
    ASSERT_EQ(net.names(true).size(), one["gradients"].size()) << where;
    Interpreter values(net.graph);
    values.at(net.x) = one["input"].get<Numbers>();
    values.at(net.target) = one["target"].get<Numbers>();
    for (Id id = 0; id < Id(net.graph.nodes().size()); ++id)
      if (const Node& node = net.graph.node(id); one["stored"].contains(node.name) && !node.op)
        values.at(id) = one["stored"][node.name].get<Numbers>();
    values.run(net.graph.rows());
    expect_near(values.at(net.y), one["output"], 1e-9, where);
    for (std::size_t i = 0; i < net.wanted.size(); ++i)
      expect_near(values.at(net.slopes[i]), net.slope_in(one, i), 1e-9, where);
    for (Id id = 0; id < Id(net.graph.nodes().size()); ++id)
      if (const Node& node = net.graph.node(id); node.source == Source::buffer)
        expect_near(values.at(id), one["after"][node.name], 1e-9, where + node.name);
  }
  const std::set<std::string> not_in_pytorch{"standardize", "unstandardize", "table_inputs",
                                             "activation_l1", "activation_l2"};
  const std::set<std::string> of_others{"mlp", "lenet", "resnet", "autoencoder"};
  for (const PartText& layer : Layer::texts())
    EXPECT_TRUE(seen.count(layer.key) || of_others.count(layer.key) ||
                not_in_pytorch.count(layer.key))
        << layer.key << " needs a case in tools/golden/layers.py or its companions";
}

TEST(Layers, AsAPlanFollowPyTorch) {
  for (const Json& one : cases()) {
    Followed net(one);
    const std::string where = one["layers"].dump() + " " + one["mode"].get<std::string>();
    std::vector<Id> roots{net.y.id};
    for (const Value& slope : net.slopes) roots.push_back(slope.id);
    const Plan plan = make_plan(net.graph, roots);
    Threads threads(1);
    Executor executor(plan, net.store, threads);
    const auto fill = [&](const char* name) {
      const auto numbers = one[name].get<std::vector<float>>();
      std::copy(numbers.begin(), numbers.end(), executor.input(name).begin());
    };
    fill("input");
    fill("target");
    executor.run(net.graph.rows(), 0, 0);
    expect_near(executor.root(0), one["output"], 1e-5, where);
    for (std::size_t i = 0; i < net.wanted.size(); ++i)
      expect_near(executor.root(i + 1), net.slope_in(one, i), 2e-5, where);
    for (const std::string& name : net.names(false))
      expect_near(net.store.at(name), one["after"][name], 1e-6, where + name);
  }
}

}  // namespace goodfit
