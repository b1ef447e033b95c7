// Threads: a pool that splits work into units and joins again, in about a microsecond.
//
// The caller and the workers take units one by one from a shared ticket; a stage is over when its
// last unit is, whoever did it. So nobody ever waits for a thread that has nothing to do: a worker
// that the system has put aside, or that is still asleep, costs nothing but its help.
//
//   ticket = (tag, low, high)           units low … high − 1 are left; threads take from either end
//                                       the tag changes with every stage, so that a slow thread can
//                                       never take a unit of another stage than the one it saw
//
// Which thread does which unit is chance; results must not depend on it. Waiting threads spin, then
// yield, then sleep. No call allocates. A call from inside a unit runs in the calling thread alone.
#pragma once
#include <atomic>
#include <cstdint>
#include <exception>
#include <thread>
#include <vector>

#include "goodfit/base/size.hpp"

namespace goodfit {

// All units of a stage are done before the next one begins. `before` (or null) runs alone, first.
struct Stage {
  Size units = 0;
  void (*before)(void* context, Size stage) = nullptr;
  void (*work)(void* context, Size stage, Size unit, int thread) = nullptr;
};

int usable_cores();  // by this process

class Threads {
 public:
  explicit Threads(int count = 0);  // 0: all cores that this process may use
  ~Threads();
  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;

  int count() const { return int(workers_.size()) + 1; }  // the caller is one of them

  // Does units 0 … units − 1 and returns when all are done; `thread` is below count(). The first
  // exception of a unit is thrown here, after which units not yet begun are left out.
  void run(Size units, void (*work)(void* context, Size unit, int thread), void* context);

  // Does all stages in their order; `thread` as above. An exception leaves out what follows.
  void run_staged(const Stage* stages, Size count, void* context);

 private:
  struct Job {
    void (*work)(void* context, Size unit, int thread) = nullptr;  // null: the work of the stages
    const Stage* stages = nullptr;
    Size count = 0, stage = 0, units = 0;
    void* context = nullptr;
  };

  void start(const Job& job);
  void enter(Size stage);
  void leave();
  void publish(Size units);
  bool take_unit();
  template <class Fn>
  void guarded(Fn fn);
  void serve(int thread);
  template <class Ready>
  void wait_until(Ready ready, std::atomic<int>& asleep);
  void wake(Size wanted);
  void stop();
  int self() const;

  // What all threads write lies on lines of its own.
  alignas(64) std::atomic<std::uint64_t> ticket_{0};
  alignas(64) std::atomic<Size> finished_{0};
  alignas(64) std::atomic<int> sleepers_{0};
  std::atomic<int> caller_asleep_{0};
  std::atomic<std::uint32_t> alarm_{0};  // changes when sleepers should look again
  alignas(64) std::atomic<bool> running_{false};
  std::atomic<bool> busy_{false}, failed_{false}, stopping_{false};
  alignas(64) Job job_;  // written only while no unit is out
  std::exception_ptr error_;
  bool crowded_ = false;  // more threads than cores: spinning would only keep others from working
  std::vector<std::thread> workers_;
};

}  // namespace goodfit
