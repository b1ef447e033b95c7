#include "goodfit/cli/plot.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace goodfit {

const Terminal narrow{.live = true, .unicode = false, .width = 32};  // 20 columns

TEST(Plot, DrawsAFallingLineFromTheTopLeftToTheBottomRight) {
  EXPECT_EQ(plot_text({{"*", {0, 19}, {4, 1}}}, {.height = 4}, narrow),
            "        4 |****\n"
            "          |    ******\n"
            "          |          ******\n"
            "        1 |                ****\n"
            "          +--------------------\n"
            "           0                 19\n");
}

TEST(Plot, TheFirstCurveIsInFrontAndMarksStandBelow) {
  const std::string text = plot_text({{"a", {1, 100}, {0, 0}}, {"b", {1, 100}, {0, 1}}},
                                     {.log_x = true, .height = 2, .marks = {{10, "m"}}}, narrow);
  EXPECT_EQ(text,
            "        1 |          bbbbbbbbbb\n"
            "        0 |aaaaaaaaaaaaaaaaaaaa\n"
            "          +--------------------\n"
            "                     m\n"
            "           1                100\n");
}

TEST(Plot, LeavesOutWhatIsNoNumber) {
  EXPECT_EQ(plot_text({{"*", {1, 2}, {NAN, INFINITY}}}, {}, narrow), "");
  EXPECT_NE(plot_text({{"*", {1, 2, 3}, {5, NAN, 7}}}, {}, narrow).find("        7 |"),
            std::string::npos);
  EXPECT_NE(plot_text({{"*", {1}, {5}}}, {}, narrow), "");
}

}  // namespace goodfit
