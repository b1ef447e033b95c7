#include "goodfit/study/report/content.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "goodfit/base/json.hpp"

namespace goodfit {

TEST(Content, AChartIsItsPointsWithGapsWhereThereIsNoNumber) {
  const Chart chart{.x = {"epoch"},
                    .y = {"loss", true},
                    .lines = {{"a", {{1, 0.123456789}, {2, std::nan("")}}, 3, Look::dashed}}};
  EXPECT_EQ(
      to_json(content(chart)),
      R"({"kind":"chart","title":"","x":{"title":"epoch","log":false},)"
      R"("y":{"title":"loss","log":true},"small":false,"lines":[{"name":"a","color":3,"look":"dashed","depth":-1.0,)"
      R"("x":[1.0,2.0],"y":[0.123457,null]}]})");
}

// RFC 4648, section 10.
TEST(Content, DataAddressesAreBase64) {
  const std::vector<std::pair<std::string, std::string>> known{{"", ""},
                                                               {"f", "Zg=="},
                                                               {"fo", "Zm8="},
                                                               {"foo", "Zm9v"},
                                                               {"foob", "Zm9vYg=="},
                                                               {"fooba", "Zm9vYmE="},
                                                               {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : known)
    EXPECT_EQ(data_uri("image/png", bytes), "data:image/png;base64," + text);
  EXPECT_EQ(data_uri("x", "\xff\xfe\xfd"), "data:x;base64,//79");
}

TEST(Content, OnlyPositiveNumbersThatDifferMuchSpanDecades) {
  EXPECT_TRUE(spans_decades({{"", {{1, 100}, {2, 1}}}}));
  EXPECT_FALSE(spans_decades({{"", {{1, 20}, {2, 1}}}}));
  EXPECT_FALSE(spans_decades({{"", {{1, 100}, {2, 0}}}}));
}

TEST(Content, FiguresHaveFourDigits) {
  EXPECT_EQ(figure(0.0123456), "0.01235");
  EXPECT_EQ(figure(123456), "123456");
  EXPECT_EQ(percent(0.98666), "98.7\u00a0%");
}

}  // namespace goodfit
