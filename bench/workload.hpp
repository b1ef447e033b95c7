// Workload: what we and a peer can both do, step by step, so that the driver can interleave us.
#pragma once
#include <memory>
#include <string_view>

#include "goodfit/base/threads.hpp"
#include "goodfit/train/record/safetensors.hpp"

namespace goodfit::bench {

// What a step cannot do without: the time is at least flops / peak + bytes / bandwidth.
struct Floor {
  double flops = 0;
  double bytes = 0;
  bool one_core = false;  // too small for threads: the peak of one core counts
};

// Bytes that a training step holds, and the fewest with which its ops can be done in their order.
struct Memory {
  double planned = 0;
  double bound = 0;
  double samples = 0;  // beside them, what it was trained on
};

class Workload {
 public:
  virtual ~Workload() = default;
  // The state before the first step; steps after it cost the same in every repeat.
  virtual void reset() {}
  virtual void step() = 0;
  // From the same state, without dropout: a number that a peer must reach after 20 steps.
  virtual double check() = 0;
  // What a peer starts from: weights by PyTorch's names, samples, settings as metadata.
  virtual TensorFile shared() const = 0;
  virtual Floor floor() const = 0;
  virtual Memory memory() const { return {}; }
  // From now on a batch falls into as many shards as there are threads: what could be done if
  // results might depend on their number.
  virtual void cut_by_threads() {}
};

struct Listed {
  std::string_view name;   // "W2.32": the workload of benchmarks and, after the dot, its variant
  std::string_view title;  // one line of the table
  std::string_view peers;  // those in bench/peers that do the same; empty: only ourselves
  std::unique_ptr<Workload> (*make)(Threads& threads);
};

}  // namespace goodfit::bench
