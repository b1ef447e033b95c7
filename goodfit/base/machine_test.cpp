#include "goodfit/base/machine.hpp"

#include <gtest/gtest.h>

namespace goodfit {

TEST(Machine, HasANameOfOneLine) {
  const std::string name = machine_name();
  EXPECT_NE(name.find("Linux "), name.npos) << name;
  EXPECT_EQ(name.find('\n'), name.npos);
}

TEST(Machine, HasSomeMemory) { EXPECT_GT(machine_memory(), 1e8); }
TEST(Machine, HasSomeOfItsMemoryLeft) {
  EXPECT_GT(free_memory(), 1e6);
  EXPECT_LT(free_memory(), machine_memory());
}

TEST(Machine, GivesRoomForNumbers) {
  for (const std::size_t count : {0, 1, 10'000'000}) {
    const std::vector<float> room = room_for(count);
    EXPECT_TRUE(room.empty());
    EXPECT_GE(room.capacity(), count);
    EXPECT_EQ(zeros_for(count), std::vector<float>(count, 0.0f));
  }
}

}  // namespace goodfit
