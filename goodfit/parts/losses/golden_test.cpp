// Losses give what PyTorch's give, in double and as a plan in float.
#include "tests/golden.hpp"
#include "goodfit/compute/engine/executor.hpp"
#include "goodfit/parts/losses/catalogue.hpp"
#include "goodfit/parts/losses/testing.hpp"

namespace goodfit {

TEST(Losses, FollowPyTorch) {
  std::map<std::string, int> seen;
  for (const auto& one : golden("losses")["cases"]) {
    const Loss loss = Loss::read(part_from(one));
    ++seen[std::string(loss.key())];
    const auto x = one["outputs"].get<std::vector<double>>();
    const auto t = one["target"].get<std::vector<double>>();
    const Size rows = one["rows"];
    Graph graph(rows, 2);
    const Value outputs = graph.input({Size(x.size()) / rows}, "x");
    const Value target = graph.target({Size(t.size()) / rows}, "t");
    const Value y = loss.build(outputs, target), slope = gradients(y, {outputs})[0];
    const std::string where = one["type"].get<std::string>() + one["settings"].dump();

    Interpreter values(graph);
    values.at(outputs) = x;
    values.at(target) = t;
    values.run(rows);
    expect_near(values.at(y), one["loss"], 1e-9, where);
    expect_near(values.at(slope), one["gradient"], 1e-9, where);

    const Plan plan = make_plan(graph, {y.id, slope.id});
    Store store;
    Threads threads(1);
    Executor executor(plan, store, threads);
    std::copy(x.begin(), x.end(), executor.input("x").begin());
    std::copy(t.begin(), t.end(), executor.input("t").begin());
    executor.run(rows, 0, 0);
    expect_near(executor.root(0), one["loss"], 1e-6, where);
    expect_near(executor.root(1), one["gradient"], 1e-6, where);
  }
  for (const std::string& name : Losses::names())
    EXPECT_GE(seen[name], 2) << name << " needs cases in tools/golden/losses.py";
}

}  // namespace goodfit
