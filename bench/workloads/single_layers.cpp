// Single layers: one alone, forward and backward, on more than a cache holds; memory decides.
//
//   bytes of an element that no order of the work avoids
//     norms          20    x read, y written; x and dy read, dx written
//     dropout        16    x read, y written; dy read, dx written: the mask is no memory
//     max pooling    10    x read, dx written; y written and dy read, a quarter each
//     cross entropy   8    x read, dx written
#include <functional>

#include "bench/workloads/catalogue.hpp"
#include "goodfit/compute/engine/executor.hpp"
#include "goodfit/goodfit.hpp"

namespace goodfit::bench {
namespace {

const Shape images{128, 32, 32, 64}, table{4096, 1024};

// Stands for what comes after y in a net: it says what dy is. It is never run.
struct BehindOp final : Op {
  std::string_view name() const override { return "behind"; }
  Shape shape(const Shapes&) const override { return {1}; }
  Spread spread(bool, const Shape&) const override { return Spread::once; }
  bool batched(Spread) const override { return false; }
  void run(const Call<float>&) const override {}
  void reference(const Call<double>&) const override {}
  Values gradient(const Values& in, Value, Value) const override { return {in[1], {}}; }
};

double mean_square(ConstSpan values) {
  double sum = 0;
  for (const float x : values) sum += double(x) * double(x);
  return sum / double(values.size());
}

// What both sides must agree on, made of y and dx.
using Agreement = double (*)(ConstSpan y, ConstSpan dx);
double of_squares(ConstSpan y, ConstSpan dx) { return mean_square(y) + mean_square(dx); }
// Masks of both sides have bits of their own: the share that is kept agrees to a hundredth.
double of_kept(ConstSpan y, ConstSpan) {
  return 0.01 * double(y.size() - std::size_t(std::count(y.begin(), y.end(), 0.0f))) /
         double(y.size());
}

class Single final : public Workload {
 public:
  struct Built {
    Value y, loss;  // the same where the layer is a loss, and "behind" holds classes
  };
  using Build = std::function<Built(Net& net, Value x)>;

  Single(const Build& build, const Shape& shape, double bytes, Agreement agreement,
         Threads& threads)
      : floor_{0, bytes * double(shape.count()), false},
        agreement_(agreement),
        graph_(shape.front()) {
    Net net(graph_, store_, Mode::train, 1);
    const Value x = graph_.input(shape.without_first(), "x");
    const Built built = build(net, x);
    Values wanted = net.parameters();
    wanted.insert(wanted.begin(), x);
    std::vector<Id> roots{built.y.id};
    for (const Value& slope : gradients(built.loss, wanted)) roots.push_back(slope.id);
    plan_ = make_plan(graph_, roots, {.threads = threads.count()});
    executor_ = std::make_unique<Executor>(plan_, store_, threads);
    Random random(1, stream_of("values"));
    for (float& value : executor_->input("x")) value = float(random.normal());
    const bool is_loss = built.y.id == built.loss.id;
    for (float& value : executor_->input("behind"))
      value = is_loss ? float(random.below(shape.back())) : float(random.normal());
  }

  void step() override { executor_->run(graph_.rows(), 1, number_++); }
  double check() override {
    step();
    return agreement_(executor_->root(0), executor_->root(1));
  }
  TensorFile shared() const override {
    TensorFile file;
    for (const Node& node : graph_.nodes())
      if (node.source == Source::input || node.source == Source::target) {
        const ConstSpan values = executor_->input(node.name);
        file.tensors.push_back({node.name, node.shape, {values.begin(), values.end()}});
      }
    return file;
  }
  Floor floor() const override { return floor_; }

 private:
  Floor floor_;
  Agreement agreement_;
  Store store_;
  Graph graph_;
  Plan plan_;
  std::unique_ptr<Executor> executor_;
  std::uint32_t number_ = 0;
};

std::unique_ptr<Workload> single(const Layer& layer, const Shape& shape, double bytes,
                                 Threads& threads, Agreement agreement = of_squares) {
  const auto build = [layer](Net& net, Value x) -> Single::Built {
    const Value y = layer.build(net, x);
    const Value dy = net.graph().input(y.shape().without_first(), "behind");
    return {y, net.graph().add(BehindOp{}, {y, dy})};
  };
  return std::make_unique<Single>(build, shape, bytes, agreement, threads);
}

}  // namespace

std::unique_ptr<Workload> batch_norm_alone(Threads& threads) {
  return single(BatchNorm{}, images, 20, threads);
}
std::unique_ptr<Workload> group_norm_alone(Threads& threads) {
  return single(GroupNorm{.groups = 8}, images, 20, threads);
}
std::unique_ptr<Workload> instance_norm_alone(Threads& threads) {
  return single(InstanceNorm{.affine = true}, images, 20, threads);
}
std::unique_ptr<Workload> layer_norm_alone(Threads& threads) {
  return single(LayerNorm{}, table, 20, threads);
}
std::unique_ptr<Workload> dropout_alone(Threads& threads) {
  return single(Dropout{.p = 0.5}, images, 16, threads, of_kept);
}
std::unique_ptr<Workload> max_pool_alone(Threads& threads) {
  return single(MaxPool{.kernel = 2}, images, 10, threads);
}
std::unique_ptr<Workload> cross_entropy_alone(Threads& threads) {
  const auto build = [](Net& net, Value x) -> Single::Built {
    const Value loss = CrossEntropy{}.build(x, net.graph().target({1}, "behind"));
    return {loss, loss};
  };
  return std::make_unique<Single>(build, table, 8, of_squares, threads);
}

}  // namespace goodfit::bench
