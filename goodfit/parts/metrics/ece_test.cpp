#include "goodfit/parts/metrics/ece.hpp"

#include "goodfit/parts/metrics/testing.hpp"

namespace goodfit {

TEST(Ece, ComparesConfidenceWithWhatIsRightBinByBin) {
  // Five bins. Confidences 0.9, 0.85 (0.8 … 1]: one right, so |1 − 1.75|; 0.7 (0.6 … 0.8]: right,
  // |1 − 0.7|; 0.5 (0.4 … 0.6]: wrong, |0 − 0.5|. Sum 1.55 by 4 samples.
  const std::vector<float> logits =
      logits_of({0.9, 0.05, 0.05, 0.1, 0.85, 0.05, 0.2, 0.1, 0.7, 0.5, 0.3, 0.2});
  EXPECT_NEAR(measured(Ece{.bins = 5}, 3, logits, {0, 2, 2, 1}), 1.55 / 4, 1e-6);
  // One bin holds all: |2 − 2.95|.
  EXPECT_NEAR(measured(Ece{.bins = 1}, 3, logits, {0, 2, 2, 1}), 0.95 / 4, 1e-6);
}

TEST(Ece, IsZeroForHonestConfidence) {
  const float x = float(std::log(3.0));  // 3/4 sure of class 1, which comes three times of four
  EXPECT_NEAR(measured(Ece{}, 1, {x, x, x, x}, {1, 0, 1, 1}), 0, 1e-7);
  // and 3/4 sure of class 0
  EXPECT_NEAR(measured(Ece{}, 1, {-x, -x, -x, -x}, {1, 0, 0, 0}), 0, 1e-7);
}

TEST(Ece, PutsABorderIntoTheBinBelow) {
  // Confidence ½ exactly, right, beside one within the next bin, wrong: two bins keep them apart.
  const double p = 1 / (1 + std::exp(-0.5));
  EXPECT_NEAR(measured(Ece{.bins = 2}, 1, {0, 0.5f}, {0, 0}), (0.5 + p) / 2, 1e-6);
  EXPECT_NEAR(measured(Ece{.bins = 1}, 1, {0, 0.5f}, {0, 0}), std::abs(1 - 0.5 - p) / 2, 1e-6);
}

}  // namespace goodfit
