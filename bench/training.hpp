// Training: a network and its optimizer, stepped as the trainer does it, on samples made up here.
//
//   floor of a step:  B (6 products − 2 products of the first layer) flops
//                                      forward, input and weight gradient, two flops for each
//                                      product; the first layer's input needs no gradient
//                     24 bytes per parameter
//                                      weight and two memories, read and written
#pragma once
#include "bench/workload.hpp"
#include "goodfit/train/trainer/network.hpp"

namespace goodfit::bench {

// The optimizer's part of a step: pieces of the weights that threads share out among themselves.
class Tiles {
 public:
  struct Tensor {
    Span w;
    ConstSpan g;
  };
  Tiles(const Optimizer& optimizer, double lr, const std::vector<Tensor>& tensors);

  void reset();   // forgets the past steps
  Finish next();  // of the step that comes; valid until it is called again
  Size memory_floats() const;

 private:
  struct Tile {
    Span w;
    ConstSpan g;
    std::size_t kept;  // the first of its spans in kept_
  };
  const Optimizer optimizer_;
  Step step_;
  std::vector<std::vector<float>> memory_;
  std::vector<Span> kept_;
  std::vector<Tile> tiles_;
};

// A network that learns to tell classes apart.
struct Task {
  Shape sample = {};  // channels last
  Size classes = 10;
  std::vector<Layer> model = {};
  double products = 0;        // of weights and a sample's numbers, on the way forward
  double first_products = 0;  // of them, those of the first layer
  Size batch = 128;
  Size batches = 16;  // different ones, used in turn
  Optimizer optimizer = Adam{};
  double lr = 1e-3;
  double bytes_per_parameter = 24;
  bool one_core = false;
};

// Dense layers of these widths, from inputs to classes, with a relu behind all but the last.
Task dense_task(const std::vector<Size>& widths, bool norm = true, double dropout = 0);

class Training final : public Workload {
 public:
  Training(const Task& task, Threads& threads);
  void reset() override;
  void step() override;
  double check() override;
  TensorFile shared() const override;
  Floor floor() const override;
  Memory memory() const override;
  void cut_by_threads() override;

 private:
  // The model with its own weights, which begin the same in each.
  struct Model {
    Model(const Recipe& recipe, const Samples& samples, Threads& threads, Size shard_rows = 0);
    void reset();
    double step(const Samples& samples);  // the loss

    Threads& pool;
    Recipe recipe;
    Signature signature;
    Store store;
    std::unique_ptr<Network> network;
    std::unique_ptr<Tiles> tiles;
    std::vector<float> first;  // the weights before the first step
    Portion portion;
    Size at = 0;  // the batch that comes next
    std::uint32_t number = 0;
  };

  Task task_;
  Threads& threads_;
  Samples samples_;
  std::unique_ptr<Model> model_;
};

}  // namespace goodfit::bench
