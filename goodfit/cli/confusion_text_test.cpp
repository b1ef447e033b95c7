#include "goodfit/cli/confusion_text.hpp"

#include <gtest/gtest.h>

namespace goodfit {

TEST(ConfusionText, IsAMatrixWithTheShareThatIsRight) {
  EXPECT_EQ(confusion_text({3, {45, 0, 5, 0, 0, 0, 1, 20, 100}}, {"rose", "a, b", "\n"}),
            "target \\ found  rose  a, b  \"\\n\"   right\n"
            "rose              45     .     5  90.0 %\n"
            "a, b               .     .     .       -\n"
            "\"\\n\"               1    20   100  82.6 %\n");
}

TEST(ConfusionText, ManyClassesAreTheirMostFrequentMistakes) {
  Confusion confusion{21, std::vector<Size>(21 * 21)};
  confusion.counts[3 * 21 + 4] = 1;
  confusion.counts[7 * 21 + 2] = 3;
  confusion.counts[7 * 21 + 7] = 9;
  EXPECT_EQ(confusion_text(confusion, class_names(confusion, {"a", "b", "c"})),
            "21 classes; the most frequent mistakes, --json has all:\n"
            "target  found  times  of the target's\n"
            "7           c      3           25.0 %\n"
            "3           4      1          100.0 %\n");
  for (Size i = 0; i < 21; ++i) confusion.counts[std::size_t(20 * 21 + i)] = 1;
  const std::string text = confusion_text(confusion, class_names(confusion, {}));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2 + 20);
}

TEST(ConfusionText, IsAListForEachTarget) {
  EXPECT_EQ(to_setting({2, {1, 2, 3, 4}}).shown(), "[[1, 2], [3, 4]]");
}

}  // namespace goodfit
