// Mlp: a plain network for images of 28 × 28 pixels; the matrix products decide.
#include "bench/training.hpp"
#include "bench/workloads/catalogue.hpp"

namespace goodfit::bench {
namespace {

std::unique_ptr<Workload> mlp(Size batch, Threads& threads) {
  Task task = dense_task({784, 512, 512, 10}, true, 0.5);
  task.batch = batch;
  return std::make_unique<Training>(task, threads);
}

}  // namespace

std::unique_ptr<Workload> mlp_128(Threads& threads) { return mlp(128, threads); }
std::unique_ptr<Workload> mlp_32(Threads& threads) { return mlp(32, threads); }

}  // namespace goodfit::bench
