// Mlp: a plain network for images of 28 × 28 pixels; the matrix products decide.
#include "bench/training.hpp"
#include "bench/workloads/catalogue.hpp"
#include "goodfit/parts/optimizers/catalogue.hpp"

namespace goodfit::bench {
namespace {

std::unique_ptr<Workload> mlp(Size batch, Threads& threads) {
  return std::make_unique<Training>(Task{.widths = {784, 512, 512, 10},
                                         .dropout = 0.5,
                                         .batch = batch,
                                         .optimizer = Adam{},
                                         .lr = 1e-3},
                                    threads);
}

}  // namespace

std::unique_ptr<Workload> mlp_128(Threads& threads) { return mlp(128, threads); }
std::unique_ptr<Workload> mlp_32(Threads& threads) { return mlp(32, threads); }

}  // namespace goodfit::bench
