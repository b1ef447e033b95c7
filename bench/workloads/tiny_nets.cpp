// Tiny nets: what a step costs where there is next to nothing to compute.
#include "bench/training.hpp"
#include "bench/workloads/catalogue.hpp"

namespace goodfit::bench {
namespace {

std::unique_ptr<Workload> tiny(Task task, Threads& threads) {
  task.batch = 32;
  task.one_core = true;
  return std::make_unique<Training>(task, threads);
}

}  // namespace

// A net for tables, as a practitioner would write it.
std::unique_ptr<Workload> tabular_net(Threads& threads) {
  return tiny(dense_task({32, 64, 64, 10}, true, 0.1), threads);
}
// The net of a textbook.
std::unique_ptr<Workload> textbook_net(Threads& threads) {
  return tiny(dense_task({4, 8, 3}, false), threads);
}

}  // namespace goodfit::bench
