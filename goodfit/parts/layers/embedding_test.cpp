#include "goodfit/parts/layers/embedding.hpp"

#include "goodfit/compute/engine/executor.hpp"
#include "goodfit/compute/ops/squared_error.hpp"
#include "goodfit/compute/ops/sum_rows.hpp"
#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(Embedding, PutsARowOfItsWeightForEachId) {
  Built net({Embedding{.num = 3, .dim = 2}}, {2}, 2);
  EXPECT_EQ(net.y.shape(), Shape({2, 2, 2}));
  net.set("layers.0.weight", {1, 2, 3, 4, 5, 6});
  expect_numbers(net.run({2, 0, 1, 1}), {5, 6, 1, 2, 3, 4, 3, 4});
}

TEST(Embedding, RefusesWhatIsNoId) {
  for (const auto& [id, said] :
       {std::pair{3.0, "3"}, std::pair{-1.0, "-1"}, std::pair{0.5, "0.5"}}) {
    Built net({Embedding{.num = 3, .dim = 2}}, {1}, 1);
    expect_error([&, id = id] { net.run({id}); }, "embedding: the id " + std::string(said) +
                                                      " is not allowed: must be a whole number "
                                                      "from 0 to 2");
  }
}

// Many ids of few rows, in tiles on two threads or one.
TEST(Embedding, GradientsHaveTheSameBitsForAnyNumberOfThreads) {
  const auto gradient = [](Size count) {
    Built net({Embedding{.num = 20, .dim = 3}}, {50}, 64);
    const Value slope = gradients(sum_rows(squared_error(net.y, net.graph.target({50, 3}, "t"))),
                                  net.net.parameters())[0];
    const Plan plan = make_plan(net.graph, {slope.id}, {.flops_worth_threads = 0});
    Threads threads(count);
    Executor executor(plan, net.store, threads);
    for (std::size_t i = 0; float& id : executor.input("input")) ++i, id = float(i * i % 20);
    for (std::size_t i = 0; float& t : executor.input("t")) t = std::sin(float(++i));
    executor.run(64, 0, 0);
    const ConstSpan found = std::as_const(executor).root(0);
    return std::vector<float>(found.begin(), found.end());
  };
  EXPECT_EQ(gradient(1), gradient(2));
  EXPECT_NE(gradient(1)[0], 0);
}

}  // namespace goodfit
