// After warm-up a step of training takes nothing from the heap, whatever the threads.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "goodfit/base/random.hpp"
#include "goodfit/goodfit.hpp"

namespace {
std::atomic<bool> counting{false};
std::atomic<long> counted{0};

void* taken(std::size_t size, std::size_t alignment) {
  if (counting.load(std::memory_order_relaxed)) ++counted;
  void* memory = nullptr;
  if (posix_memalign(&memory, alignment, size == 0 ? 1 : size) != 0) throw std::bad_alloc();
  return memory;
}
}  // namespace

// Inlined, the pair looks to g++ like malloc's memory given to the wrong delete.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
#endif

void* operator new(std::size_t size) { return taken(size, alignof(std::max_align_t)); }
void* operator new[](std::size_t size) { return taken(size, alignof(std::max_align_t)); }
void* operator new(std::size_t size, std::align_val_t by) { return taken(size, std::size_t(by)); }
void* operator new[](std::size_t size, std::align_val_t by) { return taken(size, std::size_t(by)); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  if (counting.load(std::memory_order_relaxed)) ++counted;
  return std::malloc(size);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

namespace goodfit {
namespace {

// Counts between the ends of two steps of one epoch.
struct Counter : Callback {
  void on_step(const StepReport& report) override {
    if (report.step == 5) {
      counted = 0;
      counting = true;
    }
    if (report.step == 50) {
      counting = false;
      found = counted;
    }
  }
  long found = -1;
};

Recipe recipe(Size width) {
  Samples samples{.shape = {12}};
  Random random(1, 1);
  for (int i = 0; i < 60 * 70; ++i) {
    for (int j = 0; j < 12; ++j) samples.features.push_back(float(random.normal()));
    samples.targets.push_back(float(i % 4));
  }
  Recipe made;
  Data data;
  data.train = samples;
  data.classes = {"a", "b", "c", "d"};
  made.data = in_memory(std::move(data));
  made.model = {Standardize{},       Dense{.out = width},
                BatchNorm{},         Relu{},
                Dropout{.p = 0.3},   Residual{{Dense{.out = width}, Tanh{}}},
                Dense{.out = width}, LayerNorm{},
                Sigmoid{},           Dense{.out = 4}};
  made.regularizers = {L1{}, L2{}};
  made.batch = 70;
  made.epochs = 1;
  made.split = {.validation = 0};
  return made;
}

// The same samples as images of 3 by 2 pixels.
Recipe image_recipe(Size filters) {
  Recipe made = recipe(9);
  Samples samples{.shape = {3, 2, 2}};
  Random random(1, 1);
  for (int i = 0; i < 60 * 70; ++i) {
    for (int j = 0; j < 12; ++j) samples.features.push_back(float(random.normal()));
    samples.targets.push_back(float(i % 4));
  }
  Data data;
  data.train = samples;
  data.classes = {"a", "b", "c", "d"};
  made.data = in_memory(std::move(data));
  made.model = {Conv2d{.out = filters, .padding = "same"},
                BatchNorm{},
                Relu{},
                Conv2d{.out = filters, .padding = 1, .groups = filters},
                ConvTranspose2d{.out = filters, .kernel = 2, .stride = 2},
                MaxPool{},
                AvgPool{.kernel = {2, 1}, .stride = 1},
                GlobalAvgPool{},
                Dense{.out = 4}};
  return made;
}

long allocations(const Recipe& made, int threads) {
  Counter counter;
  train(made, {.threads = threads, .callbacks = {&counter}});
  return counter.found;
}

}  // namespace

TEST(Allocations, AreCounted) {
  counted = 0;
  counting = true;
  ::operator delete(::operator new(4));  // unlike a new-expression, never optimized away
  counting = false;
  EXPECT_GE(counted, 1);
}

TEST(Allocations, AStepMakesNone) {
  for (const Size width : {9, 200})  // a step too small for threads, and one that is not
    for (const int threads : {1, 2, 3})
      EXPECT_EQ(allocations(recipe(width), threads), 0) << width << " wide, " << threads;
}

TEST(Allocations, AnAnswerMakesNone) {
  const auto run = train(recipe(9), {.threads = 1});
  Predictor predictor(run);
  Sampler sampler(run, 7);
  const std::vector<float> sample(12, 1.0f);
  const auto ask = [&] { predictor(sample), sampler(sample); };
  ask();
  counted = 0;
  counting = true;
  for (int i = 0; i < 10; ++i) ask();
  counting = false;
  EXPECT_EQ(counted, 0);
}

TEST(Allocations, AStepOnImagesMakesNone) {
  for (const Size filters : {3, 40})
    for (const int threads : {1, 2, 3})
      EXPECT_EQ(allocations(image_recipe(filters), threads), 0) << filters << ", " << threads;
}

TEST(Allocations, NoOptimizerOrScheduleMakesAny) {
  const auto with = [](const Optimizer& optimizer, const Schedule& lr) {
    Recipe made = recipe(9);
    made.optimizer = optimizer;
    made.lr = lr;
    EXPECT_EQ(allocations(made, 1), 0) << optimizer.key() << " with " << lr.key();
  };
  Optimizers::each([&]<class Part>() { with(Part{}, 1e-3); });
  Schedules::each([&]<class Part>() { with(Sgd{}, Part{}); });
}

TEST(Allocations, NoRegularizerMakesAny) {
  Recipe made = recipe(9);
  made.regularizers = {};
  Regularizers::each([&]<class Part>() { made.regularizers.push_back(Part{}); });
  EXPECT_EQ(allocations(made, 1), 0);
}

TEST(Allocations, NoGradientRuleMakesAny) {
  Recipe made = recipe(9);
  GradientRules::each([&]<class Part>() { made.gradients.push_back(Part{}); });
  EXPECT_EQ(allocations(made, 1), 0);
}

}  // namespace goodfit
