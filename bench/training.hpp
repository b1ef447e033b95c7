// Training: a network and its optimizer, stepped as the trainer does it, on samples made up here.
//
//   floor of a step:  B (6 Σ in · out − 2 in₁ · out₁) flops     forward, input and weight gradient;
//                                                               the first layer's input needs none
//                     24 bytes per parameter                    weight and two memories, read and
//                                                               written
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
  std::vector<Size> widths;  // inputs, hidden layers, classes
  bool norm = true;          // a batch_norm in each hidden layer
  double dropout = 0;
  Size batch = 128;
  Optimizer optimizer = Adam{};
  double lr = 1e-3;
  bool one_core = false;
};

class Training final : public Workload {
 public:
  Training(const Task& task, Threads& threads);
  void reset() override;
  void step() override;
  double check() override;
  TensorFile shared() const override;
  Floor floor() const override;

 private:
  // The model with its own weights, which begin the same in each.
  struct Model {
    Model(const Recipe& recipe, const Samples& samples, Threads& threads);
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
  Model model_;
};

}  // namespace goodfit::bench
