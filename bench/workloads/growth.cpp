// Growth: one net made deeper, wider, fed in larger batches or from a larger set. The time of a
// step must grow as its floor does.
#include "bench/training.hpp"
#include "bench/workloads/catalogue.hpp"

namespace goodfit::bench {

std::unique_ptr<Workload> grown(Size depth, Size width, Size batch, Size samples,
                                Threads& threads) {
  std::vector<Size> widths(std::size_t(depth) + 1, width);
  widths.push_back(10);
  Task task = dense_task(widths);
  task.batch = batch;
  task.batches = samples / batch;
  return std::make_unique<Training>(task, threads);
}

}  // namespace goodfit::bench
