// Executor: runs a plan over and over. All memory is taken when it is made: a step allocates
// nothing.
#pragma once
#include <memory>
#include <optional>

#include "goodfit/base/threads.hpp"
#include "goodfit/compute/engine/plan.hpp"
#include "goodfit/compute/tensor/store.hpp"

namespace goodfit {

// Work of the caller that belongs to a step, after everything else: the optimizer.
struct Finish {
  Size units = 0;
  void (*work)(void* context, Size unit) = nullptr;
  void* context = nullptr;
  void (*before)(void* context) = nullptr;  // or null: runs first, alone
};

class Executor {
 public:
  // The plan, the store and the threads, no more than were planned for, must outlive the executor.
  // Parameters and buffers of the
  // plan are looked up by name, in `own` if there is one that has it, then in the store; throws
  // std::logic_error when one is missing.
  Executor(const Plan& plan, Store& store, Threads& threads, Store* own = nullptr);
  ~Executor();

  // Memory of an input or target: [rows, …] as planned; fill the first rows before running.
  Span input(std::string_view name);
  // The value of a root, by its place in the list given to make_plan.
  ConstSpan root(std::size_t index) const;
  Span root(std::size_t index);

  // `rows` samples, at least 1 and at most as planned; `step` moves the random numbers, which take
  // the batch's first sample as number `first_row`.
  // What finishes it comes in one or two parts, the second when all of the first is done.
  void run(Size rows, std::uint64_t seed, std::uint32_t step, const Finish& first = {},
           const Finish& second = {}, Size first_row = 0);

 private:
  struct Work;
  std::unique_ptr<Work> work_;
};

}  // namespace goodfit
