// Every workload that is measured step by step, in the order of the table.
#pragma once
#include "bench/workload.hpp"

namespace goodfit::bench {

std::unique_ptr<Workload> tabular_net(Threads& threads);
std::unique_ptr<Workload> textbook_net(Threads& threads);
std::unique_ptr<Workload> mlp_128(Threads& threads);
std::unique_ptr<Workload> mlp_32(Threads& threads);
std::unique_ptr<Workload> deep_narrow(Threads& threads);
std::unique_ptr<Workload> small_cnn(Threads& threads);
std::unique_ptr<Workload> resnet_batch_norm(Threads& threads);
std::unique_ptr<Workload> resnet_group_norm(Threads& threads);
std::unique_ptr<Workload> transformer(Threads& threads);
std::unique_ptr<Workload> lstm(Threads& threads);
std::unique_ptr<Workload> dropout_passes(Threads& threads);
std::unique_ptr<Workload> answer_of_mlp(Threads& threads);
std::unique_ptr<Workload> answer_of_textbook_net(Threads& threads);
std::unique_ptr<Workload> batch_norm_alone(Threads& threads);
std::unique_ptr<Workload> group_norm_alone(Threads& threads);
std::unique_ptr<Workload> instance_norm_alone(Threads& threads);
std::unique_ptr<Workload> layer_norm_alone(Threads& threads);
std::unique_ptr<Workload> dropout_alone(Threads& threads);
std::unique_ptr<Workload> max_pool_alone(Threads& threads);
std::unique_ptr<Workload> cross_entropy_alone(Threads& threads);
std::unique_ptr<Workload> adam_step(Threads& threads);
std::unique_ptr<Workload> momentum_step(Threads& threads);
std::unique_ptr<Workload> rmsprop_step(Threads& threads);
std::unique_ptr<Workload> small_tensors_step(Threads& threads);
std::unique_ptr<Workload> reading_idx(Threads& threads);
std::unique_ptr<Workload> reading_csv(Threads& threads);
std::unique_ptr<Workload> reading_png(Threads& threads);
std::unique_ptr<Workload> reading_jpeg(Threads& threads);
std::unique_ptr<Workload> shuffled_batches(Threads& threads);
std::unique_ptr<Workload> grown(Size depth, Size width, Size batch, Size samples, Threads& threads);

template <Size depth, Size width, Size batch, Size samples>
std::unique_ptr<Workload> grown_to(Threads& threads) {
  return grown(depth, width, batch, samples, threads);
}

constexpr Listed workloads[] = {
    {"W1", "tabular MLP 32-64-64-10, batch 32, BN, dropout .1, Adam",
     "tiny_nets.py jax_nets.py tiny_nets.c", tabular_net},
    {"W1.textbook", "MLP 4-8-3, batch 32, Adam",
     "tiny_nets.py jax_nets.py sklearn_nets.py tiny_nets.c", textbook_net},
    {"W2", "MLP 784-512-512-10, batch 128, BN, dropout .5, Adam", "mlp.py jax_nets.py", mlp_128},
    {"W2.32", "the same, batch 32", "mlp.py jax_nets.py", mlp_32},
    {"W3", "deep narrow MLP 784-20x100-10, batch 128, BN, momentum", "deep_narrow.py", deep_narrow},
    {"W4", "small CNN, 28x28, batch 128, BN, dropout .4, Adam", "small_cnn.py", small_cnn},
    {"W5", "ResNet-20, 32x32, batch 128, BN, momentum", "resnet.py", resnet_batch_norm},
    {"W5g", "the same with GroupNorm", "resnet.py", resnet_group_norm},
    {"W6", "1000 dropout passes for one object, 784-512-512-10", "dropout_passes.py",
     dropout_passes},
    {"W6.one", "an answer for one object, 784-512-512-10", "answers.py", answer_of_mlp},
    {"W6.one_small", "the same, 4-8-3", "answers.py", answer_of_textbook_net},
    {"W7", "batch norm, 128x32x32x64, forward and backward", "single_layers.py", batch_norm_alone},
    {"W7.group_norm", "the same", "single_layers.py", group_norm_alone},
    {"W7.instance_norm", "the same", "single_layers.py", instance_norm_alone},
    {"W7.dropout", "the same", "single_layers.py", dropout_alone},
    {"W7.max_pool", "the same, windows of 2x2", "single_layers.py", max_pool_alone},
    {"W7.layer_norm", "4096x1024", "single_layers.py", layer_norm_alone},
    {"W7.cross_entropy", "with softmax, 4096x1024", "single_layers.py", cross_entropy_alone},
    {"W8", "optimizer step, 10 M parameters: Adam", "optimizer_step.py", adam_step},
    {"W8.momentum", "the same: SGD with momentum", "optimizer_step.py", momentum_step},
    {"W8.rmsprop", "the same: RMSprop", "optimizer_step.py", rmsprop_step},
    {"W8.small", "Adam, 100 tensors of 4096", "optimizer_step.py", small_tensors_step},
    {"W12.idx", "10,000 images of 28x28 from IDX", "data_files.py", reading_idx},
    {"W12.csv", "20,000 rows of 20 numbers from CSV", "data_files.py", reading_csv},
    {"W12.png", "64 pictures of 160x160 from PNG", "data_files.py", reading_png},
    {"W12.jpeg", "the same from JPEG", "data_files.py", reading_jpeg},
    {"W12.batch", "a shuffled batch of 128x784", "shuffled_batches.py", shuffled_batches},
    {"W15", "transformer, two blocks of 128, 128 steps, batch 32, Adam", "sequences.py",
     transformer},
    {"W15.lstm", "LSTM of 128, 64 steps, batch 64, Adam", "sequences.py", lstm},
    {"W13.depth.4", "layers of 256, batch 128", "", grown_to<4, 256, 128, 2048>},
    {"W13.depth.8", "", "", grown_to<8, 256, 128, 2048>},
    {"W13.depth.16", "", "", grown_to<16, 256, 128, 2048>},
    {"W13.depth.32", "", "", grown_to<32, 256, 128, 2048>},
    {"W13.width.128", "four layers, batch 128", "", grown_to<4, 128, 128, 2048>},
    {"W13.width.256", "", "", grown_to<4, 256, 128, 2048>},
    {"W13.width.512", "", "", grown_to<4, 512, 128, 2048>},
    {"W13.width.1024", "", "", grown_to<4, 1024, 128, 2048>},
    {"W13.batch.32", "four layers of 256", "", grown_to<4, 256, 32, 2048>},
    {"W13.batch.64", "", "", grown_to<4, 256, 64, 2048>},
    {"W13.batch.128", "", "", grown_to<4, 256, 128, 2048>},
    {"W13.batch.256", "", "", grown_to<4, 256, 256, 2048>},
    {"W13.batch.512", "", "", grown_to<4, 256, 512, 2048>},
    {"W13.samples.2048", "four layers of 256, batch 128", "", grown_to<4, 256, 128, 2048>},
    {"W13.samples.16384", "", "", grown_to<4, 256, 128, 16384>},
    {"W13.samples.131072", "", "", grown_to<4, 256, 128, 131072>},
};

}  // namespace goodfit::bench
