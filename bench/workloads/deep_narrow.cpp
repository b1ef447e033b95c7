// Deep narrow: twenty small layers, where overhead between the products decides.
#include "bench/training.hpp"
#include "bench/workloads/catalogue.hpp"
#include "goodfit/parts/optimizers/catalogue.hpp"

namespace goodfit::bench {

std::unique_ptr<Workload> deep_narrow(Threads& threads) {
  Task task{.widths = {784}, .batch = 128, .optimizer = Sgd{.momentum = 0.9}, .lr = 1e-4};
  task.widths.insert(task.widths.end(), 20, 100);
  task.widths.push_back(10);
  return std::make_unique<Training>(task, threads);
}

}  // namespace goodfit::bench
