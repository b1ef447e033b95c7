// Sequences: a transformer of two blocks and an LSTM, which read steps of features and name a
// class.
//
//   transformer, a sample of T steps:  2 blocks of T (4 · 128² + 2 · 128 · 512 + 2 T · 128), each
//                                      projections, dense layers, scores and what they take;
//                                      T · 128 · 10 at the end
//   lstm, a sample of T steps:         T · 4 · 128 (64 + 128), of which the inputs' part needs no
//                                      gradient of its input; 128 · 10
#include "bench/training.hpp"
#include "bench/workloads/catalogue.hpp"
#include "goodfit/goodfit.hpp"

namespace goodfit::bench {

std::unique_ptr<Workload> transformer(Threads& threads) {
  constexpr Size steps = 128, width = 128, inner = 512, blocks = 2;
  Task task{.sample = {steps, width}, .batch = 32, .batches = 8, .lr = 1e-5};
  for (Size i = 0; i < blocks; ++i) {
    task.model.push_back(Residual{.body = {LayerNorm{}, Attention{.heads = 4}}});
    task.model.push_back(
        Residual{.body = {LayerNorm{}, Dense{.out = inner}, Gelu{}, Dense{.out = width}}});
  }
  task.model.push_back(Flatten{});
  task.model.push_back(Dense{.out = task.classes});
  constexpr Size of_step = 4 * width * width + 2 * width * inner + 2 * steps * width;
  task.products = double(blocks * steps * of_step + steps * width * task.classes);
  return std::make_unique<Training>(task, threads);
}

std::unique_ptr<Workload> lstm(Threads& threads) {
  constexpr Size steps = 64, width = 64, hidden = 128;
  Task task{.sample = {steps, width},
            .model = {Lstm{.hidden = hidden, .sequences = false}, Dense{.out = 10}},
            .batch = 64,
            .batches = 8,
            .lr = 1e-5};
  task.first_products = double(steps * 4 * hidden * width);
  task.products = task.first_products + double(steps * 4 * hidden * hidden + hidden * task.classes);
  return std::make_unique<Training>(task, threads);
}

}  // namespace goodfit::bench
