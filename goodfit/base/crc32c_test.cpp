#include "goodfit/base/crc32c.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <string>

namespace goodfit {

// RFC 3720, appendix B.4, and the usual check value.
TEST(Crc32c, HasTheKnownAnswers) {
  EXPECT_EQ(crc32c(""), 0u);
  EXPECT_EQ(crc32c("123456789"), 0xE3069283u);
  EXPECT_EQ(crc32c(std::string(32, '\0')), 0x8A9136AAu);
  EXPECT_EQ(crc32c(std::string(32, '\xff')), 0x62A8AB43u);
  std::string rising(32, '\0');
  std::iota(rising.begin(), rising.end(), '\0');
  EXPECT_EQ(crc32c(rising), 0x46DD794Eu);
}

}  // namespace goodfit
