#include "goodfit/base/threads.hpp"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <stdexcept>
#include <vector>

#include "goodfit/base/error.hpp"

namespace goodfit {
namespace {

constexpr std::array counts{1, 2, 3, 4, 8};

struct Marks {
  explicit Marks(Size units) : done(std::size_t(units)) {}
  std::vector<std::atomic<int>> done;
  int threads = 0;
  static void mark(void* context, Size unit, int thread) {
    Marks& self = *static_cast<Marks*>(context);
    self.done.at(std::size_t(unit)).fetch_add(thread < self.threads ? 1 : 1000);
  }
};

TEST(Threads, EveryUnitIsDoneExactlyOnce) {
  for (const int count : counts) {
    Threads threads(count);
    EXPECT_EQ(threads.count(), count);
    for (const Size units : {0, 1, 2, 3, 17, 1000}) {
      Marks marks(units);
      marks.threads = count;
      threads.run(units, Marks::mark, &marks);
      for (const auto& done : marks.done) EXPECT_EQ(done.load(), 1);
    }
  }
}

TEST(Threads, ZeroMeansAllCoresAndNonsenseIsRefused) {
  EXPECT_GE(Threads(0).count(), 1);
  EXPECT_THROW(Threads(-1), Error);
  EXPECT_THROW(Threads(100000), Error);
}

TEST(Threads, WhatUnitsWroteIsSeenAfterTheRun) {
  Threads threads(4);
  std::vector<Size> squares(100);  // plain memory, so that a race would be found by TSan
  for (int repeat = 0; repeat < 2000; ++repeat) {
    threads.run(
        100,
        [](void* context, Size unit, int) {
          (*static_cast<std::vector<Size>*>(context))[std::size_t(unit)] += unit * unit;
        },
        &squares);
  }
  for (Size i = 0; i < 100; ++i) EXPECT_EQ(squares[std::size_t(i)], 2000 * i * i);
}

TEST(Threads, TheFirstExceptionReachesTheCallerAndThePoolLivesOn) {
  for (const int count : counts) {
    Threads threads(count);
    const auto broken = [](void*, Size unit, int) {
      if (unit == 3) throw std::runtime_error("unit 3");
    };
    for (int repeat = 0; repeat < 100; ++repeat) {
      try {
        threads.run(8, broken, nullptr);
        FAIL() << "nothing was thrown";
      } catch (const std::runtime_error& error) {
        EXPECT_STREQ(error.what(), "unit 3");
      }
    }
    Marks marks(8);
    marks.threads = count;
    threads.run(8, Marks::mark, &marks);
    for (const auto& done : marks.done) EXPECT_EQ(done.load(), 1);
  }
}

TEST(Threads, ACallFromInsideAUnitRunsInThatUnitsThread) {
  Threads threads(3);
  struct Nested {
    Threads& threads;
    std::array<std::array<std::atomic<int>, 5>, 7> done{};
    std::atomic<int> strangers{0};
  } nested{threads};
  threads.run(
      7,
      [](void* context, Size outer, int thread) {
        struct Inner {
          Nested& all;
          Size outer;
          int thread;
        } inner{*static_cast<Nested*>(context), outer, thread};
        inner.all.threads.run(
            5,
            [](void* what, Size unit, int who) {
              Inner& self = *static_cast<Inner*>(what);
              self.all.done[std::size_t(self.outer)][std::size_t(unit)].fetch_add(1);
              if (who != self.thread) self.all.strangers.fetch_add(1);
            },
            &inner);
      },
      &nested);
  for (const auto& row : nested.done)
    for (const auto& done : row) EXPECT_EQ(done.load(), 1);
  EXPECT_EQ(nested.strangers.load(), 0);
}

TEST(Threads, TwoCallersMayShareAPool) {
  Threads threads(3);
  std::array<Marks, 2> marks{Marks(300), Marks(300)};
  const auto call = [&](std::size_t who) {
    marks[who].threads = 3;
    for (int repeat = 0; repeat < 200; ++repeat) threads.run(300, Marks::mark, &marks[who]);
  };
  std::thread other(call, 1);
  call(0);
  other.join();
  for (const Marks& each : marks)
    for (const auto& done : each.done) EXPECT_EQ(done.load(), 200);
}

TEST(Threads, SleepingWorkersWakeUpAgain) {
  Threads threads(4);
  for (int repeat = 0; repeat < 20; ++repeat) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    Marks marks(64);
    marks.threads = 4;
    threads.run(64, Marks::mark, &marks);
    for (const auto& done : marks.done) EXPECT_EQ(done.load(), 1);
  }
}

TEST(Threads, ACallerThatFellAsleepIsWokenByTheLastUnit) {
  Threads threads(2);
  for (int repeat = 0; repeat < 5; ++repeat) {
    std::atomic<bool> helped{false};
    threads.run(
        2,
        [](void* context, Size, int thread) {
          auto& begun = *static_cast<std::atomic<bool>*>(context);
          if (thread == 0) {
            while (!begun.load()) std::this_thread::yield();
          } else {
            begun.store(true);
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
          }
        },
        &helped);
    EXPECT_TRUE(helped.load());
  }
}

TEST(Threads, AllThreadsHelp) {
  Threads threads(2);
  std::array<std::atomic<int>, 2> helped{};
  threads.run(
      40,
      [](void* context, Size, int thread) {
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
        (*static_cast<std::array<std::atomic<int>, 2>*>(context))[std::size_t(thread)].fetch_add(1);
      },
      &helped);
  EXPECT_GT(helped[0].load(), 0);
  EXPECT_GT(helped[1].load(), 0);
}

// Each stage reads what all units of the stage before it wrote, in plain memory.
struct Chain {
  std::vector<Stage> stages;
  std::vector<std::vector<Size>> values;
  std::vector<Size> sums;  // written by `before` alone

