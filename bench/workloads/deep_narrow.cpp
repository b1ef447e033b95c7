// Deep narrow: twenty small layers, where overhead between the products decides.
//
// Twenty layers of batch norm make a rounding error grow: with an lr of 1e-5 two versions of
// PyTorch are 1e-3 apart after 20 steps. So the lr is so small that the losses can be compared; it
// does not change the time.
#include "bench/training.hpp"
#include "bench/workloads/catalogue.hpp"
#include "goodfit/parts/optimizers/catalogue.hpp"

namespace goodfit::bench {

std::unique_ptr<Workload> deep_narrow(Threads& threads) {
  std::vector<Size> widths{784};
  widths.insert(widths.end(), 20, 100);
  widths.push_back(10);
  Task task = dense_task(widths);
  task.optimizer = Sgd{.momentum = 0.9};
  task.lr = 1e-6;
  return std::make_unique<Training>(task, threads);
}

}  // namespace goodfit::bench
