// Resnet: twenty layers for images of 32 × 32 pixels, where convolutions of 16 to 64 channels
// decide.
//
//   products: 32² · 27 · 16 + 6 · 32² · 9 · 16²                       the first layer, stage one
//             + 2 (half of one + 5 · 32² · 9 · 16² + 16² · 16 · 32)   stages two and three; where
//             + 64 · 10                                               they begin, half the channels
//                                                                     in, and the shortcut
//
// Its depth makes rounding errors grow; the lr is so small that losses can be compared after 20
// steps, and does not change the time.
#include "bench/training.hpp"
#include "bench/workloads/catalogue.hpp"
#include "goodfit/goodfit.hpp"

namespace goodfit::bench {
namespace {

std::unique_ptr<Workload> resnet(const Layer& norm, Threads& threads) {
  Task task{.sample = {32, 32, 3},
            .model = {Resnet{.depth = 20, .norm = norm}},
            .optimizer = Sgd{.momentum = 0.9},
            .lr = 1e-5,
            .bytes_per_parameter = 0};
  constexpr double convolution = 32 * 32 * 9 * 16 * 16, shortcut = 16 * 16 * 16 * 32;
  task.first_products = 32 * 32 * 27 * 16;
  task.products = task.first_products + 6 * convolution + 2 * (5.5 * convolution + shortcut) + 640;
  return std::make_unique<Training>(task, threads);
}

}  // namespace

std::unique_ptr<Workload> resnet_batch_norm(Threads& threads) {
  return resnet(BatchNorm{}, threads);
}
std::unique_ptr<Workload> resnet_group_norm(Threads& threads) {
  return resnet(GroupNorm{.groups = 4}, threads);
}

}  // namespace goodfit::bench
