// Tiny nets: what a step costs where there is next to nothing to compute.
#include "bench/training.hpp"
#include "bench/workloads/catalogue.hpp"
#include "goodfit/parts/optimizers/catalogue.hpp"

namespace goodfit::bench {

// A net for tables, as a practitioner would write it.
std::unique_ptr<Workload> tabular_net(Threads& threads) {
  return std::make_unique<Training>(Task{.widths = {32, 64, 64, 10},
                                         .dropout = 0.1,
                                         .batch = 32,
                                         .optimizer = Adam{},
                                         .lr = 1e-3,
                                         .one_core = true},
                                    threads);
}

// The net of a textbook.
std::unique_ptr<Workload> textbook_net(Threads& threads) {
  return std::make_unique<Training>(Task{.widths = {4, 8, 3},
                                         .norm = false,
                                         .batch = 32,
                                         .optimizer = Adam{},
                                         .lr = 1e-3,
                                         .one_core = true},
                                    threads);
}

}  // namespace goodfit::bench
