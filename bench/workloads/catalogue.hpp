// Every workload that is measured step by step, in the order of the table.
#pragma once
#include "bench/workload.hpp"

namespace goodfit::bench {

std::unique_ptr<Workload> tabular_net(Threads& threads);
std::unique_ptr<Workload> textbook_net(Threads& threads);
std::unique_ptr<Workload> mlp_128(Threads& threads);
std::unique_ptr<Workload> mlp_32(Threads& threads);
std::unique_ptr<Workload> deep_narrow(Threads& threads);
std::unique_ptr<Workload> adam_step(Threads& threads);
std::unique_ptr<Workload> momentum_step(Threads& threads);
std::unique_ptr<Workload> rmsprop_step(Threads& threads);
std::unique_ptr<Workload> small_tensors_step(Threads& threads);

constexpr Listed workloads[] = {
    {"W1", "tabular MLP 32-64-64-10, batch 32, BN, dropout .1, Adam", "tiny_nets", tabular_net},
    {"W1.textbook", "MLP 4-8-3, batch 32, Adam", "tiny_nets", textbook_net},
    {"W2", "MLP 784-512-512-10, batch 128, BN, dropout .5, Adam", "mlp", mlp_128},
    {"W2.32", "the same, batch 32", "mlp", mlp_32},
    {"W3", "deep narrow MLP 784-20x100-10, batch 128, BN, momentum", "deep_narrow", deep_narrow},
    {"W8", "optimizer step, 10 M parameters: Adam", "optimizer_step", adam_step},
    {"W8.momentum", "the same: SGD with momentum", "optimizer_step", momentum_step},
    {"W8.rmsprop", "the same: RMSprop", "optimizer_step", rmsprop_step},
    {"W8.small", "Adam, 100 tensors of 4096", "optimizer_step", small_tensors_step},
};

}  // namespace goodfit::bench
