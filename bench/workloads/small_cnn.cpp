// Small CNN: two convolutions and two dense layers for images of 28 × 28 pixels.
//
//   conv 32, norm, relu, pool | conv 64, norm, relu, pool | dropout, dense 128, relu, dense 10
//   products: 28² · 9 · 32 + 14² · 9 · 32 · 64 + 7² · 64 · 128 + 128 · 10
//
// With an lr of 1e-3 the first steps on noise go so far that rounding errors of PyTorch become
// 2e-4 of the loss, with 1e-4 still 9e-5; the time is the same with any.
#include "bench/training.hpp"
#include "bench/workloads/catalogue.hpp"
#include "goodfit/goodfit.hpp"

namespace goodfit::bench {

std::unique_ptr<Workload> small_cnn(Threads& threads) {
  Task task{.sample = {28, 28, 1}, .lr = 1e-5, .bytes_per_parameter = 0};
  for (const Size filters : {32, 64}) {
    task.model.push_back(Conv2d{.out = filters, .kernel = 3, .padding = 1});
    task.model.insert(task.model.end(), {BatchNorm{}, Relu{}, MaxPool{}});
  }
  task.model.insert(task.model.end(), {Flatten{}, Dropout{.p = 0.4}, Dense{.out = 128}, Relu{},
                                       Dense{.out = task.classes}});
  task.first_products = 28 * 28 * 9 * 32;
  task.products = task.first_products + 14 * 14 * 9 * 32 * 64 + 7 * 7 * 64 * 128 + 128 * 10;
  return std::make_unique<Training>(task, threads);
}

}  // namespace goodfit::bench