  explicit Chain(const std::vector<Size>& units) : sums(units.size() + 1) {
    for (const Size each : units) {
      stages.push_back({.units = each, .before = before, .work = work});
      values.emplace_back(std::size_t(each));
    }
  }
  static void before(void* context, Size stage) {
    Chain& self = *static_cast<Chain*>(context);
    Size sum = 1;
    if (stage > 0)
      for (const Size value : self.values[std::size_t(stage - 1)]) sum += value;
    self.sums[std::size_t(stage)] = sum % 1000003;
  }
  static void work(void* context, Size stage, Size unit, int) {
    Chain& self = *static_cast<Chain*>(context);
    self.values[std::size_t(stage)][std::size_t(unit)] +=
        self.sums[std::size_t(stage)] * (unit + 1);
  }
};

TEST(Threads, StagesRunInOrderWhateverTheThreads) {
  const std::vector<Size> units{5, 1, 0, 33, 2, 1, 1, 8, 0, 0, 3, 64, 1};
  Chain alone(units);
  Threads one(1);
  constexpr int repeats = 3000;
  for (int i = 0; i < repeats; ++i) one.run_staged(alone.stages.data(), Size(units.size()), &alone);
  for (const int count : counts) {
    Threads threads(count);
    Chain chain(units);
    for (int i = 0; i < repeats; ++i)
      threads.run_staged(chain.stages.data(), Size(units.size()), &chain);
    EXPECT_EQ(chain.values, alone.values) << count;
    EXPECT_EQ(chain.sums, alone.sums) << count;
  }
}

TEST(Threads, NoStagesAndStagesWithoutBeforeAreFine) {
  Threads threads(3);
  threads.run_staged(nullptr, 0, nullptr);
  std::atomic<int> done{0};
  const auto work = [](void* context, Size, Size, int) {
    ++*static_cast<std::atomic<int>*>(context);
  };
  const std::array stages{Stage{4, nullptr, work}, Stage{1, nullptr, work},
                          Stage{9, nullptr, work}};
  threads.run_staged(stages.data(), 3, &done);
  EXPECT_EQ(done.load(), 14);
}

TEST(Threads, AnExceptionLeavesOutTheStagesThatFollow) {
  for (const int count : counts) {
    Threads threads(count);
    for (const Size units : {1, 6}) {
      std::atomic<int> later{0};
      const auto broken = [](void*, Size, Size unit, int) {
        if (unit == 0) throw std::runtime_error("broken");
      };
      const auto work = [](void* context, Size, Size, int) {
        ++*static_cast<std::atomic<int>*>(context);
      };
      const auto before = [](void* context, Size) { ++*static_cast<std::atomic<int>*>(context); };
      const std::array stages{Stage{units, nullptr, broken}, Stage{units, before, work}};
      EXPECT_THROW(threads.run_staged(stages.data(), 2, &later), std::runtime_error);
      EXPECT_EQ(later.load(), 0);
      const std::array alone{Stage{4, [](void*, Size) { throw 7; }, work}};
      EXPECT_THROW(threads.run_staged(alone.data(), 1, &later), int);
      EXPECT_EQ(later.load(), 0);
    }
  }
}

TEST(Threads, ManyMoreThreadsThanCoresAreNotACatastrophe) {
  Threads threads(32);
  Chain chain({32, 32, 32, 32});
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < 500; ++i) threads.run_staged(chain.stages.data(), 4, &chain);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

TEST(Threads, TooManyUnitsAreOurOwnBug) {
  Threads threads(2);
  EXPECT_THROW(threads.run(Size{1} << 32, Marks::mark, nullptr), std::logic_error);
}

}  // namespace
}  // namespace goodfit
