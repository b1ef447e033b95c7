#include "bench/machine.hpp"

#include <algorithm>
#include <atomic>
#include <barrier>
#include <thread>
#include <vector>

#include "bench/peak.hpp"
#include "goodfit/base/clock.hpp"

namespace goodfit::bench {
namespace {

constexpr int repeats = 25;  // the best counts: others may be at work on the machine

// The shortest time in which all threads do `work(thread)` side by side.
template <class Work>
double shortest(int threads, const Work& work) {
  std::barrier gate(threads);
  double best = 1e9, began = 0;
  const auto run = [&](int thread) {
    for (int i = 0; i < repeats; ++i) {
      gate.arrive_and_wait();
      if (thread == 0) began = seconds_now();
      work(thread);
      gate.arrive_and_wait();
      if (thread == 0) best = std::min(best, seconds_now() - began);
    }
  };
  std::vector<std::thread> others;
  for (int thread = 1; thread < threads; ++thread) others.emplace_back(run, thread);
  run(0);
  for (std::thread& other : others) other.join();
  return best;
}

}  // namespace

double peak(int threads) {
  constexpr int calls = 200;
  double best = 0;
  for (const Spin& spin : spins()) {
    const double seconds = shortest(threads, [&](int) {
      for (int i = 0; i < calls; ++i) spin.work();
    });
    best = std::max(best, double(threads) * calls * spin.flops / seconds);
  }
  return best / 1e9;
}

double triad(int threads) {
  constexpr std::size_t floats = std::size_t(1) << 24;
  std::vector<float> a(floats, 0.0f), b(floats, 1.0f), c(floats, 2.0f);
  const double seconds = shortest(threads, [&](int thread) {
    const std::size_t share = floats / std::size_t(threads), begin = std::size_t(thread) * share;
    float* __restrict to = a.data() + begin;
    const float* x = b.data() + begin;
    const float* y = c.data() + begin;
    for (std::size_t i = 0; i < share; ++i) to[i] = x[i] + 3.0f * y[i];
    asm volatile("" ::"r"(to) : "memory");
  });
  return 12.0 * double(floats) / seconds / 1e9;
}

double round_trip() {
  constexpr int trips = 20000, tries = 15;
  alignas(64) std::atomic<int> ball{0};
  // Takes every other turn between these two.
  const auto play = [&](int from, int to) {
    for (int turn = from; turn < to; turn += 2) {
      while (ball.load(std::memory_order_acquire) != turn) {
      }
      ball.store(turn + 1, std::memory_order_release);
    }
  };
  std::thread other(play, 1, 2 * trips * tries);
  std::vector<double> nanoseconds;
  for (int i = 0; i < tries; ++i) {
    const double began = seconds_now();
    play(2 * trips * i, 2 * trips * (i + 1));
    nanoseconds.push_back(1e9 * (seconds_now() - began) / trips);
  }
  other.join();
  std::nth_element(nanoseconds.begin(), nanoseconds.begin() + tries / 2, nanoseconds.end());
  return nanoseconds[tries / 2];
}

}  // namespace goodfit::bench
