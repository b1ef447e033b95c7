#include "goodfit/base/machine.hpp"

#include <gtest/gtest.h>

namespace goodfit {

TEST(Machine, HasANameOfOneLine) {
  const std::string name = machine_name();
  EXPECT_NE(name.find("Linux "), name.npos) << name;
  EXPECT_EQ(name.find('\n'), name.npos);
}

TEST(Machine, HasSomeMemory) { EXPECT_GT(machine_memory(), 1e8); }

}  // namespace goodfit
