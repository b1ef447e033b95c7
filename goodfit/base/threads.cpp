#include "goodfit/base/threads.hpp"

#include <sched.h>

#include <algorithm>
#include <chrono>
#include <system_error>
#include <utility>

#include "goodfit/base/error.hpp"

namespace goodfit {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto spin_time = std::chrono::microseconds(50);
constexpr Size most_units = (1 << 24) - 1;
constexpr auto yield_time = std::chrono::microseconds(250);

// Units low … high − 1 are still to be taken; the tag tells one stage's ticket from the next one's.
struct Ticket {
  std::uint64_t tag, low, high;
  explicit Ticket(std::uint64_t bits)
      : tag(bits >> 48), low(bits >> 24 & most_units), high(bits & most_units) {}
  std::uint64_t bits() const { return tag << 48 | low << 24 | high; }
  bool empty() const { return low == high; }
};

// The pool that this thread works for, and its number there; a caller is number 0 of any pool.
thread_local const Threads* employer = nullptr;
thread_local int number = 0;

void relax() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

}  // namespace

int usable_cores() {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) return std::max(1, CPU_COUNT(&set));
  return std::max(1, int(std::thread::hardware_concurrency()));
}

Threads::Threads(int count) {
  if (count < 0 || count > 1024)
    fail("threads = {} is not allowed: must be at least 0 and at most 1024 (0 = all cores)", count);
  const int cores = usable_cores();
  if (count == 0) count = std::min(cores, 1024);
  crowded_ = count > cores;
  workers_.reserve(std::size_t(count - 1));
  try {
    for (int thread = 1; thread < count; ++thread)
      workers_.emplace_back([this, thread] { serve(thread); });
  } catch (const std::system_error& error) {
    const std::size_t started = workers_.size() + 1;
    stop();
    fail_run("threads = {}: the system allows no more than {}: {}", count, started, error.what());
  }
}

Threads::~Threads() { stop(); }

int Threads::self() const { return employer == this ? number : 0; }

void Threads::stop() {
  stopping_.store(true);
  alarm_.fetch_add(1);
  alarm_.notify_all();
  for (std::thread& worker : workers_) worker.join();
}

void Threads::run(Size units, void (*work)(void*, Size, int), void* context) {
  if (workers_.empty() || units <= 1 || busy_.exchange(true, std::memory_order_acquire)) {
    for (Size unit = 0; unit < units; ++unit) work(context, unit, self());
    return;
  }
  start({.work = work,
         .stages = nullptr,
         .count = 1,
         .stage = 0,
         .units = units,
         .context = context});
}

void Threads::run_staged(const Stage* stages, Size count, void* context) {
  if (workers_.empty() || busy_.exchange(true, std::memory_order_acquire)) {
    for (Size stage = 0; stage < count; ++stage) {
      const Stage& now = stages[stage];
      if (now.before) now.before(context, stage);
      for (Size unit = 0; unit < now.units; ++unit) now.work(context, stage, unit, self());
    }
    return;
  }
  start({.work = nullptr,
         .stages = stages,
         .count = count,
         .stage = 0,
         .units = 0,
         .context = context});
}

void Threads::start(const Job& job) {
  job_ = job;
  failed_.store(false, std::memory_order_relaxed);
  running_.store(true, std::memory_order_relaxed);
  enter(0);
  const auto done = [this] { return !running_.load(); };
  while (!done())
    if (!take_unit())
      wait_until([&] { return done() || !Ticket(ticket_.load()).empty(); }, caller_asleep_);
  const std::exception_ptr error = std::exchange(error_, nullptr);
  busy_.store(false, std::memory_order_release);
  if (error) std::rethrow_exception(error);
}

template <class Fn>
void Threads::guarded(Fn fn) {
  if (failed_.load(std::memory_order_relaxed)) return;
  try {
    fn();
  } catch (...) {
    if (!failed_.exchange(true)) error_ = std::current_exception();
  }
}

// Called by the one thread that is inside the run: no unit is out.
void Threads::enter(Size stage) {
  for (; stage < job_.count && !failed_.load(std::memory_order_relaxed); ++stage) {
    const Size units = job_.stages ? job_.stages[stage].units : job_.units;
    guarded([&] { must(units <= most_units, "a stage has at most 2^24 - 1 units"); });
    if (job_.stages) {
      const Stage& now = job_.stages[stage];
      guarded([&] {
        if (now.before) now.before(job_.context, stage);
        if (units == 1) now.work(job_.context, stage, 0, self());  // handing it out would cost more
      });
    }
    if (units <= 1 || failed_.load(std::memory_order_relaxed)) continue;
    job_.stage = stage;
    job_.units = units;
    publish(units);
    return;
  }
  leave();
}

void Threads::publish(Size units) {
  finished_.store(0, std::memory_order_relaxed);
  Ticket next(ticket_.load(std::memory_order_relaxed));
  next.tag = (next.tag + 1) & 0xFFFF;
  next.low = 0;
  next.high = std::uint64_t(units);
  ticket_.store(next.bits());
  wake(units - 1);
}

void Threads::leave() {
  running_.store(false);
  if (caller_asleep_.load() > 0) wake(count());
}

bool Threads::take_unit() {
  // Every other thread takes from the top: so that the same thread tends to get the same unit of
  // stage after stage, and finds its data in its own cache.
  const bool from_top = self() % 2 == 1;
  std::uint64_t seen = ticket_.load(std::memory_order_acquire);
  Ticket left(seen);
  do {
    left = Ticket(seen);
    if (left.empty()) return false;
    from_top ? --left.high : ++left.low;
  } while (!ticket_.compare_exchange_weak(seen, left.bits(), std::memory_order_acq_rel,
                                          std::memory_order_acquire));
  const Size stage = job_.stage, units = job_.units;  // safe: our unit keeps the stage open
  const Size unit = from_top ? Size(left.high) : Size(left.low) - 1;
  guarded([&] {
    if (job_.work)
      job_.work(job_.context, unit, self());
    else
      job_.stages[stage].work(job_.context, stage, unit, self());
  });
  if (finished_.fetch_add(1, std::memory_order_acq_rel) + 1 == units) enter(stage + 1);
  return true;
}

void Threads::serve(int thread) {
  employer = this;
  number = thread;
  while (!stopping_.load()) {
    if (take_unit()) continue;
    wait_until([this] { return stopping_.load() || !Ticket(ticket_.load()).empty(); }, sleepers_);
  }
}

template <class Ready>
void Threads::wait_until(Ready ready, std::atomic<int>& asleep) {
  const Clock::time_point begin = Clock::now();
  Clock::duration passed{};
  while (passed < yield_time) {
    if (passed < spin_time && !crowded_) {
      for (int i = 0; i < 32; ++i) {
        if (ready()) return;
        relax();
      }
    } else {
      if (ready()) return;
      std::this_thread::yield();
    }
    passed = Clock::now() - begin;
  }
  while (!ready()) {
    const std::uint32_t heard = alarm_.load();
    asleep.fetch_add(1);
    // Looking again after signing up, as wake() counts after publishing: one of the two notices.
    if (!ready()) alarm_.wait(heard);
    asleep.fetch_sub(1);
  }
}

void Threads::wake(Size wanted) {
  const Size asleep = sleepers_.load() + caller_asleep_.load();
  if (asleep == 0) return;
  alarm_.fetch_add(1);
  if (wanted >= asleep) return alarm_.notify_all();
  for (Size i = 0; i < wanted; ++i) alarm_.notify_one();
}

}  // namespace goodfit
