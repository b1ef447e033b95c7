// Testing: small batches for the tests of transforms.
#pragma once
#include <gtest/gtest.h>

#include <cmath>

#include "goodfit/parts/transforms/transform.hpp"

namespace goodfit {

struct TestBatch {
  Shape sample{};
  std::vector<float> features{}, targets{};
  Size goals = 1;
  std::vector<float> scratch{};

  Batch view() {
    return {sample, Size(targets.size()) / goals, goals, features, targets, &scratch};
  }
};

// A batch of images that count 1, 2, 3, …, and targets 0, 1, 2, ….
inline TestBatch counting(const Shape& sample, Size rows) {
  TestBatch batch{sample};
  for (Size i = 0; i < rows * sample.count(); ++i) batch.features.push_back(float(i + 1));
  for (Size i = 0; i < rows; ++i) batch.targets.push_back(float(i));
  return batch;
}

}  // namespace goodfit
